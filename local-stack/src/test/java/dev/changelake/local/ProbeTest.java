package dev.changelake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void aPortWithoutAListenerDoesNotAnswer() throws Exception {
    // given
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    // then
    assertThat(ServiceKind.values())
        .noneMatch(kind -> new ServiceDescription(kind, port, "log").answers());
  }

  @Test
  void aListenerThatSaysNothingDoesNotAnswer() throws Exception {
    // given
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // then
      assertThat(Probe.kafka(silent.getLocalPort())).isFalse();
      assertThat(Probe.postgres(silent.getLocalPort())).isFalse();
    }
  }
}
