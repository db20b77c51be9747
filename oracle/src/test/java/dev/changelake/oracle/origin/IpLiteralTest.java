package dev.changelake.oracle.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.249.199.99, 255.249.199.99",
    "::1, 0:0:0:0:0:0:0:1",
    "2001:DB8::a, 2001:db8:0:0:0:0:0:a",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void addresses_are_read(String text, String meant) {
    assertThat(IpLiteral.parse(text)).map(InetAddress::getHostAddress).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "localhost",
        "example.com",
        "1.2.3",
        "16909060",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4.5",
        " 1.2.3.4",
        "1.2.3.4:80",
        "[::1]",
        "fe80::1%eth0",
        ":",
        "1:2",
        "::g",
        "abc:def"
      })
  void anything_else_is_no_address(String text) {
    assertThat(IpLiteral.parse(text)).isEmpty();
  }
}
