package dev.changelake.compact.spark;

import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Prints the JVM options that this Spark needs, one a line, as an argument file of {@code java}.
 */
public final class JvmOptions {
  private JvmOptions() {}

  public static void main(String[] args) {
    for (String option : JavaModuleOptions.defaultModuleOptionArray()) {
      // For MLlib's linear algebra alone, and it makes every JVM begin with a warning.
      if (!option.contains("jdk.incubator.vector")) {
        System.out.println(option);
      }
    }
  }
}
