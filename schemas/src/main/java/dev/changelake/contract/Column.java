package dev.changelake.contract;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One column.
 *
 * @param nullable whether a record without a value is accepted
 * @param omittable whether messages may lack the column, which is null then
 * @param source the name that the source and its messages have for the column, as they spell it;
 *     empty if it is the column's own
 * @param aliases other names that messages may have for the column
 * @param parsed whether the value is taken from the contract's line at land, and so is not in the
 *     message
 * @param computed how the value is worked out at land; it is not in the message then
 * @param stored whether the table has the column; one that is not stored is in the change log alone
 * @param references the table whose key this column refers to
 * @param warehouseType {@code varchar(n)} for a string whose characters are limited in a warehouse
 */
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    boolean omittable,
    Optional<String> source,
    List<String> aliases,
    boolean parsed,
    Optional<Computed> computed,
    boolean stored,
    Optional<String> references,
    Optional<String> warehouseType,
    String description) {
  /** Names that begin with an underscore belong to the lake's own columns. */
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  /** Names that a source may have. */
  private static final Pattern ALIAS = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

  /** What databases take as a quoted name. */
  private static final Pattern SOURCE = Pattern.compile("[^\\p{Cntrl}]{1,128}");

  private static final Pattern WAREHOUSE_TYPE = Pattern.compile("varchar\\(([1-9][0-9]{0,7})\\)");

  /** PostgreSQL's limit. */
  private static final int MOST_CHARACTERS = 10_485_760;

  public Column {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a column's name is lower case letters, digits and _, was " + name);
    }
    if (warehouseType.isPresent()
        && characters(warehouseType.get()).filter(n -> n <= MOST_CHARACTERS).isEmpty()) {
      throw new IllegalArgumentException(
          "warehouse is varchar(n) with n up to %d, was %s"
              .formatted(MOST_CHARACTERS, warehouseType.get()));
    }
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(source, "source");
    if (source.filter(text -> !SOURCE.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "a column's source is its name there, of 1 to 128 characters, none of them a control character");
    }
    aliases = List.copyOf(aliases);
    for (String alias : aliases) {
      if (!ALIAS.matcher(alias).matches() || alias.equals(name)) {
        throw new IllegalArgumentException(
            "an alias is another name of the column in its source, was " + alias);
      }
    }
    if (omittable && !nullable) {
      throw new IllegalArgumentException("a column that messages may lack is nullable");
    }
    if (warehouseType.isPresent() && type.kind() != ColumnType.Kind.STRING) {
      throw new IllegalArgumentException(
          "warehouse is for strings alone: other types are held as they are");
    }
    Objects.requireNonNull(computed, "computed");
    Objects.requireNonNull(references, "references");
    Objects.requireNonNull(warehouseType, "warehouseType");
    Objects.requireNonNull(description, "description");
  }

  /** A column that each message has by its own name. */
  public Column(
      String name,
      ColumnType type,
      boolean nullable,
      boolean parsed,
      Optional<Computed> computed,
      boolean stored,
      Optional<String> references,
      Optional<String> warehouseType,
      String description) {
    this(
        name,
        type,
        nullable,
        false,
        Optional.empty(),
        List.of(),
        parsed,
        computed,
        stored,
        references,
        warehouseType,
        description);
  }

  /** How many characters the column holds in a warehouse; empty if no number of them is set. */
  public Optional<Integer> mostCharacters() {
    return warehouseType.flatMap(Column::characters);
  }

  private static Optional<Integer> characters(String warehouseType) {
    Matcher type = WAREHOUSE_TYPE.matcher(warehouseType);
    return type.matches() ? Optional.of(Integer.valueOf(type.group(1))) : Optional.empty();
  }

  /** The column, with a value in every row. */
  public Column required() {
    return new Column(
        name, type, false, parsed, computed, stored, references, warehouseType, description);
  }

  /** One of the column's elements, as if it were the column; any may be null. */
  public Column element() {
    return new Column(
        name,
        type.element().orElseThrow(),
        true,
        parsed,
        computed,
        stored,
        references,
        warehouseType,
        description);
  }

  /** The name that a message has for the column, of those that it may have. */
  public String nameIn(Predicate<String> message) {
    String first = sourceName();
    return aliases.isEmpty() || message.test(first)
        ? first
        : aliases.stream().filter(message).findFirst().orElse(first);
  }

  /** The column's name in its source. */
  public String sourceName() {
    return source.orElse(name);
  }

  /** Whether messages carry the column. */
  public boolean inMessage() {
    return !parsed && computed.isEmpty();
  }
}
