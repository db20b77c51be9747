package dev.changelake.capture.corpus;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.Header;
import io.debezium.engine.format.JsonByteArray;
import io.debezium.engine.format.KeyValueHeaderChangeEventFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Debezium's engine with its records in memory: a line each of topic, headers, key and value. */
final class CorpusEngine implements AutoCloseable {
  static final String SLOT = "changelake_corpus";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final DebeziumEngine<ChangeEvent<byte[], byte[]>> engine;

  /** Starts the engine. */
  CorpusEngine(Map<String, String> settings, Map<String, String> database) {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.putAll(database);
    properties.put("name", "corpus");
    properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    properties.put("slot.name", SLOT);
    properties.put("publication.name", SLOT);
    properties.put("errors.max.retries", "0");
    properties.put("header.converter.schemas.enable", "false");
    this.engine =
        DebeziumEngine.create(
                KeyValueHeaderChangeEventFormat.of(
                    JsonByteArray.class, JsonByteArray.class, JsonByteArray.class))
            .using(properties)
            .using(
                (success, message, error) ->
                    ended.complete(success ? "ended" : message + ": " + error))
            .notifying(event -> lines.add(line(event)))
            .build();
    Thread thread = new Thread(engine, "debezium engine");
    thread.setDaemon(true);
    thread.start();
  }

  private static String line(ChangeEvent<byte[], byte[]> event) {
    List<String> headers = new ArrayList<>();
    for (Header<byte[]> header : event.<byte[]>headers()) {
      headers.add("\"%s\":%s".formatted(header.getKey(), text(header.getValue())));
    }
    return String.join(
        "\t",
        event.destination(),
        "{" + String.join(",", headers) + "}",
        text(event.key()),
        text(event.value()));
  }

  /** JSON, in which there is neither a tab nor the end of a line. */
  private static String text(byte[] json) {
    return json == null ? "" : new String(json, StandardCharsets.UTF_8);
  }

  /** Waits until the records are enough, and gives them. */
  List<String> await(Predicate<List<String>> enough) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!enough.test(lines)) {
      if (ended.isDone() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "After %d records: %s".formatted(lines.size(), ended.getNow("still waiting")));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return List.copyOf(lines);
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }
}
