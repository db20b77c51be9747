package dev.changelake.produce.rawfile;

import dev.changelake.produce.world.LogLine;
import dev.changelake.produce.world.TableRow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The lines of a log as they are, each ending in a line feed. */
final class LogRows implements RowFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void add(TableRow row) {
    bytes.writeBytes((((LogLine) row).line() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] finish() {
    return bytes.toByteArray();
  }
}
