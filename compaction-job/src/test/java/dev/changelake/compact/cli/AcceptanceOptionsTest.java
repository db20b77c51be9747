package dev.changelake.compact.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.OffsetRange;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class AcceptanceOptionsTest {
  @Test
  void nothingIsDecidedWithoutOptions() {
    assertThat(read()).isEmpty();
  }

  @Test
  void readsADecision() {
    // when
    Acceptance decision =
        read(
                "--by",
                "ada",
                "--why",
                "a reason",
                "--accept-quarantine-share",
                "0.25",
                "--accept-lost",
                "b2b.public.orders:0:3-5",
                "--accept-lost",
                "b2b.public.orders:1:0-7",
                "--accept-new-topic",
                "b2b.public.leads",
                "--accept-partitions",
                "b2b.public.customers")
            .orElseThrow();
    // then
    assertThat(decision.who()).isEqualTo("ada");
    assertThat(decision.why()).isEqualTo("a reason");
    assertThat(decision.quarantineShare()).contains(new BigDecimal("0.25"));
    assertThat(decision.lost().get("b2b.public.orders"))
        .containsExactly(new OffsetRange(0, 3, 5), new OffsetRange(1, 0, 7));
    assertThat(decision.newTopicIds()).containsExactly("b2b.public.leads");
    assertThat(decision.morePartitions()).containsExactly("b2b.public.customers");
  }

  @Test
  void decisionNeedsWhoAndWhy() {
    assertThatIllegalArgumentException().isThrownBy(() -> read("--by", "ada"));
    assertThatIllegalArgumentException().isThrownBy(() -> read("--by", "ada", "--why", " "));
    assertThatIllegalArgumentException().isThrownBy(() -> read("--accept-new-topic", "t"));
  }

  @Test
  void shareLiesBetweenZeroAndOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("--by", "ada", "--why", "why", "--accept-quarantine-share", "1.01"));
  }

  private static Optional<Acceptance> read(String... args) {
    AcceptanceOptions options = new AcceptanceOptions();
    new CommandLine(CommandSpec.create().addMixin("a", CommandSpec.forAnnotatedObject(options)))
        .parseArgs(args);
    return options.read();
  }
}
