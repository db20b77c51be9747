package dev.changelake.produce.world;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A row of leads. */
public record Lead(
    long id,
    long productId,
    BigDecimal quotePrice,
    BigDecimal quoteValue,
    boolean sale,
    Optional<Long> orderId,
    long customerId,
    long companyId,
    Instant createdDate)
    implements TableRow {
  public static final String TABLE = "leads";

  @Override
  public String table() {
    return TABLE;
  }

  /** The same lead, as a sale or not, with another order or none. */
  Lead with(boolean newSale, Optional<Long> newOrderId) {
    return new Lead(
        id,
        productId,
        quotePrice,
        quoteValue,
        newSale,
        newOrderId,
        customerId,
        companyId,
        createdDate);
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("crm_lead_id", id)
        .with("prod_id", productId)
        .with("prod_quote_price", quotePrice)
        .with("quote_value", quoteValue)
        .with("is_lead_sale", sale)
        .with("order_id", orderId.orElse(null))
        .with("customer_id", customerId)
        .with("company_id", companyId)
        .with("created_date", createdDate)
        .map();
  }
}
