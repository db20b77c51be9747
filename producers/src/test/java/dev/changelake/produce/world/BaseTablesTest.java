package dev.changelake.produce.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BaseTablesTest {
  private static final int ROWS = 5000;
  private static final World WORLD =
      new World(new WorldParameters(1, ROWS, LocalDate.of(2020, 6, 21)));

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 61, 5000})
  void exactly_so_many_companies_live_at_the_start_and_none_of_the_dead(int rows) {
    // given
    LocalDate start = LocalDate.of(2020, 6, 21);
    Companies companies = new World(new WorldParameters(1, rows, start)).companies();

    // when
    List<Long> ids =
        IntStream.range(0, rows).mapToObj(index -> companies.ofStart(index).id()).toList();

    // then
    assertThat(ids)
        .doesNotHaveDuplicates()
        .hasSize(rows)
        .doesNotContainAnyElementsOf(companies.cohort(start))
        .allMatch(id -> id >= 1 && id <= rows + 2);
  }

  @Test
  void user_names_are_unique_and_fit_a_log_line() {
    // when
    List<String> userNames = customers().stream().map(Customer::userName).toList();

    // then
    assertThat(userNames)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+\\.[a-z]+[1-9][0-9]*"));
  }

  @Test
  void names_exercise_quoting() {
    // when
    String names = String.join("\n", customers().stream().map(Customer::fullName).toList());

    // then
    assertThat(names).contains("'", "\"", ",").containsPattern("[^\\x00-\\x7F]");
  }

  @Test
  void countries_are_iso_codes_with_a_network() {
    // given
    Set<String> known = Set.of(Locale.getISOCountries());

    // when
    List<String> countries = customers().stream().map(Customer::country).distinct().toList();

    // then
    assertThat(countries).isSubsetOf(known).isSubsetOf(Networks.read().countries());
  }

  @Test
  void currencies_are_iso_codes() {
    // given
    List<String> known =
        Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).toList();

    // when
    List<String> currencies =
        LongStream.rangeClosed(1, ROWS)
            .mapToObj(id -> WORLD.products().get(id).currency())
            .distinct()
            .toList();

    // then
    assertThat(currencies).hasSizeGreaterThan(10).isSubsetOf(known);
  }

  @Test
  void half_of_the_orders_are_lead_sales_and_only_these_have_a_lead() {
    // when
    List<Order> orders = orders();

    // then
    assertThat(orders).allMatch(order -> order.leadSale() == order.leadId().isPresent());
    assertThat(orders.stream().filter(Order::leadSale).count()).isBetween(2300L, 2700L);
  }

  @Test
  void orders_lie_between_2018_and_the_start() {
    // when
    List<Instant> created = orders().stream().map(Order::createdDate).toList();

    // then
    assertThat(created)
        .isSorted()
        .allMatch(at -> !at.isBefore(Instant.parse("2018-01-01T00:00:00Z")))
        .allMatch(at -> at.isBefore(Instant.parse("2020-06-21T00:00:00Z")));
  }

  @Test
  void most_orders_bring_a_profit() {
    // when
    long profitable =
        orders().stream()
            .filter(
                order ->
                    order
                            .quotePrice()
                            .compareTo(WORLD.products().get(order.productId()).unitPrice())
                        >= 0)
            .count();

    // then
    assertThat(profitable).isBetween(4500L, 4999L);
  }

  @Test
  void addresses_lie_in_their_network() {
    // given
    Networks.Network network = Networks.Network.parse("62.46.0.0/15");

    // when
    String[] address = network.address(new Draws(3)).split("\\.");

    // then
    assertThat(Arrays.asList(address)).hasSize(4).startsWith("62");
    assertThat(Integer.parseInt(address[1])).isBetween(46, 47);
    assertThat(Integer.parseInt(address[3])).isBetween(1, 254);
  }

  private static List<Customer> customers() {
    return LongStream.rangeClosed(1, ROWS).mapToObj(WORLD.customers()::get).toList();
  }

  private static List<Order> orders() {
    return IntStream.range(0, ROWS).mapToObj(WORLD.orders()::ofStart).toList();
  }
}
