package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  @TempDir private Path folder;

  @Test
  void preferredPortsAreTakenWhereTheyAreFree() {
    // given
    Ports preferred = new Ports(40001, 40002, 40003, 40004);

    // when
    Ports chosen = preferred.orFree(port -> true, () -> 50000);

    // then
    assertThat(chosen).isEqualTo(preferred);
  }

  @Test
  void aTakenPortGivesWayToTheUsualOneAndThenToAnyFreeOne() {
    // given
    Ports preferred = new Ports(40001, 40002, 40003, 40004);
    Set<Integer> taken = Set.of(40001, 40003, 9000);

    // when
    Ports chosen = preferred.orFree(port -> !taken.contains(port), () -> 50000);

    // then
    assertThat(chosen).isEqualTo(new Ports(9092, 40002, 50000, 40004));
  }

  @Test
  void noPortIsChosenTwice() {
    // given
    PrimitiveIterator.OfInt any = IntStream.of(50000, 50000, 50001, 50002, 50003).iterator();

    // when
    Ports chosen = Ports.USUAL.orFree(port -> false, any::nextInt);

    // then
    assertThat(chosen).isEqualTo(new Ports(50000, 50001, 50002, 50003));
  }

  @Test
  void portsOfThePreviousRunAreRead() throws Exception {
    // given
    Path file = folder.resolve("ports.properties");
    Ports ports = new Ports(40001, 40002, 40003, 40004);

    // when
    ports.write(file);

    // then
    assertThat(Ports.read(file)).isEqualTo(ports);
  }

  @Test
  void portsOfAStackWithoutPostgresAreKept() throws Exception {
    // given
    Path file = folder.resolve("ports.properties");
    Files.writeString(file, "kafka=40001\ncontroller=40002\ns3=40003\n");

    // then
    assertThat(Ports.read(file)).isEqualTo(new Ports(40001, 40002, 40003, 5432));
  }

  @Test
  void withoutAReadableFileThePortsAreTheUsualOnes() throws Exception {
    // given
    Path broken = Files.writeString(folder.resolve("ports.properties"), "kafka=1\n");

    // when
    Ports read = Ports.read(broken);

    // then
    assertThat(read).isEqualTo(Ports.USUAL);
    assertThat(Ports.read(folder.resolve("missing"))).isEqualTo(Ports.USUAL);
  }

  @Test
  void samePortTwiceIsRefused() {
    assertThatThrownBy(() -> new Ports(9092, 9092, 9000, 5432))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9092, 9092, 9000, 5432");
  }
}
