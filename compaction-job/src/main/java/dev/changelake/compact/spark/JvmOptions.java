package dev.changelake.compact.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Writes the JVM options that this Spark needs into a file, one a line: an argument file of {@code
 * java}.
 */
public final class JvmOptions {
  private JvmOptions() {}

  /** Not by standard output: a JVM that picks up JAVA_TOOL_OPTIONS says so between the lines. */
  public static void main(String[] args) throws IOException {
    Files.write(
        Path.of(args[0]),
        Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
            // For MLlib's linear algebra alone, and it makes every JVM begin with a warning.
            .filter(option -> !option.contains("jdk.incubator.vector"))
            .toList());
  }
}
