package dev.changelake.compact.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.changelake.error.ChangelakeException;
import dev.changelake.error.ErrorCategory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedJsonTest {
  private static final Document DOCUMENT =
      new Document(
          7,
          LocalDate.of(2020, 6, 22),
          Instant.parse("2020-06-22T01:02:03.004Z"),
          Optional.of("who"),
          Map.of("b", 2L, "a", 9_007_199_254_740_993L),
          new BigDecimal("0.5"));

  private record Document(
      long n,
      LocalDate date,
      Instant at,
      Optional<String> by,
      Map<String, Long> versions,
      BigDecimal share) {}

  private record Other(String name, int[] numbers) {}

  private record Later(int schemaVersion, String something) {}

  @Test
  void whatWasWrittenIsRead() {
    // when
    Document read = SealedJson.read("f", SealedJson.write(DOCUMENT), Document.class);

    // then
    assertThat(read).isEqualTo(DOCUMENT);
  }

  @Test
  void theSameDocumentGivesTheSameBytes() {
    // given
    Map<String, Long> otherOrder = new LinkedHashMap<>();
    otherOrder.put("b", 2L);
    otherOrder.put("a", 9_007_199_254_740_993L);

    // when
    byte[] bytes =
        SealedJson.write(
            new Document(
                DOCUMENT.n(),
                DOCUMENT.date(),
                DOCUMENT.at(),
                DOCUMENT.by(),
                otherOrder,
                DOCUMENT.share()));

    // then
    assertThat(bytes).isEqualTo(SealedJson.write(DOCUMENT));
  }

  @Test
  void whitespaceIsNoDamage() {
    // given
    String text = text(DOCUMENT).replace("\n", "\r\n    ");

    // when
    Document read = SealedJson.read("f", bytes(text), Document.class);

    // then
    assertThat(read).isEqualTo(DOCUMENT);
  }

  @Test
  void changedContentIsDamage() {
    // given
    String text = text(DOCUMENT).replace("2020-06-22\"", "2020-06-23\"");

    // when
    ChangelakeException damage = damage(text, Document.class);

    // then
    assertThat(damage.why()).contains("SHA-256");
  }

  @Test
  void changedSealIsDamage() {
    // given
    String text = text(DOCUMENT).replaceFirst("(\"sha256\" : \")[0-9a-f]{8}", "$100000000");

    // when
    ChangelakeException damage = damage(text, Document.class);

    // then
    assertThat(damage.why()).contains("SHA-256");
  }

  @Test
  void lostDigitsOfLargeNumbersAreDamage() {
    // given: what a tool makes of it that takes every number for a double
    String text = text(DOCUMENT).replace("9007199254740993", "9007199254740992");

    // when
    ChangelakeException damage = damage(text, Document.class);

    // then
    assertThat(damage.why()).contains("SHA-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"sha256\":\"\"}",
        "{\"content\":{}}",
        "\u0000"
      })
  void whatIsNoSealedDocumentIsDamage(String text) {
    // when
    ChangelakeException damage = damage(text, Document.class);

    // then
    assertThat(damage.problem()).isEqualTo("The file data/plan.json is damaged.");
  }

  @Test
  void halfAFileIsDamage() {
    // given
    String text = text(DOCUMENT);

    // when
    ChangelakeException damage = damage(text.substring(0, text.length() / 2), Document.class);

    // then
    assertThat(damage.why()).contains("not a document that Changelake wrote");
  }

  @Test
  void moreThanOneDocumentIsDamage() {
    // when
    ChangelakeException damage = damage(text(DOCUMENT) + text(DOCUMENT), Document.class);

    // then
    assertThat(damage.why()).contains("not a document that Changelake wrote");
  }

  @Test
  void anotherTypeOfDocumentIsDamage() {
    // when
    ChangelakeException damage = damage(text(new Other("x", new int[] {1, 2})), Document.class);

    // then
    assertThat(damage.why()).contains("not a document that Changelake wrote");
  }

  @Test
  void aFormOfALaterVersionIsNoDamage() {
    // given
    String text = text(new Later(2, "new"));

    // when
    ChangelakeException refused =
        catchThrowableOfType(
            ChangelakeException.class,
            () -> SealedJson.read("data/plan.json", bytes(text), Document.class));

    // then
    assertThat(refused.problem())
        .isEqualTo("The file data/plan.json was written by a newer Changelake.");
    assertThat(refused.retryable()).isFalse();
  }

  private static ChangelakeException damage(String text, Class<?> type) {
    ChangelakeException damage =
        catchThrowableOfType(
            ChangelakeException.class, () -> SealedJson.read("data/plan.json", bytes(text), type));
    assertThat(damage).isNotNull();
    assertThat(damage.category()).isEqualTo(ErrorCategory.TABLE);
    assertThat(damage.retryable()).isFalse();
    return damage;
  }

  private static String text(Object document) {
    return new String(SealedJson.write(document), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
