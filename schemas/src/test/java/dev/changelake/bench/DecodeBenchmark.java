package dev.changelake.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeDecoder;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.RecordStatus;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How many events a second one core decodes, beside Jackson's reading of the same bytes. */
public final class DecodeBenchmark {
  private static final int ROUNDS = 7;
  private static final long ROUND_NANOS = 2_000_000_000L;
  private static final TableContract ORDERS = TableContracts.load(Optional.empty()).get("orders");
  private static final JsonMapper JSON = new JsonMapper();

  private DecodeBenchmark() {}

  /** An event: its key and value. */
  private record Event(byte[] key, byte[] value) {}

  private interface Work {
    void on(Event event) throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    System.out.printf(
        "%-16s %6s %14s %14s %6s%n",
        "orders, update", "bytes", "decode 1/s", "Jackson 1/s", "ratio");
    print("without schema", event(false));
    print("with schema", event(true));
  }

  private static void print(String name, Event event) throws IOException {
    EnvelopeDecoder decoder = new EnvelopeDecoder(ORDERS);
    if (decoder.decode(event.key(), event.value()).status() != RecordStatus.CHANGE) {
      throw new IllegalStateException("The event is not decoded");
    }
    Work decode = each -> decoder.decode(each.key(), each.value());
    Work parse =
        each -> {
          JSON.readTree(each.key());
          JSON.readTree(each.value());
        };
    double decoded = 0;
    double parsed = 0;
    // The best round of each, in turns, so that what disturbs the machine disturbs both.
    for (int round = 0; round < ROUNDS; round++) {
      decoded = Math.max(decoded, perSecond(event, decode));
      parsed = Math.max(parsed, perSecond(event, parse));
    }
    System.out.printf(
        "%-16s %6d %14.0f %14.0f %6.2f%n",
        name, event.key().length + event.value().length, decoded, parsed, decoded / parsed);
  }

  private static double perSecond(Event event, Work work) throws IOException {
    long events = 0;
    long start = System.nanoTime();
    long now = start;
    while (now - start < ROUND_NANOS) {
      for (int i = 0; i < 1_000; i++) {
        work.on(event);
      }
      events += 1_000;
      now = System.nanoTime();
    }
    return events * 1e9 / (now - start);
  }

  private static Event event(boolean inlineSchema) {
    EnvelopeEncoder encoder = new EnvelopeEncoder(ORDERS, inlineSchema);
    Map<String, Object> row =
        Map.of(
            "order_id", 9_007_199_254_740_993L,
            "prod_id", 11L,
            "customer_id", 7L,
            "prod_quote_price", new BigDecimal("300000.00"),
            "is_lead_sale", true,
            "crm_lead_id", 501L,
            "company_id", 42L,
            "created_date", Instant.parse("2020-06-22T10:15:30.123456Z"));
    SourceBlock source =
        new SourceBlock("b2b", "b2b", "public", "orders", "false", 1_592_820_931_250L, 571, 24_023);
    return new Event(encoder.key(row), encoder.value(Operation.UPDATE, null, row, source));
  }
}
