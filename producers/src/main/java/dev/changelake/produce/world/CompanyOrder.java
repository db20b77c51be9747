package dev.changelake.produce.world;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** A row of company_orders. */
public record CompanyOrder(
    long productId,
    BigDecimal quotePrice,
    BigDecimal quoteValue,
    long orderId,
    long customerId,
    long companyId,
    long supplierId,
    Instant createdDate)
    implements TableRow {
  public static final String TABLE = "company_orders";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("prod_id", productId)
        .with("prod_quote_price", quotePrice)
        .with("quote_value", quoteValue)
        .with("order_id", orderId)
        .with("customer_id", customerId)
        .with("company_id", companyId)
        .with("supplier_id", supplierId)
        .with("created_date", createdDate)
        .map();
  }
}
