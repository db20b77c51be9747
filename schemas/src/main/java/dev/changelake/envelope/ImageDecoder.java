package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.LineParse;
import dev.changelake.contract.TableContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads a row's images: the columns that a message carries, each of its type. */
final class ImageDecoder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final int NAMES_SHOWN = 5;

  private final List<Column> columns;
  private final Set<String> messageColumns = new HashSet<>();
  private final String line;
  private final String identifier;

  ImageDecoder(TableContract contract) {
    this.columns = contract.columns();
    this.line = contract.parse().map(LineParse::column).orElse(null);
    this.identifier = contract.source().identifier().orElse(null);
    for (Column column : contract.messageColumns()) {
      messageColumns.add(column.sourceName());
      messageColumns.addAll(column.aliases());
    }
  }

  /**
   * Reads an after, in which each column has the value that it shall have in the row.
   *
   * @param unavailable takes the columns that were left out because an update did not change them,
   *     and those that are worked out from such; an insert may be the second half of a changed key
   */
  Object[] after(JsonNode image, WireSchema schema, Operation operation, List<String> unavailable)
      throws Quarantine {
    List<Column> leftOut = new ArrayList<>();
    Object[] row = values(image, schema, operation != Operation.READ, true, leftOut);
    for (Column column : leftOut) {
      if (column.name().equals(line)) {
        throw new Quarantine(QuarantineReason.UNAVAILABLE_VALUE, column.name());
      }
      unavailable.add(column.name());
      columns.stream()
          .filter(each -> each.computed().filter(by -> by.from().equals(column.name())).isPresent())
          .forEach(each -> unavailable.add(each.name()));
    }
    return row;
  }

  /**
   * Reads a before, which may lack any column, since its content depends on the source: one that
   * was left out for its size is not known either.
   */
  Object[] before(JsonNode image, WireSchema schema) throws Quarantine {
    return values(image, schema, true, false, new ArrayList<>());
  }

  private Object[] values(
      JsonNode image,
      WireSchema schema,
      boolean mayLeaveOut,
      boolean complete,
      List<Column> leftOut)
      throws Quarantine {
    Object[] row = new Object[columns.size()];
    List<String> missing = new ArrayList<>();
    int found = 0;
    int position = 0;
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      if (!column.inMessage()) {
        continue;
      }
      String name = column.nameIn(image::has);
      JsonNode node = image.get(name);
      found += node == null ? 0 : 1;
      if (node == null) {
        if (complete && !column.omittable() && !column.name().equals(identifier)) {
          missing.add(column.name());
        }
      } else if (node.isNull()) {
        if (complete && !column.nullable()) {
          throw new Quarantine(QuarantineReason.NULL_IN_REQUIRED_COLUMN, column.name());
        }
      } else if (!mayLeaveOut || !WireUnavailable.is(column.type(), node)) {
        row[i] = WireValue.decode(column, node, schema.field(name, position));
      } else {
        leftOut.add(column);
      }
      position++;
    }
    if (!missing.isEmpty()) {
      throw new Quarantine(
          QuarantineReason.MISSING_COLUMN,
          String.join(", ", missing)
              + (found == image.size() ? "" : "; unknown is " + unknownColumns(image)));
    }
    if (found != image.size()) {
      throw new Quarantine(QuarantineReason.UNKNOWN_COLUMN, unknownColumns(image));
    }
    return row;
  }

  /** The columns that an image has and no contract knows. */
  Set<String> unknown(JsonNode image) {
    Set<String> unknown = new TreeSet<>();
    image.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(messageColumns);
    return unknown;
  }

  /** Names the first few; what does not look like a name might be a value, and is counted only. */
  private String unknownColumns(JsonNode image) {
    Set<String> unknown = unknown(image);
    if (unknown.isEmpty()) {
      return "a second name of one column";
    }
    List<String> named =
        unknown.stream().filter(name -> NAME.matcher(name).matches()).limit(NAMES_SHOWN).toList();
    int more = unknown.size() - named.size();
    return String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
  }
}
