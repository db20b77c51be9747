package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;

/** Exact numbers. */
final class WireDecimals {
  private static final String CONNECT_DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final Pattern PLAIN_NUMBER = Pattern.compile("[+-]?\\d{1,80}(\\.\\d{1,80})?");

  /** Far more base64 than the widest decimal needs: a longer number is not even computed. */
  private static final int LONGEST_DECIMAL = 128;

  private WireDecimals() {}

  static BigDecimal decimal(Column column, JsonNode node, WireSchema schema) throws Quarantine {
    BigDecimal value;
    if (node.isTextual() && (!schema.isKnown() || schema.typeName().equals(CONNECT_DECIMAL))) {
      int scale = schema.isKnown() ? schema.scale() : column.type().scale();
      if (scale < 0) {
        throw WireRefusal.mismatch(column, node, schema);
      }
      value = new BigDecimal(unscaled(column, node, schema), scale);
    } else if (node.isNumber()
        && (!schema.isKnown() || schema.typeName().equals(CONNECT_DECIMAL))) {
      value = node.decimalValue();
    } else if (node.isTextual() && schema.typeName().equals("string")) {
      value = plainNumber(column, node, schema);
    } else {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return fit(column, value, node, schema);
  }

  private static BigInteger unscaled(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (node.textValue().length() > LONGEST_DECIMAL) {
      throw WireRefusal.overflow(column);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(node.textValue());
      if (bytes.length > 0) {
        return new BigInteger(bytes);
      }
    } catch (IllegalArgumentException e) {
      // Not base64: told below.
    }
    throw WireRefusal.mismatch(column, node, schema);
  }

  private static BigDecimal plainNumber(Column column, JsonNode node, WireSchema schema)
      throws Quarantine {
    if (!PLAIN_NUMBER.matcher(node.textValue()).matches()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    return new BigDecimal(node.textValue());
  }

  private static BigDecimal fit(Column column, BigDecimal value, JsonNode node, WireSchema schema)
      throws Quarantine {
    ColumnType type = column.type();
    if (value.signum() == 0) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    // Both told by counting digits: setScale would expand an absurd exponent.
    if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
      throw WireRefusal.overflow(column);
    }
    if ((long) value.scale() - value.precision() >= type.scale()) {
      throw WireRefusal.mismatch(column, node, schema);
    }
    try {
      return value.setScale(type.scale());
    } catch (ArithmeticException e) {
      throw WireRefusal.mismatch(column, node, schema);
    }
  }
}
