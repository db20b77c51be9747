package dev.changelake.oracle;

import java.util.ArrayList;
import java.util.List;

/** Takes a CSV text apart, one character after the other. */
final class CsvRecords {

  private static final int END = -1;

  private final String text;
  private final List<List<String>> records = new ArrayList<>();
  private int at;

  CsvRecords(String text) {
    this.text = text;
  }

  /** All records with their fields; null is an empty field without quotes. */
  List<List<String>> all() {
    while (peek() != END) {
      records.add(record());
    }
    return records;
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (peek() == ',') {
      at++;
      fields.add(field());
    }
    if (peek() == '\r') {
      at++;
      require(peek() == '\n', "a carriage return without a line feed");
    }
    if (peek() != END) {
      require(peek() == '\n', "text after a closing quote");
      at++;
    }
    return fields;
  }

  private String field() {
    if (peek() == '"') {
      at++;
      return quoted();
    }
    int start = at;
    while (peek() != END && ",\r\n".indexOf(peek()) < 0) {
      require(peek() != '"', "a quote in a field without quotes");
      at++;
    }
    return start == at ? null : text.substring(start, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    while (true) {
      require(peek() != END, "a quote that is never closed");
      char next = text.charAt(at++);
      if (next == '"') {
        if (peek() != '"') {
          return field.toString();
        }
        at++;
      }
      field.append(next);
    }
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "Record %d has %s, at character %d".formatted(records.size() + 1, what, at));
    }
  }
}
