package dev.changelake.envelope;

import java.util.List;
import java.util.Objects;

/**
 * What one Kafka record says, as far as it could be read.
 *
 * <p>Arrays follow the contract: {@code key} its key columns, {@code before} and {@code after} all
 * its columns. Values are {@code Long}, {@code Integer}, {@code Boolean}, {@code String}, {@code
 * LocalDate}, {@code Instant}, {@code LocalDateTime}, {@code BigDecimal}, {@code Double}, {@code
 * Float} or {@code byte[]}; a time is a {@code String}, since it may be {@code 24:00:00.000000}; an
 * array is a {@code List} of such values and nulls, a map a {@code Map<String, String>} that may
 * have null for a value. Every field but the status may be null.
 *
 * @param reason for a quarantined record: the code of a {@link QuarantineReason}, then details
 * @param control what a control record is
 * @param op the code of an {@link Operation}, if it is told and known; a flattened row may not tell
 *     it
 * @param origin where the record comes from, as far as it says so
 * @param oldKey the key that the row had before, if the record is the insert of a changed key that
 *     leaves values out; null if it is none or the record does not say it
 * @param unavailable the columns of {@code after} whose value the source left out because it did
 *     not change; they are null there
 */
public record DecodedRecord(
    RecordStatus status,
    String reason,
    ControlKind control,
    String op,
    Long lsn,
    Long txId,
    Long sourceTsMs,
    SourceOrigin origin,
    Object[] key,
    Object[] before,
    Object[] after,
    Object[] oldKey,
    List<String> unavailable) {
  public DecodedRecord {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(origin, "origin");
    unavailable = List.copyOf(unavailable);
    if ((status == RecordStatus.QUARANTINED) != (reason != null)) {
      throw new IllegalArgumentException("Exactly a quarantined record has a reason");
    }
    if ((status == RecordStatus.CONTROL) != (control != null)) {
      throw new IllegalArgumentException("Exactly a control record is of a kind of them");
    }
  }
}
