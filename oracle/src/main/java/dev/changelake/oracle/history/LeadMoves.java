package dev.changelake.oracle.history;

import dev.changelake.oracle.SourceTable;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What sales people do with leads: sell, unsell, and give orders from lead to lead. */
final class LeadMoves {

  private static final SourceTable LEADS = SourceTable.LEADS;

  private final Random random;
  private final Platform platform;
  private final Emitter emitter;
  private final SourceClock clock;

  LeadMoves(Random random, Platform platform, Emitter emitter, SourceClock clock) {
    this.random = random;
    this.platform = platform;
    this.emitter = emitter;
    this.clock = clock;
  }

  void step() {
    List<List<Object>> leads = platform.keys(LEADS);
    if (leads.size() < 3) {
      return;
    }
    Collections.shuffle(leads, random);
    Map<String, Object> first = platform.row(LEADS, leads.get(0));
    Map<String, Object> second = platform.row(LEADS, leads.get(1));
    switch (random.nextInt(6)) {
      case 0 -> rewrite(first, !sold(first), first.get("order_id"));
      case 1 -> rewrite(first, true, platform.orderId());
      case 2 -> {
        rewrite(first, true, second.get("order_id"));
        rewrite(second, true, first.get("order_id"));
      }
      case 3 -> {
        rewrite(first, random.nextBoolean(), null);
        rewrite(second, true, first.get("order_id"));
      }
      case 4 -> {
        rewrite(second, true, first.get("order_id"));
        rewrite(first, true, platform.orderId());
      }
      default -> chain(leads);
    }
  }

  /** Every lead takes the order of the next one, the last takes one that a company may have. */
  private void chain(List<List<Object>> leads) {
    List<List<Object>> companyOrders = platform.keys(SourceTable.COMPANY_ORDERS);
    Object end =
        companyOrders.isEmpty()
            ? platform.orderId()
            : companyOrders.get(random.nextInt(companyOrders.size())).get(0);
    int length = 2 + random.nextInt(leads.size() - 1);
    for (int i = 0; i < length; i++) {
      Map<String, Object> lead = platform.row(LEADS, leads.get(i));
      Object next = i + 1 < length ? platform.row(LEADS, leads.get(i + 1)).get("order_id") : end;
      rewrite(lead, true, next);
    }
  }

  private static boolean sold(Map<String, Object> lead) {
    return Boolean.TRUE.equals(lead.get("is_lead_sale"));
  }

  private void rewrite(Map<String, Object> lead, boolean sold, Object orderId) {
    Map<String, Object> changed = new HashMap<>(lead);
    changed.put("is_lead_sale", sold);
    changed.put("order_id", orderId);
    platform.put(LEADS, changed);
    emitter.insertOrUpdate(LEADS, lead, changed, clock.next());
  }
}
