package dev.changelake.compact.load;

import dev.changelake.compact.lake.Lake;
import dev.changelake.config.Configuration;
import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Opens the warehouse that a configuration names. */
public final class Warehouses {
  private Warehouses() {}

  /** The configuration's warehouse, loaded from the lake; empty if it names none. */
  public static Optional<Warehouse> of(Configuration configuration, SparkSession spark, Lake lake) {
    LoadFiles.Area area =
        new LoadFiles.Area(
            lake.layout().root(), lake.outputs(), spark.sparkContext().hadoopConfiguration());
    return configuration
        .warehouseUrl()
        .map(
            url ->
                new SqlWarehouse(
                    dialect(configuration, url), configuration.warehouseSchema(), lake.id(), area));
  }

  private static Dialect dialect(Configuration configuration, String url) {
    WarehouseConnector connector = new WarehouseConnector(url, configuration.warehouseJdbc());
    if (url.startsWith(PostgresDialect.URL)) {
      return new PostgresDialect(connector);
    }
    if (url.startsWith(RedshiftDialect.URL)) {
      return new RedshiftDialect(
          connector,
          configuration
              .redshiftRole()
              .orElseThrow(
                  () ->
                      new ChangelakeException(
                          ErrorCategory.USAGE,
                          "No role is named as which Redshift reads the lake's bucket.",
                          "COPY takes a role, so that no key stands in SQL.",
                          "Set warehouse.redshift.iam-role to the ARN of a role that the cluster"
                              + " has, or to default; docs/redshift.md tells what it needs.")),
          configuration.redshiftRegion());
    }
    throw new ChangelakeException(
        ErrorCategory.USAGE,
        "The warehouse %s is of a kind that Changelake does not load.".formatted(url),
        "It loads PostgreSQL and Redshift.",
        "Let warehouse.url begin with jdbc:postgresql: or jdbc:redshift:, or leave it out.");
  }
}
