package dev.changelake.compact.cli;

import dev.changelake.compact.plan.Acceptance;
import dev.changelake.compact.plan.AdoptionDecision;
import dev.changelake.compact.plan.OffsetRange;
import dev.changelake.compact.plan.OrderDecision;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What an operator may decide; it is written into the plan with who and why. */
final class AcceptanceOptions {
  @Option(names = "--by", paramLabel = "<who>", description = "Who decides.")
  private String who;

  @Option(names = "--why", paramLabel = "<reason>", description = "Why.")
  private String why;

  @Option(
      names = "--accept-quarantine-share",
      paramLabel = "<share>",
      description = "Share of quarantined records, 0 to 1, that each topic may have.")
  private BigDecimal quarantineShare;

  @Option(
      names = "--accept-lost",
      paramLabel = "<topic:partition:start-end>",
      converter = TopicRange.Converter.class,
      description = "A range of offsets that is given up, end exclusive; may be repeated.")
  private List<TopicRange> lost = List.of();

  @Option(
      names = "--accept-holes",
      paramLabel = "<topic:partition:start-end>",
      converter = TopicRange.Converter.class,
      description = {
        "A range of offsets that never held a record, such as a transaction's markers, end exclusive;"
            + " may be repeated."
      })
  private List<TopicRange> holes = List.of();

  @Option(
      names = "--accept-new-topic",
      paramLabel = "<topic>",
      description = "A topic that was created again and is read from its beginning.")
  private Set<String> newTopics = Set.of();

  @Option(
      names = "--accept-partitions",
      paramLabel = "<topic>",
      description = "A topic whose added partitions are read.")
  private Set<String> partitions = Set.of();

  @Option(
      names = "--accept-lsn-restart",
      paramLabel = "<topic:partition:offset>",
      converter = TopicOffset.Converter.class,
      description = {
        "The first record after the source was restored or failed over: from it on log positions"
            + " count anew; may be repeated."
      })
  private List<TopicOffset> restarts = List.of();

  @Option(
      names = "--accept-replays",
      paramLabel = "<topic>",
      description = "A topic whose records with positions that fell back are old ones, sent again.")
  private Set<String> replays = Set.of();

  @Option(
      names = "--accept-undecided",
      paramLabel = "<topic>",
      description = "A topic of which the records stay out whose order nothing decides.")
  private Set<String> undecided = Set.of();

  @Option(
      names = "--start-at-earliest",
      paramLabel = "<topic>",
      description = {
        "A topic that, where it is read for the first time, begins with what Kafka still has; may be"
            + " repeated."
      })
  private Set<String> fromEarliest = Set.of();

  @Option(
      names = "--retire",
      paramLabel = "<table>",
      description = {
        "A table that is no longer followed, whose contract or topic is gone; may be repeated."
      })
  private Set<String> retired = Set.of();

  /** The decision; empty if nothing was decided. */
  Optional<Acceptance> read() {
    boolean nothing =
        who == null
            && why == null
            && quarantineShare == null
            && lost.isEmpty()
            && holes.isEmpty()
            && newTopics.isEmpty()
            && partitions.isEmpty()
            && order().equals(OrderDecision.none())
            && adoption().equals(AdoptionDecision.none());
    return nothing ? Optional.empty() : Optional.of(decision());
  }

  /** The decision of a revision, which always has who and why. */
  Acceptance decision() {
    if (who == null || who.isBlank() || why == null || why.isBlank()) {
      throw new IllegalArgumentException("--by and --why must say who decides and why");
    }
    if (quarantineShare != null
        && (quarantineShare.signum() < 0 || quarantineShare.compareTo(BigDecimal.ONE) > 0)) {
      throw new IllegalArgumentException("--accept-quarantine-share must lie between 0 and 1");
    }
    return new Acceptance(
        who,
        why,
        Optional.ofNullable(quarantineShare),
        byTopic(lost),
        byTopic(holes),
        newTopics,
        partitions,
        order(),
        adoption());
  }

  private AdoptionDecision adoption() {
    return new AdoptionDecision(fromEarliest, retired);
  }

  private OrderDecision order() {
    Map<String, Map<Integer, Long>> starts = new TreeMap<>();
    for (TopicOffset restart : restarts) {
      Long other =
          starts
              .computeIfAbsent(restart.topic(), topic -> new TreeMap<>())
              .put(restart.partition(), restart.offset());
      if (other != null) {
        throw new IllegalArgumentException(
            "--accept-lsn-restart names two records of %s:%d"
                .formatted(restart.topic(), restart.partition()));
      }
    }
    return new OrderDecision(starts, replays, undecided);
  }

  private static Map<String, List<OffsetRange>> byTopic(List<TopicRange> ranges) {
    return ranges.stream()
        .collect(
            Collectors.groupingBy(
                TopicRange::topic, Collectors.mapping(TopicRange::range, Collectors.toList())));
  }

  record TopicRange(String topic, OffsetRange range) {
    static final class Converter implements ITypeConverter<TopicRange> {
      @Override
      public TopicRange convert(String text) {
        int colon = text.indexOf(':');
        try {
          return new TopicRange(
              text.substring(0, colon), OffsetRange.parse(text.substring(colon + 1)));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
          throw new TypeConversionException(
              "a range is written topic:partition:start-end, was " + text);
        }
      }
    }
  }

  record TopicOffset(String topic, int partition, long offset) {
    private static final Pattern FORM = Pattern.compile("([^:]+):(\\d{1,9}):(\\d{1,18})");

    static final class Converter implements ITypeConverter<TopicOffset> {
      @Override
      public TopicOffset convert(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
          throw new TypeConversionException(
              "a record is written topic:partition:offset, was " + text);
        }
        return new TopicOffset(
            parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
      }
    }
  }
}
