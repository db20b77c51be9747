package dev.changelake.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** Keeps the sign of {@code -0.0}, which {@link BigDecimal} has no place for and a double has. */
final class SignedZeros extends JsonParserDelegate {
  SignedZeros(JsonParser parser) {
    super(parser);
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    BigDecimal value = super.getDecimalValue();
    return value.signum() == 0 && getText().charAt(0) == '-' ? new NegativeZero(value) : value;
  }

  private static final class NegativeZero extends BigDecimal {
    private static final long serialVersionUID = 1L;

    NegativeZero(BigDecimal zero) {
      super(zero.unscaledValue(), zero.scale());
    }

    @Override
    public double doubleValue() {
      return -0.0;
    }

    @Override
    public float floatValue() {
      return -0.0f;
    }
  }
}
