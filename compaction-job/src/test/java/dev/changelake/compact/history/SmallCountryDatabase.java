package dev.changelake.compact.history;

import dev.changelake.oracle.origin.TinyCountryDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/** A country database that knows some of the addresses of random histories, and not others. */
final class SmallCountryDatabase {
  private SmallCountryDatabase() {}

  static Path in(Path folder) {
    Path file = folder.resolve("countries.mmdb");
    TinyCountryDatabase.write(
        file,
        "Test country",
        Instant.parse("2026-01-01T00:00:00Z"),
        Map.of("10.0.0.0/18", "DE", "10.0.64.0/18", "FR", "2001:db8::/33", "NL"));
    return file;
  }
}
