package dev.changelake.local;

import dev.changelake.error.ChangelakeException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that the services live in; it outlives the command that started it. */
public final class StackDaemon {
  /** The exit code when another process took a port between the choice and the start. */
  static final int PORT_TAKEN = 75;

  private static final int FAILED = 1;
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);
  private static final Logger LOGGER = LoggerFactory.getLogger(StackDaemon.class);

  private final StackDirectory directory;
  private final ProgressLog progress;
  private final ServiceGroup group = new ServiceGroup();

  private StackDaemon(StackDirectory directory) {
    this.directory = directory;
    this.progress = new ProgressLog(directory.progress());
  }

  /** Runs until the process is told to end. */
  public static void main(String[] args) throws Exception {
    // What is printed and written must not depend on where the machine stands.
    Locale.setDefault(Locale.ROOT);
    System.exit(new StackDaemon(new StackDirectory(Path.of(args[0]))).run());
  }

  private int run() throws IOException, InterruptedException {
    // A command that merely looks whether the lock is held holds it for a moment itself.
    StackLock lock =
        StackLock.acquire(directory.daemonLock(), LOCK_LIMIT)
            .orElseThrow(() -> new IllegalStateException("Another daemon lives here"));
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "stop"));
      DaemonState.ofThisProcess(List.of()).write(directory.daemonState());
      startServices();
      LOGGER.atInfo().addKeyValue("directory", directory.path()).log("stack is ready");
      new CountDownLatch(1).await();
      return 0;
    } catch (Exception | LinkageError e) {
      LOGGER.atError().setCause(e).log("stack did not start");
      System.err.println(reason(e));
      end();
      return isPortTaken(e) ? PORT_TAKEN : FAILED;
    } finally {
      lock.close();
    }
  }

  private void startServices() throws Exception {
    S3Credentials s3 = S3Credentials.readOrCreate(directory.credentials());
    PostgresCredentials postgres =
        PostgresCredentials.readOrCreate(directory.postgresCredentials());
    StackFile stackFile = new StackFile(directory.stackFile());
    PostgresService.endLeftover(directory);
    Ports ports = Ports.read(directory.ports()).orFree();
    List<Service> services =
        List.of(
            new S3Service(directory.s3(), ports.s3(), s3, stackFile.bucket()),
            new KafkaService(directory.kafka(), ports.kafka(), ports.controller()),
            new PostgresService(directory, ports.postgres(), postgres));
    group.start(services, progress);
    ports.write(directory.ports());
    stackFile.write(ports, s3, postgres);
    DaemonState.ofThisProcess(services.stream().map(Service::describe).toList())
        .write(directory.daemonState());
  }

  private void end() {
    group.stop();
    try {
      Files.deleteIfExists(directory.daemonState());
    } catch (IOException e) {
      LOGGER.atWarn().setCause(e).log("state file is left over");
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof ChangelakeException) {
      return e.getMessage();
    }
    return String.join("\n  caused by ", causes(e).map(Throwable::toString).toList());
  }

  private static boolean isPortTaken(Throwable e) {
    return causes(e).anyMatch(BindException.class::isInstance);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }
}
