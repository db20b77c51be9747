package dev.changelake.compact.load;

import com.amazon.redshift.Driver;
import dev.changelake.contract.Column;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Amazon Redshift, which reads the files from S3 by itself, as the role that it is given. */
final class RedshiftDialect implements Dialect {
  static final String URL = "jdbc:redshift:";

  private final WarehouseConnector connector;
  private final String role;
  private final Optional<String> region;

  /**
   * A Redshift.
   *
   * @param role the role's ARN, or {@code default} for the one that is the cluster's default
   * @param region where the bucket is; empty if that is where the cluster is
   */
  RedshiftDialect(WarehouseConnector connector, String role, Optional<String> region) {
    this.connector = connector;
    this.role = role;
    this.region = region;
  }

  @Override
  public String name() {
    return "Redshift";
  }

  /**
   * What the server adds to an error may be a row. With its ring buffer, the driver reads ahead of
   * a comparison as far as the heap lets it, and minds no fetch size.
   */
  @Override
  public Connection open() throws SQLException {
    return connector.open(
        new Driver(), Map.of("logServerErrorDetail", "false", "enableFetchRingBuffer", "false"));
  }

  @Override
  public CellText text(Column column) {
    return new RedshiftText(
        column.name(), RedshiftTypes.mostBytes(column).orElse(Integer.MAX_VALUE));
  }

  @Override
  public String type(Column column) {
    return RedshiftTypes.of(column);
  }

  @Override
  public String tableOptions(WarehouseTable table) {
    StringBuilder options = new StringBuilder();
    table.hints().diststyle().ifPresent(style -> options.append(" DISTSTYLE ").append(style.sql()));
    table
        .hints()
        .distkey()
        .ifPresent(column -> options.append(" DISTKEY (").append(Sql.quoted(column)).append(')'));
    if (!table.hints().sortkey().isEmpty()) {
      options.append(" SORTKEY (").append(Sql.quoted(table.hints().sortkey())).append(')');
    }
    return options.toString();
  }

  /** There is nothing that sessions could wait on before there is a table. */
  @Override
  public void takeTurns(Connection connection) {}

  /** The one mode that Redshift has keeps readers of the audit waiting, and of nothing else. */
  @Override
  public String lock(String table) {
    return "LOCK TABLE " + table;
  }

  @Override
  public void copy(Connection connection, String table, LoadFiles files)
      throws SQLException, IOException {
    if (files.parts().isEmpty()) {
      return;
    }
    Sql.execute(
        connection,
        ("COPY %s (%s) FROM %s IAM_ROLE %s%s FORMAT AS CSV MANIFEST GZIP NULL AS %s DATEFORMAT 'auto'"
                + " TIMEFORMAT 'auto'")
            .formatted(
                table,
                Sql.quoted(files.columns()),
                Sql.literal(files.writeManifest()),
                role.equals("default") ? role : Sql.literal(role),
                region.map(name -> " REGION " + Sql.literal(name)).orElse(""),
                Sql.literal(files.nullText())));
  }

  @Override
  public String byteOrder() {
    return "";
  }

  /** It has no index, and sorts by the table's sort key itself. */
  @Override
  public String insertOrder(WarehouseTable table) {
    return "";
  }

  /**
   * Redshift neither changes a type in a transaction nor drops NOT NULL. A column of the same name
   * takes the place of the old one; its rows are about to be replaced.
   */
  @Override
  public void change(Connection connection, String name, WarehouseTable table, Column column)
      throws SQLException {
    if (table.key().contains(column.name()) || table.hints().columns().contains(column.name())) {
      throw new ChangelakeException(
              ErrorCategory.WAREHOUSE,
              "The warehouse's table %s cannot follow its contract.".formatted(name),
              "Its column %s is to be %s, and Redshift replaces no column of a key, a distkey or a"
                      .formatted(column.name(), type(column))
                  + " sortkey.",
              "Drop the table: the next load makes it anew.")
          .notRetryable();
    }
    String replacement = Sql.quoted(column.name() + "_next");
    String present = Sql.quoted(column.name());
    Sql.execute(
        connection, "ALTER TABLE %s ADD COLUMN %s %s".formatted(name, replacement, type(column)));
    Sql.execute(connection, "ALTER TABLE %s DROP COLUMN %s".formatted(name, present));
    Sql.execute(
        connection, "ALTER TABLE %s RENAME COLUMN %s TO %s".formatted(name, replacement, present));
  }

  @Override
  public String remedy() {
    return "Mend what it names (warehouse.* in the configuration, the role and its rights on the"
        + " bucket, the table; stl_load_errors and sys_load_error_detail tell of COPY), then run"
        + " the command again.";
  }
}
