package dev.changelake.compact.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The lake's files on S3. */
public final class S3LakeFiles implements LakeFiles, OutputFiles {
  private final FileSystem fileSystem;
  private final Path root;

  private S3LakeFiles(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** Opens the store for reading. */
  public static S3LakeFiles openToRead(String root, Configuration hadoop) {
    Path path = new Path(root);
    try {
      return new S3LakeFiles(path.getFileSystem(hadoop), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens the store for writing.
   *
   * @throws dev.changelake.error.ChangelakeException if it ignores the conditions of conditional
   *     puts
   */
  public static S3LakeFiles openToWrite(String root, Configuration hadoop) {
    S3LakeFiles files = openToRead(root, hadoop);
    try {
      ConditionalPutProbe.require(files.fileSystem);
      return files;
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
  public Optional<Tagged> readTagged(String path) {
    Path file = new Path(root, path);
    try {
      // The tag first: if the file changes before it is read, swapping it will fail.
      FileStatus status = fileSystem.getFileStatus(file);
      byte[] content = ConditionalPut.read(fileSystem, file);
      return Optional.of(new Tagged(content, ((EtagSource) status).getEtag()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void put(String path, byte[] content) {
    try (FSDataOutputStream out = fileSystem.create(new Path(root, path), true)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean swap(String path, Optional<Tagged> seen, byte[] content) {
    try {
      return ConditionalPut.put(fileSystem, new Path(root, path), content, seen.map(Tagged::tag));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String path) {
    delete(path, false);
  }

  @Override
  public void deleteFolder(String folder) {
    delete(folder, true);
  }

  private void delete(String path, boolean recursive) {
    try {
      fileSystem.delete(new Path(root, path), recursive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void move(String from, String to) {
    Path source = new Path(root, from);
    Path target = new Path(root, to);
    try {
      Optional<String> standing = etag(target);
      // Somebody may be reading what stands there.
      if (standing.isPresent() && standing.equals(etag(source))) {
        fileSystem.delete(source, false);
        return;
      }
      // S3A's rename is a copy and a delete, and refuses a target that is there.
      fileSystem.delete(target, false);
      if (!fileSystem.rename(source, target)) {
        throw new IOException("The store did not move " + from + " to " + to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> etag(Path file) throws IOException {
    try {
      return Optional.ofNullable(((EtagSource) fileSystem.getFileStatus(file)).getEtag());
    } catch (FileNotFoundException e) {
      return Optional.empty();
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
