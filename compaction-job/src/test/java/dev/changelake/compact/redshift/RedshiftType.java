package dev.changelake.compact.redshift;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A column's type as Redshift knows it, and what PostgreSQL has in its place.
 *
 * @param sql PostgreSQL's
 * @param bytes how many bytes a value may have, for texts
 */
record RedshiftType(String sql, Optional<Integer> bytes) {
  static final int MAX_VARCHAR = 65535;
  static final int MAX_CHAR = 4096;
  static final int MAX_VARBYTE = 16_777_216;
  private static final int MAX_PRECISION = 38;
  private static final int MAX_SCALE = 37;
  private static final int DEFAULT_VARCHAR = 256;
  private static final int DEFAULT_VARBYTE = 64000;
  private static final int DEFAULT_PRECISION = 18;

  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("smallint", "smallint"),
          Map.entry("int2", "smallint"),
          Map.entry("integer", "integer"),
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("bigint", "bigint"),
          Map.entry("int8", "bigint"),
          Map.entry("real", "real"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("float", "double precision"),
          Map.entry("boolean", "boolean"),
          Map.entry("bool", "boolean"),
          Map.entry("date", "date"),
          Map.entry("timestamptz", "timestamp with time zone"),
          Map.entry("timetz", "time with time zone"),
          Map.entry("super", BackendObjects.SUPER));

  private static final List<String> NOT_IMITATED =
      List.of("geometry", "geography", "hllsketch", "interval");

  /** Reads a type; what is wanted of PostgreSQL beforehand are varbytes of a length. */
  static RedshiftType parse(SqlReader sql, IntConsumer varbytes) throws Refusal {
    String word = sql.name();
    RedshiftType type =
        switch (word) {
          case "varchar", "nvarchar" -> varchar(sql);
          case "text" -> text("character varying", DEFAULT_VARCHAR);
          case "bpchar" -> text("character varying", DEFAULT_VARCHAR);
          case "character", "nchar", "char" ->
              sql.take("VARYING") ? varchar(sql) : character(length(sql, 1, MAX_CHAR));
          case "varbyte", "varbinary" -> varbyte(sql, varbytes);
          case "binary" -> {
            sql.expect("VARYING");
            yield varbyte(sql, varbytes);
          }
          case "numeric", "decimal" -> numeric(sql);
          case "double" -> {
            sql.expect("PRECISION");
            yield plain("double precision");
          }
          case "timestamp", "time" -> {
            boolean zone = sql.take("WITH", "TIME", "ZONE");
            if (!zone) {
              sql.take("WITHOUT", "TIME", "ZONE");
            }
            yield plain(word + (zone ? " with time zone" : " without time zone"));
          }
          default -> other(word);
        };
    if (sql.peek().is("[")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED, "Column type \"%s[]\" is not supported".formatted(word));
    }
    return type;
  }

  private static RedshiftType other(String word) throws Refusal {
    if (PLAIN.containsKey(word)) {
      return plain(PLAIN.get(word));
    }
    throw NOT_IMITATED.contains(word)
        ? new Refusal(Refusal.NOT_SUPPORTED, "The stand-in does not imitate the type " + word)
        : new Refusal(Refusal.UNDEFINED_TYPE, "type \"%s\" does not exist".formatted(word));
  }

  private static RedshiftType varchar(SqlReader sql) throws Refusal {
    return text("character varying", length(sql, DEFAULT_VARCHAR, MAX_VARCHAR));
  }

  private static RedshiftType character(int length) {
    return text("character", length);
  }

  private static RedshiftType text(String name, int length) {
    return new RedshiftType("%s(%d)".formatted(name, length), Optional.of(length));
  }

  private static RedshiftType plain(String name) {
    return new RedshiftType(name, Optional.empty());
  }

  private static RedshiftType varbyte(SqlReader sql, IntConsumer varbytes) throws Refusal {
    int length = length(sql, DEFAULT_VARBYTE, MAX_VARBYTE);
    varbytes.accept(length);
    return plain(BackendObjects.varbyte(length));
  }

  private static RedshiftType numeric(SqlReader sql) throws Refusal {
    int precision = DEFAULT_PRECISION;
    int scale = 0;
    if (sql.take("(")) {
      precision = sql.number();
      scale = sql.take(",") ? sql.number() : 0;
      sql.expect(")");
    }
    if (precision < 1 || precision > MAX_PRECISION) {
      throw new Refusal(
          "22023", "DECIMAL precision %d must be between 1 and 38".formatted(precision));
    }
    if (scale > Math.min(precision, MAX_SCALE)) {
      throw new Refusal(
          "22023",
          "DECIMAL scale %d must be between 0 and precision %d".formatted(scale, precision));
    }
    return plain("numeric(%d,%d)".formatted(precision, scale));
  }

  private static int length(SqlReader sql, int absent, int max) throws Refusal {
    if (!sql.take("(")) {
      return absent;
    }
    int length = sql.take("MAX") ? max : sql.number();
    sql.expect(")");
    if (length < 1 || length > max) {
      throw new Refusal(
          "22023", "length for type must be between 1 and %d, was %d".formatted(max, length));
    }
    return length;
  }

  /** The column's definition: Redshift counts a text's bytes, PostgreSQL its characters. */
  String definition(String column) {
    String name = SqlReader.quoted(column);
    return bytes
        .map(
            length ->
                "%s %s CONSTRAINT \"too long for %s of %x\" CHECK (octet_length(%s) <= %d)"
                    .formatted(name, sql, sql, column.hashCode(), name, length))
        .orElse(name + " " + sql);
  }
}
