package dev.changelake.compact.doctor;

import java.util.List;

/** All checks; a new one is a class, a line here and its kinds in docs/doctor.md. */
final class Checks {
  static final List<Check> ALL =
      List.of(
          new TopicCheck(),
          new PartitionsCheck(),
          new RetentionCheck(),
          new CleanupCheck(),
          new BrokerSettingsCheck(),
          new TransactionsCheck(),
          new NeighbourTopicsCheck(),
          new QuarantineCheck(),
          new KeyColumnsCheck(),
          new DialectCheck(),
          new FlattenedCheck(),
          new SourceCheck(),
          new ColumnsCheck(),
          new ColumnTypesCheck(),
          new LossyFormsCheck(),
          new UntoldFormsCheck(),
          new OperationsCheck(),
          new LeftOutValuesCheck(),
          new PositionsCheck(),
          new SnapshotCheck());

  private Checks() {}
}
