package dev.changelake.compact.redshift;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A COPY from S3.
 *
 * @param table quoted for PostgreSQL
 * @param columns folded; empty means all
 * @param nullAs the field that means null, quoted or not
 */
record CopyCommand(
    String table,
    List<String> columns,
    URI from,
    String role,
    Format format,
    Optional<String> region,
    boolean manifest,
    boolean gzip,
    boolean emptyAsNull,
    String nullAs,
    char delimiter,
    int ignoreHeader) {
  private static final Set<String> NOT_IMITATED =
      Set.of(
          "acceptanydate",
          "acceptinvchars",
          "avro",
          "blanksasnull",
          "bzip2",
          "comprows",
          "encrypted",
          "escape",
          "explicit_ids",
          "fillrecord",
          "fixedwidth",
          "ignoreallerrors",
          "ignoreblanklines",
          "json",
          "lzop",
          "noload",
          "orc",
          "quote",
          "readratio",
          "removequotes",
          "roundec",
          "shapefile",
          "ssh",
          "trimblanks",
          "truncatecolumns",
          "zstd");
  private static final Set<String> KEYS =
      Set.of(
          "access_key_id",
          "credentials",
          "master_symmetric_key",
          "secret_access_key",
          "session_token",
          "token",
          "with");

  /** What the files are. */
  enum Format {
    CSV,
    PARQUET
  }

  /** Reads what follows the word COPY. */
  static CopyCommand parse(SqlReader sql) throws Refusal {
    String table = sql.qualifiedName();
    List<String> columns = sql.peek().is("(") ? sql.names() : List.of();
    sql.expect("FROM");
    if (sql.peek().is("STDIN")) {
      throw new Refusal(Refusal.NOT_SUPPORTED, "COPY FROM STDIN is not supported");
    }
    String from = sql.literal();
    if (!from.matches("s3://[^/]+/.+")) {
      throw new Refusal(
          Refusal.NOT_SUPPORTED, "The stand-in copies from s3:// alone, not from " + from);
    }
    Options options = new Options();
    while (!sql.atEnd()) {
      options.read(sql);
    }
    return options.command(table, columns, URI.create(from));
  }

  private static final class Options {
    private Optional<String> role = Optional.empty();
    private Optional<Format> format = Optional.empty();
    private Optional<String> region = Optional.empty();
    private boolean manifest;
    private boolean gzip;
    private boolean emptyAsNull;
    private String nullAs = "\\N";
    private char delimiter = ',';
    private int ignoreHeader;

    private void read(SqlReader sql) throws Refusal {
      SqlToken option = sql.peek();
      String word = sql.word();
      if (option.kind() != SqlToken.Kind.WORD) {
        throw Refusal.syntaxErrorAt(option.text());
      }
      switch (word) {
        case "iam_role" -> role = Optional.of(sql.literal());
        case "csv" -> format = Optional.of(Format.CSV);
        case "parquet" -> format = Optional.of(Format.PARQUET);
        case "format" -> {
          sql.take("AS");
          format = Optional.of(format(sql));
        }
        case "manifest" -> manifest = true;
        case "gzip" -> gzip = true;
        case "emptyasnull" -> emptyAsNull = true;
        case "null" -> nullAs = unescaped(text(sql));
        case "delimiter" -> delimiter = character(text(sql));
        case "ignoreheader" -> ignoreHeader = number(sql);
        case "region" -> region = Optional.of(text(sql));
        case "timeformat", "dateformat" -> allow(text(sql), "auto", word);
        case "encoding" -> {
          sql.take("AS");
          allow(sql.next().value(), "utf8", word);
        }
        case "maxerror" -> allow(String.valueOf(number(sql)), "0", word);
        case "compupdate", "statupdate" -> {
          if (!sql.take("ON") && !sql.take("OFF") && !sql.take("TRUE")) {
            sql.take("FALSE");
          }
        }
        default -> throw unknown(option);
      }
    }

    private CopyCommand command(String table, List<String> columns, URI from) throws Refusal {
      if (role.isEmpty()) {
        throw new Refusal(Refusal.SYNTAX_ERROR, "COPY needs an IAM_ROLE");
      }
      if (format.isEmpty()) {
        throw new Refusal(
            Refusal.NOT_SUPPORTED, "The stand-in does not imitate COPY without FORMAT AS CSV");
      }
      if (format.get() == Format.PARQUET && !columns.isEmpty()) {
        // Documented for COPY from columnar formats.
        throw new Refusal(
            Refusal.NOT_SUPPORTED, "The stand-in does not imitate a column list for Parquet");
      }
      return new CopyCommand(
          table,
          List.copyOf(columns),
          from,
          role.get(),
          format.get(),
          region,
          manifest,
          gzip,
          emptyAsNull,
          nullAs,
          delimiter,
          ignoreHeader);
    }

    private static Refusal unknown(SqlToken option) {
      String word = option.name();
      if (KEYS.contains(word)) {
        return new Refusal(Refusal.NOT_SUPPORTED, "The stand-in takes roles alone, no keys");
      }
      return NOT_IMITATED.contains(word)
          ? new Refusal(
              Refusal.NOT_SUPPORTED, "The stand-in does not imitate COPY's option " + word)
          : Refusal.syntaxErrorAt(option.text());
    }

    private static Format format(SqlReader sql) throws Refusal {
      SqlToken name = sql.next();
      return switch (name.name()) {
        case "csv" -> Format.CSV;
        case "parquet" -> Format.PARQUET;
        default -> throw unknown(name);
      };
    }

    private static String text(SqlReader sql) throws Refusal {
      sql.take("AS");
      return sql.literal();
    }

    private static int number(SqlReader sql) throws Refusal {
      sql.take("AS");
      return sql.number();
    }

    private static void allow(String value, String allowed, String option) throws Refusal {
      if (!value.toLowerCase(Locale.ROOT).equals(allowed)) {
        throw new Refusal(
            Refusal.NOT_SUPPORTED,
            "The stand-in does not imitate %s %s"
                .formatted(option.toUpperCase(Locale.ROOT), value));
      }
    }

    private static char character(String text) throws Refusal {
      String plain = text.equals("\\t") ? "\t" : text;
      if (plain.length() != 1) {
        throw new Refusal(Refusal.SYNTAX_ERROR, "COPY delimiter must be a single character");
      }
      return plain.charAt(0);
    }

    /** Redshift's examples write both. */
    private static String unescaped(String nullAs) {
      return nullAs.equals("\\\\N") ? "\\N" : nullAs;
    }
  }
}
