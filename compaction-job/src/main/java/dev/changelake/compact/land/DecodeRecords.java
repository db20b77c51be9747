package dev.changelake.compact.land;

import dev.changelake.compact.changelog.ChangeLogColumns;
import dev.changelake.compact.enrich.Enrichment;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.envelope.DecodedRecord;
import dev.changelake.envelope.EnvelopeDecoder;
import dev.changelake.envelope.SourceOrigin;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** Turns raw Kafka records into rows of the change log, in the executors. */
final class DecodeRecords implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ContractSource contracts;
  private final String countries;
  private final String fingerprint;
  private final long n;
  private final int revision;
  private final String[] pinned;

  DecodeRecords(
      TableContract contract,
      TopicPlan topic,
      Configuration configuration,
      PlanName plan,
      SourceOrigin pinned) {
    this.contracts = new ContractSource(contract, topic, configuration);
    this.countries = configuration.geoDatabase().map(Path::toString).orElse(null);
    this.fingerprint = contract.fingerprint();
    this.n = plan.n();
    this.revision = plan.revision();
    this.pinned = new String[] {pinned.name(), pinned.db(), pinned.schema()};
  }

  @Override
  public Iterator<Row> call(Iterator<Row> records) {
    TableContract contract = contracts.read();
    EnvelopeDecoder decoder =
        new EnvelopeDecoder(contract, new SourceOrigin(pinned[0], pinned[1], pinned[2]));
    Enrichment enrichment = Enrichment.of(contract, Optional.ofNullable(countries).map(Path::of));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public Row next() {
        return changeLogRow(records.next(), decoder, enrichment);
      }
    };
  }

  /** The column order is that of {@link RawRecords} here, of {@link ChangeLogColumns} there. */
  private Row changeLogRow(Row raw, EnvelopeDecoder decoder, Enrichment enrichment) {
    byte[] key = raw.getAs(RawRecords.KEY);
    byte[] value = raw.getAs(RawRecords.VALUE);
    DecodedRecord record = decoder.decode(key, value, oldKey(raw));
    if (record.after() != null) {
      enrichment.fill(record.after());
    }
    return RowFactory.create(
        n,
        revision,
        raw.get(RawRecords.TOPIC),
        raw.get(RawRecords.PARTITION),
        raw.get(RawRecords.OFFSET),
        raw.get(RawRecords.TIMESTAMP),
        record.op(),
        record.lsn(),
        record.txId(),
        record.sourceTsMs(),
        RowFactory.create(record.origin().name(), record.origin().db(), record.origin().schema()),
        record.status().code(),
        record.reason(),
        record.control() == null ? null : record.control().code(),
        fingerprint,
        struct(record.key()),
        struct(record.before()),
        struct(record.after()),
        record.unavailable().isEmpty() ? null : record.unavailable().toArray(),
        struct(record.oldKey()),
        raw.get(RawRecords.REPLAY_OF),
        key,
        value,
        raw.get(RawRecords.HEADERS));
  }

  /** The first header of that name; null if there is none. */
  private static byte[] oldKey(Row raw) {
    if (raw.isNullAt(RawRecords.HEADERS)) {
      return null;
    }
    return raw.<Row>getList(RawRecords.HEADERS).stream()
        .filter(header -> EnvelopeDecoder.OLD_KEY_HEADER.equals(header.getString(0)))
        .filter(header -> !header.isNullAt(1))
        .map(header -> header.<byte[]>getAs(1))
        .findFirst()
        .orElse(null);
  }

  private static Row struct(Object[] values) {
    return values == null
        ? null
        : RowFactory.create(Arrays.stream(values).map(DecodeRecords::cell).toArray());
  }

  /** Spark takes arrays for lists, and maps of Scala. */
  private static Object cell(Object value) {
    if (value instanceof List<?> list) {
      return list.toArray();
    }
    return value instanceof Map<?, ?> map ? CollectionConverters.asScala(map) : value;
  }
}
