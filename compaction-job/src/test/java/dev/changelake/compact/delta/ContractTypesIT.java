package dev.changelake.compact.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.query.JsonLines;
import dev.changelake.compact.stack.TestStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells of each type, through a real Delta table that got its columns one batch later. */
class ContractTypesIT {
  private static final StructType KEY = new StructType().add("id", DataTypes.LongType, false);
  private static final StructType ALL =
      KEY.add("an_int", DataTypes.IntegerType)
          .add("a_boolean", DataTypes.BooleanType)
          .add("a_time", DataTypes.StringType)
          .add("a_date", DataTypes.DateType)
          .add("a_timestamp", DataTypes.TimestampType)
          .add("a_timestamp_ntz", DataTypes.TimestampNTZType)
          .add("a_decimal", DataTypes.createDecimalType(38, 10))
          .add("a_double", DataTypes.DoubleType)
          .add("a_float", DataTypes.FloatType)
          .add("a_binary", DataTypes.BinaryType);
  private static final CommitTag TAG =
      CommitTag.of("lake", "types", Stage.CREATE, new PlanName(1, 0));

  @TempDir private Path folder;
  private final SparkSession spark = TestStack.get().spark();

  @Test
  void tableKeepsEachCell() {
    // given
    LakeTable table = new LakeTable(spark, folder.resolve("table").toString());
    table.createIfAbsent(KEY, List.of(), Map.of(), TAG);
    table.complete(ALL, TAG);

    // when
    spark.createDataFrame(rows(), ALL).write().format("delta").mode("append").save(table.path());

    // then
    assertThat(cells(table.read().orderBy("id"))).isEqualTo(cells(rows()));
  }

  @Test
  void filesKeepTimesAsOthersReadThem() throws IOException {
    // given
    LakeTable table = new LakeTable(spark, folder.resolve("files").toString());
    StructType images =
        new StructType()
            .add("after", ALL)
            .add("times", DataTypes.createArrayType(DataTypes.TimestampType));
    List<Row> rows =
        rows().stream()
            .map(row -> RowFactory.create(row, Arrays.asList(row.get(5), null).toArray()))
            .toList();

    // when
    spark.createDataFrame(rows, images).write().format("delta").save(table.path());

    // then
    List<String> schemas = new ArrayList<>();
    for (String file : table.read().inputFiles()) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(new LocalInputFile(Path.of(URI.create(file))))) {
        schemas.add(reader.getFileMetaData().getSchema().toString());
      }
    }
    assertThat(schemas)
        .isNotEmpty()
        .allSatisfy(
            schema ->
                assertThat(schema)
                    .contains("int64 a_timestamp (TIMESTAMP(MICROS,true))")
                    .contains("int64 a_timestamp_ntz (TIMESTAMP(MICROS,false))")
                    .contains("int64 element (TIMESTAMP(MICROS,true))")
                    .doesNotContain("int96"));
  }

  @Test
  void logKeepsEachCellOfItsImages() {
    // given
    LakeTable log = new LakeTable(spark, folder.resolve("log").toString());
    log.createIfAbsent(new StructType().add("after", KEY), List.of(), Map.of(), TAG);
    StructType schema = new StructType().add("after", ALL);
    log.prepareFor(schema, TAG);

    // when
    spark
        .createDataFrame(rows().stream().map(RowFactory::create).toList(), schema)
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", true)
        .save(log.path());

    // then
    assertThat(cells(log.read().select("after.*").orderBy("id"))).isEqualTo(cells(rows()));
  }

  @Test
  void tableTakesItsFirstLocalTimestampsInAnArray() {
    // given
    LakeTable table = new LakeTable(spark, folder.resolve("array").toString());
    table.createIfAbsent(KEY, List.of(), Map.of(), TAG);
    StructType schema =
        KEY.add("times", DataTypes.createArrayType(DataTypes.TimestampNTZType, true));
    List<LocalDateTime> times =
        Arrays.asList(LocalDateTime.parse("2020-03-29T02:30:00.000001"), null);
    table.complete(schema, TAG);

    // when
    spark
        .createDataFrame(List.of(RowFactory.create(1L, times.toArray())), schema)
        .write()
        .format("delta")
        .mode("append")
        .save(table.path());

    // then
    assertThat(table.read().first().getList(1)).isEqualTo(times);
  }

  @Test
  void jsonKeepsTheMicroseconds() {
    // given
    Dataset<Row> rows = spark.createDataFrame(rows().subList(0, 1), ALL);

    // when
    List<String> json = JsonLines.of(rows).collectAsList();

    // then
    assertThat(json)
        .containsExactly(
            "{\"id\":1,\"an_int\":-1,\"a_boolean\":true,\"a_time\":\"24:00:00.000000\","
                + "\"a_date\":\"0001-01-01\",\"a_timestamp\":\"0001-01-01T00:00:00.000001Z\","
                + "\"a_timestamp_ntz\":\"0001-01-01T00:00:00.000001\","
                + "\"a_decimal\":9999999999999999999999999999.9999999999,"
                + "\"a_double\":-0.0,\"a_float\":-0.0,\"a_binary\":\"AAH/\"}");
  }

  private static List<Row> rows() {
    return List.of(
        RowFactory.create(
            1L,
            -1,
            true,
            "24:00:00.000000",
            LocalDate.of(1, 1, 1),
            Instant.parse("0001-01-01T00:00:00.000001Z"),
            LocalDateTime.parse("0001-01-01T00:00:00.000001"),
            new BigDecimal("9999999999999999999999999999.9999999999"),
            -0.0,
            -0.0f,
            new byte[] {0, 1, -1}),
        RowFactory.create(
            2L,
            null,
            null,
            "00:00:00.000001",
            LocalDate.of(9999, 12, 31),
            Instant.parse("9999-12-31T23:59:59.999999Z"),
            LocalDateTime.parse("2020-03-29T02:30:00"),
            new BigDecimal("-0.0000000001"),
            Double.NaN,
            Float.NEGATIVE_INFINITY,
            new byte[0]),
        RowFactory.create(
            3L, null, null, null, null, null, null, null, Double.MIN_VALUE, 0.1f, null));
  }

  private static List<List<Object>> cells(Dataset<Row> rows) {
    return cells(rows.collectAsList());
  }

  private static List<List<Object>> cells(List<Row> rows) {
    List<List<Object>> all = new ArrayList<>();
    for (Row row : rows) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.get(i);
        cells.add(cell instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : cell);
      }
      all.add(cells);
    }
    return all;
  }
}
