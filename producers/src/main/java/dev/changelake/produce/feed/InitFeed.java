package dev.changelake.produce.feed;

import dev.changelake.envelope.Operation;
import dev.changelake.produce.world.TableRow;
import dev.changelake.produce.world.World;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The base tables as a snapshot finds them on the first day. */
public final class InitFeed implements Feed {
  private final World world;

  public InitFeed(World world) {
    this.world = world;
  }

  @Override
  public Task task() {
    return Task.INIT;
  }

  @Override
  public LocalDate day() {
    return world.parameters().start();
  }

  @Override
  public long size() {
    return 4L * world.parameters().rows();
  }

  /** Rows that are referred to come first. */
  @Override
  public Stream<Change> changes() {
    return Stream.<IntFunction<TableRow>>of(
            world.companies()::ofStart,
            index -> world.customers().get(index + 1L),
            index -> world.products().get(index + 1L),
            world.orders()::ofStart)
        .flatMap(table -> IntStream.range(0, world.parameters().rows()).mapToObj(table))
        .map(row -> new Change(Operation.READ, row, snapshotTime()));
  }

  private Instant snapshotTime() {
    return day().atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
