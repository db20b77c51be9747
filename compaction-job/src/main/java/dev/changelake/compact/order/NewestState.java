package dev.changelake.compact.order;

import dev.changelake.contract.UnavailablePolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rule of tables that hold the newest state of each key.
 *
 * <p>Within a partition the offset is the order. A record whose lsn lies below the greatest that
 * was applied to its key is a replay, and changes nothing; with an equal lsn, or none, the offset
 * decides. If it committed later than all that was applied, the source's positions fell back, which
 * nobody may decide but an operator: then a new epoch begins, whose positions count from the
 * beginning. A tombstone of a delete has no effect of its own.
 *
 * <p>A value that a record leaves out is the one that the row had before. If that is not known, the
 * record is not applied, or applied without the value, as the policy says. An insert has no row
 * before it, unless it is the second half of a changed key: {@link #beforeDeletes} knows what the
 * other key's row was.
 */
public final class NewestState implements KeyRule {
  private final int columns;
  private final Set<Integer> required;
  private final UnavailablePolicy policy;
  private final Set<String> topicsOfReplays;

  /**
   * A rule.
   *
   * @param columns how many columns the target has
   * @param required positions of the columns that are not nullable
   * @param topicsOfReplays topics of which an operator said that positions which fall back are old
   */
  public NewestState(
      int columns, Set<Integer> required, UnavailablePolicy policy, Set<String> topicsOfReplays) {
    this.columns = columns;
    this.required = Set.copyOf(required);
    this.policy = Objects.requireNonNull(policy, "policy");
    this.topicsOfReplays = Set.copyOf(topicsOfReplays);
  }

  @Override
  public KeyResult fold(StoredKey before, Iterator<KeyChange> changes, boolean several) {
    return fold(before, changes, several, deleted -> {});
  }

  /**
   * The key's rows as they were before each delete; of a delete that was said twice, before the
   * first.
   *
   * @param several whether the changes stand in more than one partition
   */
  public List<RowBefore> beforeDeletes(
      StoredKey before, Iterator<KeyChange> changes, boolean several) {
    Map<List<Long>, RowBefore> first = new LinkedHashMap<>();
    fold(
        before,
        changes,
        several,
        deleted -> first.putIfAbsent(List.of((long) deleted.epoch(), deleted.lsn()), deleted));
    return List.copyOf(first.values());
  }

  private KeyResult fold(
      StoredKey before, Iterator<KeyChange> changes, boolean several, Consumer<RowBefore> deletes) {
    if (!several) {
      return new Progress(before, deletes).through(changes);
    }
    List<KeyChange> all = new ArrayList<>();
    changes.forEachRemaining(all::add);
    return PartitionMerge.of(all)
        .map(ordered -> new Progress(before, deletes).through(ordered.iterator()))
        .orElseGet(() -> undecided(all));
  }

  private static KeyResult undecided(List<KeyChange> all) {
    long records = all.stream().filter(KeyChange::isOfKeyAlone).count();
    return new KeyResult(
        Optional.empty(),
        Optional.empty(),
        null,
        null,
        new KeyCounts(0, 0, 0, 0, records, 0, Optional.of(all.get(0).place())));
  }

  private boolean isResolved(Image image) {
    return image.membership() != Image.Membership.UNKNOWN
        && (image.unknown().isEmpty()
            || policy == UnavailablePolicy.KEEP
                && image.unknown().stream().noneMatch(required::contains));
  }

  /** One key, record by record. */
  private final class Progress {
    private final KnownRow row;
    private final Optional<Place> stored;
    private final Consumer<RowBefore> deletes;
    private boolean present;
    private int epoch;
    private Long guard;
    private Long latestMs;
    private KeyChange previous;
    private KeyChange winner;
    private Image image;
    private Long applied;
    private Long appliedMs;
    private long accepted;
    private long replays;
    private long tombstones;
    private long unresolved;
    private long fellBack;
    private long undecided;
    private Place stoppedAt;

    Progress(StoredKey before, Consumer<RowBefore> deletes) {
      this.deletes = deletes;
      this.present = before.hasRow();
      this.row = before.known(columns);
      this.stored = before.place();
      this.epoch = before.epoch();
      this.guard = before.lsn();
      this.latestMs = before.tsMs();
    }

    KeyResult through(Iterator<KeyChange> changes) {
      while (changes.hasNext()) {
        KeyChange change = changes.next();
        boolean paired = change.isTombstoneOf(previous);
        if (change.isOfKeyAlone()) {
          previous = change;
        }
        if (paired) {
          tombstones++;
        } else if (isOlder(change)) {
          countOlder(change);
        } else if (isBeforeStored(change)) {
          replays += change.isOfKeyAlone() ? 1 : 0;
        } else if (isBesideStored(change)) {
          undecided++;
          stoppedAt = stoppedAt == null ? change.place() : stoppedAt;
        } else if (change.kind() == ChangeKind.UNREADABLE) {
          row.forget();
        } else {
          boolean repeated = isRepeatedInsert(change);
          advance(change);
          apply(change, repeated);
        }
      }
      boolean counted = winner != null && winner.isOfKeyAlone();
      return new KeyResult(
          Optional.ofNullable(winner),
          Optional.ofNullable(image),
          applied,
          appliedMs,
          new KeyCounts(
              accepted - (counted ? 1 : 0),
              replays,
              tombstones,
              unresolved,
              undecided,
              fellBack,
              Optional.ofNullable(stoppedAt)));
    }

    private boolean isOlder(KeyChange change) {
      return change.epoch() < epoch
          || change.epoch() == epoch
              && change.lsn() != null
              && guard != null
              && change.lsn() < guard;
    }

    /** A record that is landed again stands where it always stood. */
    private boolean isBeforeStored(KeyChange change) {
      return change.again()
          && stored
              .filter(place -> place.partition() == change.place().partition())
              .filter(place -> place.offset() >= change.place().offset())
              .isPresent();
    }

    /** In another partition than what was applied last, only an lsn says which is newer. */
    private boolean isBesideStored(KeyChange change) {
      return change.again()
          && (change.lsn() == null || guard == null)
          && stored.filter(place -> place.partition() != change.place().partition()).isPresent();
    }

    private void countOlder(KeyChange change) {
      boolean fallsBack =
          change.epoch() == epoch
              && change.tsMs() != null
              && latestMs != null
              && change.tsMs() > latestMs
              && !topicsOfReplays.contains(change.place().topic());
      if (fallsBack) {
        fellBack++;
        stoppedAt = stoppedAt == null ? change.place() : stoppedAt;
      } else {
        replays += change.isOfKeyAlone() ? 1 : 0;
      }
    }

    private void advance(KeyChange change) {
      if (change.epoch() > epoch) {
        epoch = change.epoch();
        guard = null;
      }
      guard = change.lsn() == null ? guard : change.lsn();
      if (change.tsMs() != null) {
        latestMs = latestMs == null ? change.tsMs() : Math.max(latestMs, change.tsMs());
      }
    }

    /** An insert at the position that was applied last is that insert: what it made is there. */
    private boolean isRepeatedInsert(KeyChange change) {
      return change.kind() == ChangeKind.INSERT
          && present
          && change.epoch() == epoch
          && change.lsn() != null
          && change.lsn().equals(guard);
    }

    private void apply(KeyChange change, boolean repeated) {
      Image shown = null;
      if (change.kind() == ChangeKind.DELETE && change.lsn() != null && present) {
        deletes.accept(new RowBefore(change.epoch(), change.lsn(), row.image()));
      }
      if (change.kind() != ChangeKind.UPDATE && !repeated) {
        row.forget();
      }
      present = change.kind().leavesRow();
      if (change.image() != null) {
        shown = row.update(change.image());
        if (!isResolved(shown)) {
          unresolved++;
          return;
        }
      }
      accepted += change.isOfKeyAlone() ? 1 : 0;
      winner = change;
      image = shown != null && shown.membership() == Image.Membership.ROW ? shown : null;
      applied = guard;
      appliedMs = latestMs;
    }
  }
}
