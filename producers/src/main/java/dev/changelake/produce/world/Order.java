package dev.changelake.produce.world;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A row of the platform's own orders; those of the feeds are not written by the platform. */
public record Order(
    long id,
    long productId,
    long customerId,
    BigDecimal quotePrice,
    boolean leadSale,
    Optional<Long> leadId,
    long companyId,
    Instant createdDate)
    implements TableRow {
  public static final String TABLE = "orders";

  @Override
  public String table() {
    return TABLE;
  }

  @Override
  public Map<String, Object> columns() {
    return new Columns()
        .with("order_id", id)
        .with("prod_id", productId)
        .with("customer_id", customerId)
        .with("prod_quote_price", quotePrice)
        .with("is_lead_sale", leadSale)
        .with("crm_lead_id", leadId.orElse(null))
        .with("company_id", companyId)
        .with("created_date", createdDate)
        .map();
  }
}
