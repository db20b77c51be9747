package dev.changelake.compact.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.compact.stack.TestStack;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/changelake demo}: its own process, its own stack, a folder with a space. */
class DemoIT {
  private static final Path LAKE = Path.of("s3/com.comp.prod.data.etl/data");

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void namesAFolder() {
    folder = temporary.resolve("a demo");
  }

  @AfterEach
  void stopsTheStack() throws Exception {
    changelake("local", "down", "--dir", folder.toString());
  }

  @Test
  void theInitialLoadAloneGoesAllTheWayAndStopsItsStack() throws Exception {
    // when
    Ended demo = changelake("demo", "--days", "0", "--dir", folder.toString());

    // then
    assertThat(demo.exitCode()).as(demo.errors()).isZero();
    assertThat(demo.output())
        .contains("The lake as of batch 2020-06-21")
        .containsPattern("orders +5000 ")
        .contains("sale_year,sale_month,monthly_sales,monthly_profit")
        .contains("Try next");
    assertThat(demo.errors().lines()).anyMatch(line -> line.contains("published       2020-06-21"));
    assertThat(status().exitCode()).isEqualTo(10);
  }

  @Test
  @Tag("thorough")
  void showsTheWayOfADayFromThePlatformToTheWarehouse() throws Exception {
    // when
    Ended demo = changelake("demo", "--days", "1", "--dir", folder.toString());

    // then
    requireFirstDay(demo);
  }

  @Test
  @Tag("thorough")
  void showsTheSameDayFromTheLogOfARealDatabase() throws Exception {
    // when
    Ended demo =
        changelake("demo", "--days", "1", "--source", "database", "--dir", folder.toString());

    // then
    requireFirstDay(demo);
    assertThat(demo.errors().lines()).anyMatch(line -> line.contains("captured        2020-06-22"));
  }

  @Test
  @Tag("thorough")
  void goesOnWithTheNextDay() throws Exception {
    // given: the initial load alone
    Ended initial = changelake("demo", "--days", "0", "--dir", folder.toString());
    assertThat(initial.exitCode()).as(initial.errors()).isZero();

    // when
    Ended demo =
        changelake(
            "demo", "--days", "1", "--date", "2021-01-01", "--keep-up", "--dir", folder.toString());

    // then
    requireFirstDay(demo);
    assertThat(demo.errors()).contains("--date is for a new folder");
    assertThat(status().exitCode()).isZero();
  }

  private void requireFirstDay(Ended demo) throws IOException {
    assertThat(demo.exitCode()).as(demo.errors()).isZero();
    assertThat(demo.output())
        .contains("The lake as of batch 2020-06-22")
        .containsPattern("companies +5054 ")
        .containsPattern("weblogs +2000 ")
        .contains("sale_year,sale_month,monthly_sales,monthly_profit")
        .contains("device,total_devices")
        .containsPattern("… [\\d,]+ rows in all")
        .contains("Try next");
    assertThat(demo.errors().lines())
        .anyMatch(line -> line.contains("verified        2020-06-22"))
        .anyMatch(line -> line.contains("published       2020-06-22"));
    assertThat(names(folder.resolve(LAKE).resolve("final/report=total_leads/2020-06-22")))
        .contains("_SUCCESS")
        .anyMatch(name -> name.endsWith(".csv"));
    assertThat(names(folder.resolve(LAKE).resolve("final/table=orders/2020-06-21")))
        .contains("_SUCCESS")
        .anyMatch(name -> name.endsWith(".snappy.parquet"));
  }

  private Ended status() throws IOException, InterruptedException {
    return changelake("local", "status", "--dir", folder.toString());
  }

  private record Ended(int exitCode, String output, String errors) {}

  private Ended changelake(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(TestStack.repository().resolve("bin/changelake").toString()));
    command.addAll(List.of(arguments));
    File errors = temporary.resolve("errors.txt").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    // A locale that knows no more than ASCII, as under cron.
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors.toPath()));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
