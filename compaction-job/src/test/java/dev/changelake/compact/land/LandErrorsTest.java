package dev.changelake.compact.land;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.compact.ledger.TopicLedger.PartitionLedger;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.error.ChangelakeException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LandErrorsTest {
  private static final BigDecimal SHARE = new BigDecimal("0.05");
  private static final int RECORDS = 1_000;

  @Test
  void aShareThatWasAgreedPassesAndOneRecordMoreStops() {
    // given
    TopicLedger atTheLimit = quarantined(50);
    TopicLedger justAbove = quarantined(51);

    // when, then
    assertThatCode(() -> LandErrors.requireFewQuarantined(atTheLimit, SHARE, "2020-06-22"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> LandErrors.requireFewQuarantined(justAbove, SHARE, "2020-06-22"))
        .isInstanceOf(ChangelakeException.class)
        .hasMessageContaining("51 of 1000 records of topic are quarantined, a share of 0.051.");
  }

  private static TopicLedger quarantined(long records) {
    return new TopicLedger(
        "t",
        "topic",
        List.of(
            new PartitionLedger(
                new OffsetRange(0, 0, RECORDS), RECORDS, RECORDS, List.of(), false)),
        Map.of("quarantined", records, "change", RECORDS - records),
        Map.of("unknown_column", records),
        Map.of(),
        0,
        List.of());
  }
}
