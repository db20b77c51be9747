package dev.changelake.produce.run;

import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.produce.feed.CompaniesFeed;
import dev.changelake.produce.feed.DailyFeed;
import dev.changelake.produce.feed.Feed;
import dev.changelake.produce.feed.InitFeed;
import dev.changelake.produce.feed.Task;
import dev.changelake.produce.publish.EventSink;
import dev.changelake.produce.publish.TopicTally;
import dev.changelake.produce.rawfile.RawFile;
import dev.changelake.produce.rawfile.RawFiles;
import dev.changelake.produce.run.RunResult.WrittenFile;
import dev.changelake.produce.store.ObjectStore;
import dev.changelake.produce.store.Start;
import dev.changelake.produce.store.StartFile;
import dev.changelake.produce.world.World;
import dev.changelake.produce.world.WorldParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs a task: check its parameters, reach the brokers, write the raw files, publish the events.
 *
 * <p>A day that is repeated writes the same again; a start that is written is found to be so.
 */
public final class ProduceRun {
  private final TableContracts contracts;
  private final ObjectStore store;
  private final EventSink sink;
  private final Progress progress;

  public ProduceRun(
      TableContracts contracts, ObjectStore store, EventSink sink, Progress progress) {
    this.contracts = contracts;
    this.store = store;
    this.sink = sink;
    this.progress = progress;
  }

  /** Runs the task to its end. */
  public RunResult run(Request request) {
    Optional<Start> started = new StartFile(store).read();
    WorldParameters parameters = check(request, started);
    if (isDone(request)) {
      return RunResult.unchanged(request);
    }
    // All of them, so that a consumer finds those that have no events yet.
    sink.prepare(tables());
    if (started.isEmpty()) {
      StartCheck.sameStart(
          request, new StartFile(store).writeIfAbsent(new Start(parameters, request.into())));
    }
    Feed feed = feed(request, new World(parameters));
    List<WrittenFile> files = writeFiles(feed);
    RunResult result = RunResult.of(request, publish(feed), files);
    if (request.task() == Task.INIT) {
      new StartFile(store).markDone();
    }
    return result;
  }

  /** The platform starts once; a start that was killed is repeated to its end. */
  private boolean isDone(Request request) {
    return request.task() == Task.INIT
        && !request.again()
        && !request.dryRun()
        && new StartFile(store).isDone();
  }

  private static WorldParameters check(Request request, Optional<Start> started) {
    if (request.task() == Task.INIT) {
      started.ifPresent(start -> StartCheck.sameStart(request, start));
      return new WorldParameters(request.seed(), request.rows(), request.date());
    }
    Start start = started.orElseThrow(StartCheck::notStarted);
    StartCheck.mayFollow(request, start);
    return start.world();
  }

  private static Feed feed(Request request, World world) {
    return switch (request.task()) {
      case INIT -> new InitFeed(world);
      case COMPANIES -> new CompaniesFeed(world, request.date(), request.rows());
      case DAILY -> new DailyFeed(world, request.date(), request.rows());
    };
  }

  private List<TableContract> tables() {
    return Arrays.stream(Task.values())
        .flatMap(task -> task.tables().stream())
        .distinct()
        .map(contracts::get)
        .toList();
  }

  private List<WrittenFile> writeFiles(Feed feed) {
    List<RawFile> files = new RawFiles(contracts).of(feed);
    if (files.isEmpty()) {
      return List.of();
    }
    try (Progress.Stage stage = progress.begin("raw files", files.size())) {
      for (RawFile file : files) {
        store.put(file.path(), file.content());
        stage.step();
      }
    }
    return files.stream().map(file -> new WrittenFile(file.path(), file.content().length)).toList();
  }

  private List<TopicTally> publish(Feed feed) {
    try (Progress.Stage stage = progress.begin("events", feed.size())) {
      return sink.publish(feed, stage::step);
    }
  }
}
