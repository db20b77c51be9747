package dev.changelake.compact.doctor;

import static dev.changelake.compact.doctor.HazardKind.warning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Columns that hold more at the source than the contract lets them. */
final class ColumnTypesCheck implements Check {
  private static final HazardKind WIDER =
      warning(
          "wider_columns",
          "The source's type holds values that the contract's cannot: a record with one is quarantined.",
          "Give the contract the source's type, if such values can come.");
  private static final HazardKind OPTIONAL =
      warning(
          "nullable_at_source",
          "The source lets the column be null and the contract does not: a record with a null is"
              + " quarantined.",
          "Make the column nullable in the contract, or NOT NULL at the source.");

  @Override
  public List<HazardKind> kinds() {
    return List.of(WIDER, OPTIONAL);
  }

  @Override
  public List<Hazard> look(TopicSample sample) {
    return Stream.of(
            ColumnForms.find(sample, WIDER, ColumnTypesCheck::isWider),
            ColumnForms.find(
                sample,
                OPTIONAL,
                (column, schema) -> !column.nullable() && schema.path("optional").asBoolean()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isWider(Column column, JsonNode schema) {
    String form = SampledRecord.form(schema);
    ColumnType type = column.type();
    return switch (type.kind()) {
      case INT -> form.equals("int64");
      case FLOAT -> form.equals("double");
      case DECIMAL ->
          form.equals("io.debezium.data.VariableScaleDecimal")
              || parameter(schema, "scale") > type.scale()
              || parameter(schema, "connect.decimal.precision") - parameter(schema, "scale")
                  > type.precision() - type.scale();
      default -> false;
    };
  }

  /** A number that the schema gives as text; 0 if it gives none. */
  private static int parameter(JsonNode schema, String name) {
    return schema.path("parameters").path(name).asInt();
  }
}
