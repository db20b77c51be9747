package dev.changelake.compact.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Creates an object on S3 if and only if there is none, by {@code If-None-Match: *}, or replaces
 * one if and only if it is still the one that was seen, by {@code If-Match}.
 *
 * <p>{@code FileSystem.create(path, overwrite=false)} is no such thing on S3A: it asks, then puts.
 */
final class ConditionalPut {
  /** S3A's option of that name; see Hadoop's documentation of {@code createFile()} on S3A. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private static final String CONDITIONAL_ON_TAG = CONDITIONAL + ".etag";

  private static final int ATTEMPTS = 5;
  private static final int CONFLICT = 409;

  private ConditionalPut() {}

  /**
   * Puts the content.
   *
   * @return whether the object is ours; false if another writer's content stands there
   * @throws IOException if neither can be said; the object is then ours or absent
   */
  static boolean put(FileSystem fileSystem, Path path, byte[] content) throws IOException {
    return put(fileSystem, path, content, Optional.empty());
  }

  /**
   * Puts the content.
   *
   * @param seen the entity tag of the object to replace; empty if there must be none
   * @return whether the object is ours; false if another writer's content stands there
   */
  static boolean put(FileSystem fileSystem, Path path, byte[] content, Optional<String> seen)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        write(fileSystem, path, content, seen);
        return true;
      } catch (RemoteFileChangedException | FileAlreadyExistsException e) {
        // Lost, or our own put arrived and its answer did not, so that it was sent again.
        return isOurs(fileSystem, path, content);
      } catch (IOException e) {
        // 409: another conditional put of the same key is under way and may yet fail.
        // 5xx: unknown whether it arrived; the next attempt tells.
        if (attempt == ATTEMPTS || !(isConflict(e) || e instanceof AWSStatus500Exception)) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  /** The other put needs time to end, one way or the other. */
  private static void pause(int attempt) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(100L << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while another put was under way");
    }
  }

  private static void write(FileSystem fileSystem, Path path, byte[] content, Optional<String> seen)
      throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fileSystem.createFile(path);
    builder.recursive();
    builder.overwrite(true);
    if (seen.isPresent()) {
      builder.must(CONDITIONAL_ON_TAG, seen.get());
    } else {
      builder.must(CONDITIONAL, true);
    }
    try (FSDataOutputStream out = builder.build()) {
      out.write(content);
    }
  }

  private static boolean isOurs(FileSystem fileSystem, Path path, byte[] content)
      throws IOException {
    try {
      return Arrays.equals(content, read(fileSystem, path));
    } catch (FileNotFoundException e) {
      throw new IOException("The store refused to create " + path + " but has no such object", e);
    }
  }

  static byte[] read(FileSystem fileSystem, Path path) throws IOException {
    try (FSDataInputStream in = fileSystem.open(path)) {
      return in.readAllBytes();
    }
  }

  private static boolean isConflict(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof S3Exception s3 && s3.statusCode() == CONFLICT) {
        return true;
      }
    }
    return false;
  }
}
