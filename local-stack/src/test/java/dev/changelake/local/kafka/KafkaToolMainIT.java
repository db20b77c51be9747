package dev.changelake.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.changelake.local.LocalMain;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's tools as their users run them: as processes, against a real broker. */
class KafkaToolMainIT {
  private static final String TOPIC = "b2b.public.companies";

  @TempDir private static Path temporary;
  private static Path folder;

  @BeforeAll
  static void up() throws Exception {
    folder = temporary.resolve("a stack");
    assertThat(run(LocalMain.class, "", "up").code()).isZero();
    assertThat(kafka("", "topics", "--create", "--topic", TOPIC, "--partitions", "1").code())
        .isZero();
    Result produced =
        kafka(
            "7\tAda\n8\tGrace\n",
            "console-producer",
            "--topic",
            TOPIC,
            "--reader-property",
            "parse.key=true");
    assertThat(produced.code()).as(produced.err()).isZero();
  }

  @AfterAll
  static void down() throws Exception {
    run(LocalMain.class, "", "down");
  }

  @Test
  void theConsumerPrintsTheRecords() throws Exception {
    // when
    Result result =
        kafka(
            "",
            "console-consumer",
            "--topic",
            TOPIC,
            "--from-beginning",
            "--max-messages",
            "2",
            "--formatter-property",
            "print.key=true");

    // then
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out().lines()).contains("7\tAda", "8\tGrace");
  }

  @Test
  void topicsAndTheirOffsetsAreListed() throws Exception {
    // when
    Result topics = kafka("", "topics", "--list");
    Result offsets = kafka("", "get-offsets", "--topic", TOPIC);
    Result cluster = kafka("", "cluster", "cluster-id");

    // then
    assertThat(topics.out().lines()).contains(TOPIC);
    assertThat(offsets).isEqualTo(new Result(0, TOPIC + ":0:2\n", ""));
    assertThat(cluster.code()).as(cluster.err()).isZero();
  }

  @Test
  void theExitCodeIsTheToolsOwn() throws Exception {
    // when
    Result result = kafka("", "topics", "--describe", "--topic", "nowhere");

    // then
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out() + result.err())
        .contains("Topic 'nowhere' does not exist")
        .doesNotContain("\tat ");
  }

  @Test
  void furtherSettingsReachTheToolAndLeaveNothingBehind() throws Exception {
    // given
    Path other = temporary.resolve("other.json");
    Files.writeString(
        other,
        """
        {"kafka.bootstrap.servers": "127.0.0.1:1", "kafka.security.protocol": "NONSENSE"}
        """);

    // when
    Result result = kafka("", "--config", other.toString(), "topics", "--list");

    // then
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out() + result.err()).contains("NONSENSE");
    assertThat(temporary).isDirectoryNotContaining("glob:**.properties");
  }

  @Test
  void anUnknownToolIsTwoWithTheListOfTools() throws Exception {
    // when
    Result result = kafka("", "sideways");

    // then
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("There is no Kafka tool 'sideways'")
        .contains("console-consumer", "get-offsets", "topics");
  }

  @Test
  void helpListsTheToolsAndNothingIsTwo() throws Exception {
    // when
    Result help = kafka("", "--help");
    Result nothing = kafka("");

    // then
    assertThat(help.code()).isZero();
    assertThat(help.out()).contains("--config", "console-consumer", "transactions");
    assertThat(nothing.code()).isEqualTo(2);
  }

  private static Result kafka(String input, String... arguments) throws Exception {
    return run(KafkaToolMain.class, input, arguments);
  }

  private static Result run(Class<?> main, String input, String... arguments)
      throws IOException, InterruptedException {
    Path target = Path.of("target").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath.txt")),
                main.getName()));
    command.addAll(List.of(arguments));
    Path in = Files.writeString(temporary.resolve("in"), input);
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(Redirect.to(err.toFile()));
    builder.environment().remove("CHANGELAKE_CONFIG");
    builder.environment().put("CHANGELAKE_DIR", folder.toString());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private record Result(int code, String out, String err) {}
}
