package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.error;
import static dev.changelake.compact.doctor.HazardKind.info;
import static dev.changelake.compact.doctor.HazardKind.warning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Forms of values, as inline schemas name them, that lose something before Kafka has it. */
final class LossyFormsCheck implements Check {
  private static final Set<Kind> CLOCKS = EnumSet.of(Kind.TIME, Kind.TIMESTAMP, Kind.TIMESTAMP_NTZ);
  private static final String CONNECT = "org.apache.kafka.connect.data.";

  private static final Map<HazardKind, BiPredicate<Column, JsonNode>> SORTS = new LinkedHashMap<>();

  static {
    SORTS.put(
        warning(
            "milliseconds_only",
            "time.precision.mode=connect cuts the microseconds off, and nobody can see it.",
            "Set time.precision.mode to adaptive, microseconds or isostring, unless the source's columns"
                + " have at most three digits of the second."),
        (column, schema) ->
            CLOCKS.contains(column.type().kind())
                && (is(schema, CONNECT + "Timestamp") || is(schema, CONNECT + "Time")));
    SORTS.put(
        warning(
            "decimals_as_double",
            "decimal.handling.mode=double rounds; only decimals of at most 15 digits come back as they"
                + " were.",
            "Set decimal.handling.mode to precise or string."),
        (column, schema) -> column.type().kind() == Kind.DECIMAL && is(schema, "double"));
    SORTS.put(
        error(
            "intervals_as_number",
            "A month has no length in microseconds: an interval comes changed, and is quarantined.",
            "Set interval.handling.mode=string, and make the column a string."),
        (column, schema) -> is(schema, "io.debezium.time.MicroDuration"));
    SORTS.put(
        info(
            "midnight_as_text",
            "time.precision.mode=isostring sends 24:00:00 as 00:00:00Z.",
            "Set time.precision.mode to adaptive or microseconds, if the source has such times."),
        (column, schema) -> is(schema, "io.debezium.time.IsoTime"));
    SORTS.put(
        warning(
            "nanoseconds_only",
            "Nanoseconds reach from 1677 to 2262: the connector fails at another year, and infinity"
                + " looks like a moment of these.",
            "Set time.precision.mode to adaptive, microseconds or isostring."),
        (column, schema) -> is(schema, "io.debezium.time.NanoTimestamp"));
    SORTS.put(
        error(
            "binary_as_text",
            "Nothing tells base64 from hexadecimal: such a value is quarantined.",
            "Set binary.handling.mode=bytes."),
        (column, schema) -> column.type().kind() == Kind.BINARY && is(schema, "string"));
  }

  @Override
  public List<HazardKind> kinds() {
    return List.copyOf(SORTS.keySet());
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    List<Hazard> found = new ArrayList<>();
    SORTS.forEach((kind, sort) -> ColumnForms.find(sample, kind, sort).ifPresent(found::add));
    return found;
  }

  private static boolean is(JsonNode schema, String form) {
    return SampledRecord.form(schema).equals(form);
  }
}
