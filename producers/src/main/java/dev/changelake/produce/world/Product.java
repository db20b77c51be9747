package dev.changelake.produce.world;

import java.math.BigDecimal;
import java.util.Map;

/** A row of products. */
public record Product(long id, String name, BigDecimal unitPrice, String currency, long supplierId)
    implements TableRow {
  public static final String TABLE = "products";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("prod_id", id)
        .with("prod_name", name)
        .with("prod_unit_price", unitPrice)
        .with("prod_currency_code", currency)
        .with("supplier_id", supplierId)
        .map();
  }
}
