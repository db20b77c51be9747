package dev.changelake.produce.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.DecodedRecord;
import dev.changelake.envelope.EnvelopeDecoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.RecordStatus;
import dev.changelake.produce.feed.ChangeEvent;
import dev.changelake.produce.feed.CompaniesFeed;
import dev.changelake.produce.feed.DailyFeed;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.InitFeed;
import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventEncoderTest {
  private static final TableContracts CONTRACTS = TableContracts.load(Optional.empty());
  private static final LocalDate START = LocalDate.of(2020, 6, 21);
  private static final World WORLD = new World(new WorldParameters(1, 50, START));

  @Test
  void a_delete_knows_the_key_alone_and_is_followed_by_a_tombstone() {
    // given
    ChangeEvent delete =
        new CompaniesFeed(WORLD, START.plusDays(1), 8)
            .events()
            .filter(event -> event.change().operation() == Operation.DELETE)
            .findFirst()
            .orElseThrow();

    // when
    List<ProducerRecord<byte[], byte[]>> records =
        new EventEncoder(CONTRACTS, false).encode(delete);

    // then
    Object id = delete.change().row().columns().get("company_id");
    assertThat(records).hasSize(2);
    assertThat(text(records.get(0).key())).isEqualTo("{\"company_id\":" + id + "}");
    assertThat(text(records.get(0).value()))
        .startsWith(
            "{\"before\":{\"company_id\":" + id + ",\"company_name\":null},\"after\":null,");
    assertThat(records.get(1).key()).isEqualTo(records.get(0).key());
    assertThat(records.get(1).value()).isNull();
  }

  @Test
  void an_update_has_no_earlier_image() {
    // given
    ChangeEvent update =
        new CompaniesFeed(WORLD, START.plusDays(1), 8)
            .events()
            .filter(event -> event.change().operation() == Operation.UPDATE)
            .findFirst()
            .orElseThrow();

    // when
    List<ProducerRecord<byte[], byte[]>> records =
        new EventEncoder(CONTRACTS, false).encode(update);

    // then
    assertThat(records).hasSize(1);
    assertThat(text(records.get(0).value()))
        .startsWith("{\"before\":null,\"after\":{\"company_id\":")
        .contains("\"snapshot\":\"false\",\"db\":\"b2b\"", "\"op\":\"u\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatever_is_published_can_be_landed(boolean inlineSchema) {
    // given
    EventEncoder encoder = new EventEncoder(CONTRACTS, inlineSchema);

    feeds()
        .flatMap(Feed::events)
        .forEach(
            event -> {
              TableContract contract = CONTRACTS.get(event.change().table());

              // when
              List<DecodedRecord> landed =
                  encoder.encode(event).stream()
                      .map(it -> new EnvelopeDecoder(contract).decode(it.key(), it.value()))
                      .toList();

              // then
              assertThat(landed)
                  .allSatisfy(
                      it ->
                          assertThat(it.status())
                              .as(it.reason())
                              .isIn(RecordStatus.CHANGE, RecordStatus.TOMBSTONE));
              assertThat(landed.get(0).lsn()).isEqualTo(event.lsn());
            });
  }

  /**
   * Equal seeds, dates and sizes give equal bytes, on any machine and in any release. A pin that
   * breaks means that lakes which are in use cannot repeat their tasks: change it on purpose only.
   */
  @Test
  void the_bytes_are_pinned() {
    // when
    List<String> pins = feeds().map(EventEncoderTest::sha256).toList();

    // then
    assertThat(pins)
        .isEqualTo(feeds().map(EventEncoderTest::sha256).toList())
        .containsExactly(
            "39366c606d817c4aea76c357262e266f572661b4a9ee64fc99f094b123fa87c3",
            "602a283d9cffeaf70727f1d142074012921f47086f188aa95f65ef81e46369fb",
            "2c3f9fed60ddcec6be1f50a7132c4b85ad1a89a0b30aae72d743f48e541f36ee",
            "93c0916635dc5dcaf01c58a6aba56e71b2dd522e1ee398ea7feb30acb6965a23");
  }

  private static Stream<Feed> feeds() {
    World world = new World(new WorldParameters(1, 50, START));
    return Stream.of(
        new InitFeed(world),
        new CompaniesFeed(world, START.plusDays(1), 40),
        new DailyFeed(world, START.plusDays(1), 60),
        new DailyFeed(world, START.plusDays(2), 60));
  }

  private static String sha256(Feed feed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      EventEncoder encoder = new EventEncoder(CONTRACTS, false);
      feed.events()
          .flatMap(event -> encoder.encode(event).stream())
          .forEach(
              it -> {
                digest.update(it.topic().getBytes(StandardCharsets.UTF_8));
                digest.update(it.key());
                digest.update(it.value() == null ? new byte[] {0} : it.value());
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
