package dev.changelake.envelope;

import dev.changelake.contract.RecordForm;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableMode;
import dev.changelake.contract.UnavailablePolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Rows of a small table whose topic has them alone. */
final class FlattenedRows {
  /** What {@code add.fields=op,table,lsn,txId,source.ts_ms,ts_ms} adds. */
  static final String ADDED =
      "\"__op\":\"%s\",\"__table\":\"pages\",\"__lsn\":5,\"__txId\":571,"
          + "\"__source_ts_ms\":1000,\"__ts_ms\":2000";

  private FlattenedRows() {}

  static TableContract contract() {
    return contract(TableMode.MERGE, "body");
  }

  /** A table of a code, which is the key, and a text of that name. */
  static TableContract contract(TableMode mode, String text) {
    return new TableContract(
        "pages",
        "b2b.public.pages",
        mode,
        List.of("code"),
        List.of(
            WireValues.column("code", "string", false), WireValues.column(text, "string", true)),
        Optional.empty(),
        List.of(),
        UnavailablePolicy.QUARANTINE,
        RecordForm.FLATTENED,
        "",
        "pages");
  }

  static byte[] key() {
    return bytes("{\"code\":\"k\"}");
  }

  /** A row with all that was added; a delete is rewritten. */
  static byte[] row(String operation) {
    return row(
        "\"__deleted\":\"%s\",".formatted(operation.equals("d")) + ADDED.formatted(operation),
        "\"a\"");
  }

  /** A row with these fields behind its own. */
  static byte[] row(String added, String body) {
    return bytes(
        "{\"code\":\"k\",\"body\":%s%s}".formatted(body, added.isEmpty() ? "" : "," + added));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
