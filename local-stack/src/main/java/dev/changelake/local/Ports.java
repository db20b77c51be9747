package dev.changelake.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/** The stack's ports on the loopback address. */
record Ports(int kafka, int controller, int s3, int postgres) {
  static final Ports USUAL = new Ports(9092, 9093, 9000, 5432);

  Ports {
    Set<Integer> distinct = Set.copyOf(List.of(kafka, controller, s3, postgres));
    if (distinct.size() != 4 || distinct.stream().anyMatch(port -> port < 1 || port > 65535)) {
      throw new IllegalArgumentException(
          "Ports must be four different ones of 1 to 65535, were %d, %d, %d, %d"
              .formatted(kafka, controller, s3, postgres));
    }
  }

  /** These ports where they are free, else the usual ones, else any. */
  Ports orFree(IntPredicate free, IntSupplier any) {
    Set<Integer> taken = new HashSet<>();
    return new Ports(
        pick(kafka, USUAL.kafka, free, any, taken),
        pick(controller, USUAL.controller, free, any, taken),
        pick(s3, USUAL.s3, free, any, taken),
        pick(postgres, USUAL.postgres, free, any, taken));
  }

  /** As {@link #orFree(IntPredicate, IntSupplier)}, asking the operating system. */
  Ports orFree() {
    return orFree(Ports::isFree, Ports::anyFree);
  }

  /** The ports of the previous run, or the usual ones. */
  static Ports read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return USUAL;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return new Ports(
          Integer.parseInt(properties.getProperty("kafka", "")),
          Integer.parseInt(properties.getProperty("controller", "")),
          Integer.parseInt(properties.getProperty("s3", "")),
          // Stacks were without it once.
          Integer.parseInt(properties.getProperty("postgres", String.valueOf(USUAL.postgres))));
    } catch (IllegalArgumentException e) {
      // The file is a mere preference.
      return USUAL;
    }
  }

  void write(Path file) throws IOException {
    PrivateFile.write(
        file,
        "kafka=%d\ncontroller=%d\ns3=%d\npostgres=%d\n".formatted(kafka, controller, s3, postgres));
  }

  private static int pick(
      int preferred, int usual, IntPredicate free, IntSupplier any, Set<Integer> taken) {
    for (int port : new int[] {preferred, usual}) {
      if (!taken.contains(port) && free.test(port)) {
        taken.add(port);
        return port;
      }
    }
    int port = any.getAsInt();
    while (!taken.add(port)) {
      port = any.getAsInt();
    }
    return port;
  }

  /** The preferred port if it is free, else any. */
  static int free(int preferred) {
    return isFree(preferred) ? preferred : anyFree();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int anyFree() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
