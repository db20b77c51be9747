package dev.changelake.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a winner of one of the three sources says about the orders table. */
final class OrderProjection {

  private static final List<String> SHARED =
      List.of(
          "order_id", "prod_id", "customer_id", "prod_quote_price", "company_id", "created_date");

  private OrderProjection() {}

  /** Whether the column of a source decides if there is an order at all. */
  static boolean isCondition(SourceTable source, String column) {
    return source == SourceTable.LEADS
        && (column.equals("is_lead_sale") || column.equals("order_id"));
  }

  /** Whether the row that follows from the source shows the column as it is. */
  static boolean isShown(SourceTable source, String column) {
    return source.isStored() || SHARED.contains(column);
  }

  /** The order that stands after this winner, if any. */
  static Optional<Map<String, Object>> of(Winner winner) {
    if (!winner.leavesRow()) {
      return Optional.empty();
    }
    Map<String, Object> row = winner.row();
    return switch (winner.owner().source()) {
      case ORDERS -> Optional.of(row);
      case LEADS ->
          Boolean.TRUE.equals(row.get("is_lead_sale")) && row.get("order_id") != null
              ? Optional.of(order(row, true, row.get("crm_lead_id")))
              : Optional.empty();
      case COMPANY_ORDERS -> Optional.of(order(row, false, null));
      default -> throw new IllegalStateException(winner.owner() + " does not feed orders");
    };
  }

  private static Map<String, Object> order(
      Map<String, Object> row, boolean isLeadSale, Object crmLeadId) {
    Map<String, Object> order = new HashMap<>();
    SHARED.forEach(column -> order.put(column, row.get(column)));
    order.put("is_lead_sale", isLeadSale);
    order.put("crm_lead_id", crmLeadId);
    return order;
  }
}
