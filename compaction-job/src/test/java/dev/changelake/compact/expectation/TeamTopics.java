package dev.changelake.compact.expectation;

import dev.changelake.compact.stack.TestStack;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import dev.changelake.envelope.EnvelopeEncoder;
import dev.changelake.envelope.Operation;
import dev.changelake.envelope.SourceBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Teams, their members, and their visits, which are appended by the day. */
final class TeamTopics {
  private static final String TEAMS =
      """
      {
        "table": "teams", "topic": "b2b.public.teams", "description": "Teams.", "mode": "merge",
        "key": ["team_id"],
        "columns": [
          {"name": "team_id", "type": "bigint"},
          {"name": "team_name", "type": "string"}
        ]
      }
      """;
  private static final String MEMBERS =
      """
      {
        "table": "members", "topic": "b2b.public.members", "description": "Members.",
        "mode": "merge", "key": ["member_id"],
        "columns": [
          {"name": "member_id", "type": "bigint"},
          {"name": "team_id", "type": "bigint", "nullable": true, "references": "teams"}
        ]
      }
      """;
  private static final String VISITS =
      """
      {
        "table": "visits", "topic": "b2b.public.visits", "description": "Visits.",
        "mode": "append", "key": ["visit_date", "visit_number"],
        "columns": [
          {"name": "visit_date", "type": "date"},
          {"name": "visit_number", "type": "bigint"},
          {"name": "member_id", "type": "bigint", "references": "members"}
        ]
      }
      """;

  private final TestStack stack;
  private final TableContracts contracts;
  private long lsn;

  /** Writes the contracts into the folder and creates the topics. */
  TeamTopics(TestStack stack, Path folder) {
    this.stack = stack;
    write(folder, "teams", TEAMS);
    write(folder, "members", MEMBERS);
    write(folder, "visits", VISITS);
    this.contracts = TableContracts.load(Optional.of(folder));
    stack
        .topics()
        .create(
            Stream.of("teams", "members", "visits")
                .map(table -> contracts.get(table).topic())
                .toList(),
            1);
  }

  TableContracts contracts() {
    return contracts;
  }

  void teams(long... ids) {
    for (long id : ids) {
      send("teams", Operation.CREATE, null, team(id));
    }
  }

  void deleteTeam(long id) {
    send("teams", Operation.DELETE, team(id), null);
  }

  /** A member of a team, or of none. */
  void member(long id, Long team) {
    Map<String, Object> row = new HashMap<>();
    row.put("member_id", id);
    row.put("team_id", team);
    send("members", Operation.CREATE, null, row);
  }

  void visit(String date, long number, long member) {
    send(
        "visits",
        Operation.CREATE,
        null,
        Map.of("visit_date", LocalDate.parse(date), "visit_number", number, "member_id", member));
  }

  private static Map<String, Object> team(long id) {
    return Map.of("team_id", id, "team_name", "Team " + id);
  }

  private void send(
      String table, Operation operation, Map<String, Object> before, Map<String, Object> after) {
    TableContract contract = contracts.get(table);
    EnvelopeEncoder encoder = new EnvelopeEncoder(contract, false);
    SourceBlock source =
        new SourceBlock("b2b", "b2b", "public", table, "false", 1_592_784_000_000L, 7, ++lsn);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              contract.topic(),
              0,
              encoder.key(after == null ? before : after),
              encoder.value(operation, before, after, source)));
    }
  }

  private static void write(Path folder, String table, String contract) {
    try {
      Files.writeString(folder.resolve(table + ".json"), contract);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
