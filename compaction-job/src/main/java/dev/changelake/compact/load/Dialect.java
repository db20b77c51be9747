package dev.changelake.compact.load;

import dev.changelake.contract.Column;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** What differs between the kinds of databases that can be the warehouse. */
interface Dialect {
  /** The database's name, as people know it. */
  String name();

  /** A connection that commits when it is told to. */
  Connection open() throws SQLException;

  /** How a column's values are written for {@link #copy}. */
  CellText text(Column column);

  /** A column's type in SQL. */
  String type(Column column);

  /** What follows the columns of CREATE TABLE; empty, or beginning with a blank. */
  String tableOptions(WarehouseTable table);

  /** Lets drivers that create the same schema and audit take turns until the transaction ends. */
  void takeTurns(Connection connection) throws SQLException;

  /** Lets no other load decide until the transaction ends. */
  String lock(String table);

  /** Appends the files' rows to a table, in the connection's transaction. */
  void copy(Connection connection, String table, LoadFiles files) throws SQLException, IOException;

  /** What follows a text in ORDER BY, so that it sorts by its bytes; empty if it does so. */
  String byteOrder();

  /** The ORDER BY in which rows are best inserted; empty, or beginning with a blank. */
  String insertOrder(WarehouseTable table);

  /**
   * Gives a column of the table of that name its contract's type, which is wider, and its
   * nullability.
   */
  void change(Connection connection, String name, WarehouseTable table, Column column)
      throws SQLException;

  /** What to do about a refusal that running the command again does not mend. */
  String remedy();
}
