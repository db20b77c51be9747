package dev.changelake.compact.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The lake's files on S3. */
public final class S3LakeFiles implements LakeFiles {
  private final FileSystem fileSystem;
  private final Path root;

  private S3LakeFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Opens the store.
   *
   * @throws dev.changelake.error.ChangelakeException if it ignores the condition of conditional
   *     puts
   */
  public static S3LakeFiles open(String root, Configuration hadoop) {
    Path path = new Path(root);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      ConditionalPutProbe.require(fileSystem);
      return new S3LakeFiles(fileSystem, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<byte[]> read(String path) {
    try {
      return Optional.of(ConditionalPut.read(fileSystem, new Path(root, path)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    try {
      return ConditionalPut.put(fileSystem, new Path(root, path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try {
      return Arrays.stream(fileSystem.listStatus(new Path(root, folder)))
          .filter(FileStatus::isFile)
          .map(file -> file.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
