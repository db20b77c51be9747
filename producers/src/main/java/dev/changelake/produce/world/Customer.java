package dev.changelake.produce.world;

import java.time.LocalDate;
import java.util.Map;

/** A row of customers. */
public record Customer(
    long id,
    String fullName,
    LocalDate dob,
    String userName,
    String email,
    String city,
    String country)
    implements TableRow {
  public static final String TABLE = "customers";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("customer_id", id)
        .with("full_name", fullName)
        .with("dob", dob)
        .with("user_name", userName)
        .with("email", email)
        .with("most_freq_city", city)
        .with("most_freq_cntry", country)
        .map();
  }
}
