package dev.changelake.compact.enrich;

import nl.basjes.parse.useragent.UserAgent;
import nl.basjes.parse.useragent.UserAgentAnalyzer;
import nl.basjes.parse.useragent.Version;

/** Tells the device of a user agent, by Yauaa. */
final class DeviceCatalogue {
  private static final int CACHED = 10_000;

  private DeviceCatalogue() {}

  /** One a JVM, since it is slow to start; it knows rules alone and is safe to share. */
  private static final class Holder {
    private static final UserAgentAnalyzer ANALYZER =
        UserAgentAnalyzer.newBuilder()
            .withField(UserAgent.DEVICE_NAME)
            .hideMatcherLoadStats()
            .immediateInitialization()
            .withCache(CACHED)
            .build();
  }

  static String deviceOf(String userAgent) {
    return Holder.ANALYZER.parse(userAgent).getValue(UserAgent.DEVICE_NAME);
  }

  static String version() {
    return "Yauaa " + Version.PROJECT_VERSION;
  }
}
