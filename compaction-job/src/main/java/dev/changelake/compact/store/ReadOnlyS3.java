package dev.changelake.compact.store;

import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * S3 for sessions that have nothing to write: whatever asks it to write is refused.
 *
 * <p>Hadoop loads this class by name ({@code fs.s3a.impl}).
 */
public final class ReadOnlyS3 extends S3AFileSystem {
  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  @SuppressWarnings("rawtypes") // as S3A has it
  public FSDataOutputStreamBuilder createFile(Path path) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    throw new ReadOnlyFileSystemException();
  }
}
