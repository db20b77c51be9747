package dev.changelake.compact.load;

/** A value that the warehouse could not hold as it is. Names its column, and never the value. */
final class RefusedCell extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String column;

  RefusedCell(String column, String why) {
    super(why);
    this.column = column;
  }

  String column() {
    return column;
  }
}
