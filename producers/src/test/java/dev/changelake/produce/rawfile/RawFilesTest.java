package dev.changelake.produce.rawfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.changelake.contract.TableContracts;
import dev.changelake.produce.feed.Change;
import dev.changelake.produce.feed.CompaniesFeed;
import dev.changelake.produce.feed.DailyFeed;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.InitFeed;
import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RawFilesTest {
  private static final TableContracts CONTRACTS = TableContracts.load(Optional.empty());
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private static final World WORLD = new World(new WorldParameters(1, 500, START));
  private final RawFiles rawFiles = new RawFiles(CONTRACTS);

  @Test
  void files_lie_where_the_lake_documents_them() {
    // when
    List<String> paths =
        Stream.of(init(), daily(), new CompaniesFeed(WORLD, START.plusDays(1), 8))
            .flatMap(feed -> rawFiles.of(feed).stream())
            .map(RawFile::path)
            .toList();

    // then
    assertThat(paths)
        .containsExactly(
            "data/init/companies.csv",
            "data/init/customers.csv",
            "data/init/orders.csv",
            "data/init/products.csv",
            "data/raw/2020-06-22/companycsv.csv",
            "data/raw/2020-06-22/leadcsv.csv",
            "data/raw/2020-06-22/weblogs.log");
  }

  @Test
  void csv_reads_back_as_the_rows_that_were_created() throws Exception {
    for (Feed feed : List.of(init(), daily())) {
      for (RawFile file : rawFiles.of(feed)) {
        if (file.path().endsWith(".csv")) {
          // when
          List<Map<String, String>> read = read(file);

          // then
          assertThat(read).isEqualTo(created(feed, table(file)));
        }
      }
    }
  }

  @Test
  void headers_have_the_documented_order() {
    // when
    List<String> headers =
        rawFiles.of(daily()).stream()
            .filter(file -> file.path().endsWith(".csv"))
            .map(file -> text(file).lines().findFirst().orElseThrow())
            .toList();

    // then
    assertThat(headers)
        .containsExactly(
            "prod_id,prod_quote_price,quote_value,order_id,customer_id,company_id,supplier_id,"
                + "created_date",
            "crm_lead_id,prod_id,prod_quote_price,quote_value,is_lead_sale,order_id,customer_id,"
                + "company_id,created_date");
  }

  @Test
  void a_log_is_its_lines() {
    // given
    List<Object> lines =
        daily()
            .changes()
            .filter(change -> change.table().equals("weblogs"))
            .map(change -> change.row().columns().get("line"))
            .toList();

    // when
    RawFile log = rawFiles.of(daily()).get(2);

    // then
    assertThat(text(log)).endsWith("\n");
    assertThat(text(log).lines().map(Object.class::cast)).isEqualTo(lines);
  }

  /** See the pins of the events. */
  @Test
  void the_bytes_are_pinned() throws Exception {
    // given
    MessageDigest digest = MessageDigest.getInstance("SHA-256");

    // when
    Stream.of(init(), daily())
        .flatMap(feed -> rawFiles.of(feed).stream())
        .forEach(file -> digest.update(file.content()));

    // then
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("b5e4a4520be0fac6478bd9f103abd1fef149ad8bac32ad28620e8e0fee02de5a");
  }

  private static Feed init() {
    return new InitFeed(WORLD);
  }

  private static Feed daily() {
    return new DailyFeed(WORLD, START.plusDays(1), 100);
  }

  private static String table(RawFile file) {
    String name = file.path().replaceAll(".*/|\\.csv", "");
    return switch (name) {
      case "leadcsv" -> "leads";
      case "companycsv" -> "company_orders";
      default -> name;
    };
  }

  private static List<Map<String, String>> created(Feed feed, String table) {
    return feed.changes()
        .filter(Change::creates)
        .filter(change -> change.table().equals(table))
        .map(
            change -> {
              Map<String, String> texts = new LinkedHashMap<>();
              change.row().columns().forEach((name, value) -> texts.put(name, text(value)));
              return texts;
            })
        .toList();
  }

  private static String text(Object value) {
    if (value instanceof Instant instant) {
      return String.format(
          Locale.ROOT, "%s.%06dZ", instant.toString().substring(0, 19), instant.getNano() / 1000);
    }
    return value == null ? "" : value.toString();
  }

  private static String text(RawFile file) {
    return new String(file.content(), StandardCharsets.UTF_8);
  }

  private static List<Map<String, String>> read(RawFile file) throws Exception {
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.content())) {
      return rows.readAll();
    }
  }
}
