package dev.changelake.compact.load;

import static dev.changelake.compact.load.LoadsUnderTest.column;
import static dev.changelake.compact.load.LoadsUnderTest.row;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of bytes, arrays and maps, with what is hard to quote. */
final class Bags {
  private Bags() {}

  /** A table for them. */
  static WarehouseTable table(String name) {
    return LoadsUnderTest.table(
        name,
        column("id", "int", false, null),
        column("bytes", "binary", true, null),
        column("texts", "array<string>", true, null),
        column("numbers", "array<decimal(9,2)>", true, null),
        column("words", "map<string,string>", true, null));
  }

  /** The rows; the bytes are the second's. */
  static Row[] rows(byte... second) {
    return new Row[] {
      row(
          1,
          new byte[] {0, (byte) 0xff, '"'},
          seq("a \"q\", \\", null, "", "NULL"),
          seq(new BigDecimal("1.50"), null),
          map("k", "v", "n", null)),
      row(2, second, seq(), seq(), map()),
      row(3, null, null, null, null)
    };
  }

  static Seq<Object> seq(Object... elements) {
    return CollectionConverters.asScala(Arrays.asList(elements)).toSeq();
  }

  static scala.collection.Map<String, String> map(String... keysAndValues) {
    Map<String, String> map = new HashMap<>();
    List<String> all = Arrays.asList(keysAndValues);
    for (int i = 0; i < all.size(); i += 2) {
      map.put(all.get(i), all.get(i + 1));
    }
    return CollectionConverters.asScala(map);
  }
}
