package dev.changelake.envelope;

import dev.changelake.contract.Column;
import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table with a column of each type. */
final class TypesTable {
  private static final Map<String, Object> VALUES = new HashMap<>();

  static {
    VALUES.put("id", 7L);
    VALUES.put("an_int", -1);
    VALUES.put("a_boolean", true);
    VALUES.put("a_string", "Zoë");
    VALUES.put("a_date", LocalDate.of(2020, 6, 22));
    VALUES.put("a_time", "24:00:00.000000");
    VALUES.put("a_timestamp", Instant.parse("2020-06-22T10:15:30.123456Z"));
    VALUES.put("a_timestamp_ntz", LocalDateTime.parse("2020-03-29T02:30:00.000001"));
    VALUES.put("a_decimal", new BigDecimal("-0.01"));
    VALUES.put("a_double", 0.1);
    VALUES.put("a_float", 1.5f);
    VALUES.put("a_binary", new byte[] {0, 1, -1});
    VALUES.put("an_array", Arrays.asList(new BigDecimal("0.10"), null, new BigDecimal("-0.01")));
    VALUES.put("a_map", Collections.singletonMap("Zoë", null));
  }

  private static final TableContract CONTRACT = make();
  private static final EnvelopeEncoder PLAIN = new EnvelopeEncoder(CONTRACT, false);
  private static final EnvelopeEncoder WITH_SCHEMA = new EnvelopeEncoder(CONTRACT, true);

  private TypesTable() {}

  static TableContract contract() {
    return CONTRACT;
  }

  private static TableContract make() {
    List<Column> columns = new ArrayList<>(List.of(WireValues.column("id", "bigint", false)));
    for (String type :
        List.of(
            "int",
            "boolean",
            "string",
            "date",
            "time",
            "timestamp",
            "timestamp_ntz",
            "decimal(18,2)",
            "double",
            "float",
            "binary",
            "array<decimal(18,2)>",
            "map<string,string>")) {
      String name = type.replaceFirst("[(<].*", "");
      columns.add(WireValues.column((name.matches("[ai].*") ? "an_" : "a_") + name, type, true));
    }
    return new TableContract(
        "types",
        "b2b.public.types",
        TableMode.MERGE,
        List.of("id"),
        columns,
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        RecordForm.ENVELOPE,
        "",
        "types");
  }

  /** A row by the columns' names. */
  static Map<String, Object> row() {
    return new HashMap<>(VALUES);
  }

  /** The same row, in the columns' order. */
  static Object[] values() {
    return contract().columns().stream().map(column -> VALUES.get(column.name())).toArray();
  }

  static byte[] key(boolean inlineSchema) {
    return (inlineSchema ? WITH_SCHEMA : PLAIN).key(VALUES);
  }

  static byte[] value(String operation, boolean inlineSchema) {
    return (inlineSchema ? WITH_SCHEMA : PLAIN)
        .value(
            Operation.fromCode(operation).orElseThrow(),
            operation.equals("d") ? VALUES : null,
            operation.equals("d") ? null : VALUES,
            GoldenRows.source("types", "false", 571, 5000));
  }
}
