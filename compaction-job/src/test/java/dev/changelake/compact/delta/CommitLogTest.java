package dev.changelake.compact.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitLogTest {
  private static final String MOVED =
      """
      {"remove":{"path":"a","dataChange":false}}
      {"add":{"path":"b","dataChange":false,"stats":"{\\"numRecords\\":1}"}}
      """;
  private static final String PROTOCOL =
      "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7}}";
  private static final String METADATA = "{\"metaData\":{\"id\":\"t\"}}";

  @TempDir private Path table;

  @ParameterizedTest
  @ValueSource(strings = {"OPTIMIZE", "REORG", "VACUUM END", "COMPUTE STATS", "of another program"})
  void movedRowsAreMaintenanceWhateverMovedThem(String operation) throws IOException {
    // given
    commit(1, info(operation), MOVED);

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(true);
  }

  @Test
  void aCommitWithoutFilesIsMaintenance() throws IOException {
    // given
    commit(1, info("UPGRADE PROTOCOL"), PROTOCOL);
    commit(2, info("VACUUM START"));
    commit(3, info("WRITE"), "{\"txn\":{\"appId\":\"theirs\",\"version\":1}}");

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(true, true, true);
  }

  @Test
  void rowsThatComeOrGoAreNoMaintenanceWhateverTheOperationIsCalled() throws IOException {
    // given
    commit(1, info("OPTIMIZE"), "{\"remove\":{\"path\":\"a\",\"dataChange\":true}}");
    commit(2, info("REORG"), MOVED, "{\"add\":{\"path\":\"c\",\"dataChange\":true}}");
    // The protocol demands the field; a writer that leaves it out says nothing.
    commit(3, info("OPTIMIZE"), "{\"add\":{\"path\":\"d\"}}");

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(false, false, false);
  }

  @Test
  void whatACommitSaysLastCountsToo() throws IOException {
    // given
    commit(1, MOVED, METADATA, info("SET TBLPROPERTIES"));
    commit(2, METADATA, info("DROP COLUMNS"));

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(false, true);
    assertThat(commits())
        .extracting(TableCommit::operation)
        .containsExactly("DROP COLUMNS", "SET TBLPROPERTIES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADD CONSTRAINT", "CLUSTER BY", "UNSET TBLPROPERTIES", "DROP FEATURE"})
  void metadataThatKeepsTheColumnsIsMaintenance(String operation) throws IOException {
    // given
    commit(1, info(operation), METADATA, PROTOCOL);

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP COLUMNS", "RENAME COLUMN", "REPLACE COLUMNS", "UPDATE SCHEMA"})
  void columnsThatGoAreNoMaintenance(String operation) throws IOException {
    // given
    commit(1, info(operation), METADATA);

    // then
    assertThat(commits()).extracting(TableCommit::maintenance).containsExactly(false);
  }

  private List<TableCommit> commits() {
    return new CommitLog(table.toString(), new Configuration(false)).since(0);
  }

  private static String info(String operation) {
    return "{\"commitInfo\":{\"operation\":\"%s\"}}".formatted(operation);
  }

  private void commit(long version, String... actions) throws IOException {
    Path log = Files.createDirectories(table.resolve("_delta_log"));
    Files.write(
        log.resolve("%020d.json".formatted(version)),
        Stream.of(actions).flatMap(String::lines).toList());
  }
}
