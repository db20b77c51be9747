package dev.changelake.capture.topic;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a capture's snapshot has come. */
public enum CapturePhase {
  /** All rows as they stand; until it is whole, it is begun anew by every run. */
  @JsonProperty("snapshot")
  SNAPSHOT,
  /** The changes after a snapshot that is whole. */
  @JsonProperty("streaming")
  STREAMING
}
