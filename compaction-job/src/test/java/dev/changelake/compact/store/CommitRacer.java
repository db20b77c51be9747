package dev.changelake.compact.store;

import dev.changelake.config.ConfigurationFile;
import io.delta.storage.LogStore;
import io.delta.storage.S3SingleDriverLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A driver reduced to its commits: for each line {@code <store> <version file>} it attempts that
 * commit and says whether it won.
 */
final class CommitRacer {
  /** The store that Changelake brings. */
  static final String OURS = "ours";

  /** The store that Delta brings for S3. */
  static final String STOCK = "stock";

  private static final Map<String, Function<Configuration, LogStore>> STORES =
      Map.of(OURS, ConditionalPutLogStore::new, STOCK, S3SingleDriverLogStore::new);

  private CommitRacer() {}

  public static void main(String[] arguments) throws IOException {
    Configuration hadoop = new Configuration();
    ConfigurationFile.read(java.nio.file.Path.of(arguments[0])).s3a().forEach(hadoop::set);
    String name = arguments[1];
    Map<String, LogStore> stores =
        Map.of(OURS, STORES.get(OURS).apply(hadoop), STOCK, STORES.get(STOCK).apply(hadoop));
    System.out.println("READY");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          attempt(stores.get(words[0]), new Path(words[1]), content(name, words[1]), hadoop));
    }
  }

  /** What that racer commits under that name. */
  static String content(String racer, String file) {
    return "{\"commitInfo\":{\"racer\":\"%s\",\"file\":\"%s\"}}".formatted(racer, file);
  }

  private static String attempt(LogStore store, Path path, String content, Configuration hadoop)
      throws IOException {
    try {
      store.write(path, List.of(content).iterator(), false, hadoop);
      return "WON";
    } catch (FileAlreadyExistsException e) {
      return "LOST";
    }
  }
}
