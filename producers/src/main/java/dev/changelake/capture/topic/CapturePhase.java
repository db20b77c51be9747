package dev.changelake.capture.topic;

import java.util.Arrays;
import java.util.Locale;

/** What a capture has begun; it stands in the topic of offsets before the first record is sent. */
public enum CapturePhase {
  /** All rows as they stand; until it is whole, it is begun anew by every run. */
  SNAPSHOT,
  /** The changes after a snapshot that is whole. */
  STREAMING;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CapturePhase fromCode(String code) {
    return Arrays.stream(values())
        .filter(phase -> phase.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown phase " + code));
  }
}
