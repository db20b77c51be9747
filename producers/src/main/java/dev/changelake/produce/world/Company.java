package dev.changelake.produce.world;

import java.util.Map;

/** A row of companies. */
public record Company(long id, String name) implements TableRow {
  public static final String TABLE = "companies";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns().with("company_id", id).with("company_name", name).map();
  }
}
