package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Arrays of one dimension, each element in a form of its type; also {@code
 * io.debezium.data.DoubleVector} and {@code FloatVector}, which are arrays on the wire.
 *
 * <p>Debezium's {@code PostgresValueConverter} takes the inner arrays of several dimensions for
 * values: of text it makes what Java calls them, of everything else null. The former is recognised
 * and refused; the latter nobody can tell from nulls.
 */
final class WireArrays {
  private static final Set<String> FORMS =
      Set.of("array", "io.debezium.data.DoubleVector", "io.debezium.data.FloatVector");

  private static final Pattern INNER_ARRAY = Pattern.compile("\\[+L[\\w.]{1,100};@[0-9a-f]{1,8}");

  private WireArrays() {}

  static List<Object> list(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    WireSchema items = schema.part("items");
    boolean isArray =
        !schema.isKnown()
            || schema.type().equals("array")
                && FORMS.contains(schema.typeName())
                && items.isKnown();
    if (!isArray || !node.isArray()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    Column element = column.element();
    List<Object> values = new ArrayList<>(node.size());
    try {
      for (JsonNode value : node) {
        values.add(value.isNull() ? null : value(element, value, items));
      }
    } catch (Quarantine e) {
      throw e.ofElement();
    }
    return Collections.unmodifiableList(values);
  }

  private static Object value(Column element, JsonNode node, WireSchema schema) throws Quarantine {
    if (node.isTextual() && INNER_ARRAY.matcher(node.textValue()).matches()) {
      throw WireRefusal.mismatch(
          element, node, schema, ": Debezium cannot send an array of several dimensions");
    }
    return WireValue.decode(element, node, schema);
  }
}
