package dev.changelake.compact.redshift;

import java.nio.ByteBuffer;

/** The numbers of types that Redshift and PostgreSQL do not share. */
final class RedshiftOids {
  private static final int SUPER = 4000;
  private static final int VARBYTE = 6551;
  private static final int JSONB = 3802;
  private static final int BYTEA = 17;
  private static final int TABLE_AND_COLUMN = 6;
  private static final int SIZE_MODIFIER_AND_FORMAT = 8;

  private RedshiftOids() {}

  /** The types of a Parse message's parameters, which are its rest, as PostgreSQL has them. */
  static byte[] ofParameters(ByteBuffer rest) {
    byte[] types = new byte[rest.remaining()];
    ByteBuffer known = ByteBuffer.wrap(types);
    known.putShort(rest.getShort());
    while (rest.hasRemaining()) {
      int type = rest.getInt();
      known.putInt(type == SUPER ? JSONB : type == VARBYTE ? BYTEA : type);
    }
    return types;
  }

  /** A row's description as the driver knows it; what is binary stays PostgreSQL's. */
  static WireMessage ofRow(WireMessage description) {
    ByteBuffer rest = ByteBuffer.wrap(description.body().clone());
    for (int fields = rest.getShort(); fields > 0; fields--) {
      WireMessage.text(rest);
      rest.position(rest.position() + TABLE_AND_COLUMN);
      if (rest.getInt(rest.position()) == JSONB) {
        rest.putInt(rest.position(), SUPER);
      }
      rest.position(rest.position() + Integer.BYTES + SIZE_MODIFIER_AND_FORMAT);
    }
    return new WireMessage('T', rest.array());
  }
}
