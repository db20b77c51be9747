package dev.changelake.compact.store;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's commits on S3 as conditional puts, so that of several drivers that attempt one version
 * exactly one gets it.
 *
 * <p>Delta's own store for S3 promises this within one driver only. Spark loads this class by name
 * ({@code spark.delta.logStore.s3a.impl}).
 */
public final class ConditionalPutLogStore extends HadoopFileSystemLogStore {
  private final Set<String> checkedBuckets = ConcurrentHashMap.newKeySet();

  public ConditionalPutLogStore(Configuration hadoopConf) {
    super(hadoopConf);
  }

  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoopConf)
      throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoopConf);
    byte[] content = lines(actions);
    if (overwrite) {
      try (FSDataOutputStream out = fileSystem.create(path, true)) {
        out.write(content);
      }
      return;
    }
    requireConditionalPut(fileSystem, path);
    if (!ConditionalPut.put(fileSystem, path, content)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** Every write appears whole or not at all: S3 has no half-written objects. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration hadoopConf) {
    return false;
  }

  private void requireConditionalPut(FileSystem fileSystem, Path path) throws IOException {
    String bucket = path.toUri().getAuthority();
    if (!checkedBuckets.contains(bucket)) {
      ConditionalPutProbe.require(fileSystem);
      checkedBuckets.add(bucket);
    }
  }

  private static byte[] lines(Iterator<String> actions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      bytes.writeBytes(actions.next().getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }
}
