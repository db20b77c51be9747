package dev.changelake.produce.feed;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.Lead;
import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays the initial data and five days into tables that take only what is consistent. */
final class PlatformHistoryTest {
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private static final int DAYS = 5;

  @ParameterizedTest
  @CsvSource({"5000, 2000, 200", "8, 8, 8", "100, 51, 9", "20, 300, 500"})
  void every_change_is_one_that_the_tables_take(int rows, int dailyRows, int companyRows) {
    // given
    World world = new World(new WorldParameters(1, rows, START));
    PlatformTables tables = new PlatformTables();

    // when
    new InitFeed(world).changes().forEach(tables::apply);
    for (LocalDate day : days()) {
      Feed daily = new DailyFeed(world, day, dailyRows);
      Feed companies = new CompaniesFeed(world, day, companyRows);
      // The two DAGs may run in either order.
      boolean companiesFirst = day.getDayOfMonth() % 2 == 0;
      (companiesFirst ? companies : daily).changes().forEach(tables::apply);
      (companiesFirst ? daily : companies).changes().forEach(tables::apply);

      // then
      assertThat(tables.takeReinserts()).as("re-inserts on %s", day).isPositive();
    }
    assertThat(tables.table("weblogs")).hasSize(DAYS * dailyRows);
    assertThat(tables.table("customers")).hasSize(rows);
    assertThat(tables.table("orders")).hasSize(rows);
  }

  @ParameterizedTest
  @CsvSource({"8", "50", "2000"})
  void every_day_leads_stop_being_a_sale_become_one_and_change_their_order(int rows) {
    // given
    World world = new World(new WorldParameters(7, 100, START));
    Map<Long, Lead> leads = new HashMap<>();

    for (LocalDate day : days()) {
      // when
      Map<String, Long> turns =
          new DailyFeed(world, day, rows)
              .changes()
              .filter(change -> change.table().equals(Lead.TABLE))
              .collect(groupingBy(change -> turn(change, leads, day), counting()));

      // then
      assertThat(turns.keySet())
          .contains("created", "unsold today", "sold today", "reordered today", "deleted today");
      if (day.isAfter(START.plusDays(1))) {
        assertThat(turns.keySet())
            .contains("unsold later", "sold later", "reordered later", "deleted later");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8", "9", "39", "200"})
  void every_day_companies_are_inserted_renamed_and_deleted(int rows) {
    // given
    World world = new World(new WorldParameters(1, 8, START));

    for (LocalDate day : days()) {
      // when
      List<Change> changes = new CompaniesFeed(world, day, rows).changes().toList();

      // then
      assertThat(changes).hasSize(rows);
      assertThat(changes)
          .extracting(Change::operation)
          .contains(Operation.CREATE, Operation.UPDATE, Operation.DELETE);
    }
  }

  @Test
  void about_half_of_the_leads_are_sales_and_a_few_contradict_themselves() {
    // given
    World world = new World(new WorldParameters(1, 100, START));
    var day = world.leadDay(START.plusDays(1), 2000);

    // when
    List<Lead> leads = IntStream.range(0, 2000).mapToObj(day::created).toList();

    // then
    assertThat(leads.stream().filter(Lead::sale).count()).isBetween(850L, 1150L);
    assertThat(leads.stream().filter(lead -> lead.sale() && lead.orderId().isEmpty()).count())
        .isBetween(1L, 40L);
    assertThat(leads.stream().filter(lead -> !lead.sale() && lead.orderId().isPresent()).count())
        .isBetween(1L, 40L);
  }

  @Test
  void quotes_and_creation_dates_keep_their_bounds() {
    // given
    World world = new World(new WorldParameters(1, 500, START));
    LocalDate day = START.plusDays(2);
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant nextMidnight = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();

    // when
    List<Change> changes = new DailyFeed(world, day, 2000).changes().toList();

    // then
    assertThat(changes).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(changes).allMatch(c -> !c.at().isBefore(midnight) && c.at().isBefore(nextMidnight));
    for (Change change : changes) {
      Map<String, Object> row = change.row().columns();
      if (row.containsKey("quote_value")) {
        BigDecimal price = (BigDecimal) row.get("prod_quote_price");
        assertThat((BigDecimal) row.get("quote_value"))
            .isBetween(price.multiply(new BigDecimal("1.5")), price.multiply(new BigDecimal("5")))
            .hasScaleOf(2);
      }
      if (change.creates() && row.containsKey("created_date")) {
        assertThat((Instant) row.get("created_date")).isBetween(midnight, nextMidnight);
      }
    }
  }

  private static List<LocalDate> days() {
    return IntStream.rangeClosed(1, DAYS).mapToObj(START::plusDays).toList();
  }

  private static String turn(Change change, Map<Long, Lead> leads, LocalDate day) {
    Lead lead = (Lead) change.row();
    Lead earlier = leads.put(lead.id(), lead);
    if (change.creates()) {
      return "created";
    }
    boolean today = lead.createdDate().atOffset(ZoneOffset.UTC).toLocalDate().equals(day);
    String turn =
        change.operation() == Operation.DELETE
            ? "deleted"
            : earlier.sale() && !lead.sale()
                ? "unsold"
                : !earlier.sale() && lead.sale() ? "sold" : "reordered";
    return turn + (today ? " today" : " later");
  }
}
