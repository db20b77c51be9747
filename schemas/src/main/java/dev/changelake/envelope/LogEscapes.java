package dev.changelake.envelope;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Resolves the escapes that web servers write into quoted fields of their logs.
 *
 * <p>Apache writes a quote and a backslash after a backslash, five control characters as in C
 * ({@code \b \n \r \t \v}) and every other byte that is not printable ASCII as {@code \xhh}; nginx
 * writes {@code \xHH} alone. Such bytes become text where a run of them is UTF-8. Whatever else
 * follows a backslash stays as it stands, backslash included: a run that is not UTF-8, the byte 0,
 * which no warehouse stores in a text, and escapes that no server writes.
 */
final class LogEscapes {
  private LogEscapes() {}

  static String resolve(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = isByte(text, at) ? endOfBytes(text, at) : at;
      if (end > at) {
        resolved.append(bytes(text.substring(at, end)));
        at = end;
      } else if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        resolved.append(character(text.charAt(at + 1)));
        at += 2;
      } else {
        resolved.append(text.charAt(at));
        at++;
      }
    }
    return resolved.toString();
  }

  private static String character(char escaped) {
    return switch (escaped) {
      case '"', '\\' -> String.valueOf(escaped);
      case 'b' -> "\b";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000B";
      default -> "\\" + escaped;
    };
  }

  private static boolean isByte(String text, int at) {
    return text.startsWith("\\x", at)
        && at + 4 <= text.length()
        && digit(text, at + 2) >= 0
        && digit(text, at + 3) >= 0
        && digit(text, at + 2) + digit(text, at + 3) > 0;
  }

  private static int endOfBytes(String text, int start) {
    int end = start;
    while (isByte(text, end)) {
      end += 4;
    }
    return end;
  }

  private static String bytes(String run) {
    byte[] bytes = new byte[run.length() / 4];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (digit(run, 4 * i + 2) * 16 + digit(run, 4 * i + 3));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return run;
    }
  }

  private static int digit(String text, int at) {
    char character = text.charAt(at);
    return character < 128 ? Character.digit(character, 16) : -1;
  }
}
