package dev.changelake.produce.world;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The customers; their ids are 1 to the number of rows at the start. */
public final class Customers {
  private static final LocalDate OLDEST = LocalDate.of(1945, 1, 1);
  private static final LocalDate YOUNGEST = LocalDate.of(1999, 12, 31);
  private static final WordList MAIL_HOSTS =
      new WordList(List.of("example.com", "example.org", "example.net"));

  private final WorldParameters parameters;
  private final Dice dice;
  private final WordList firstNames = WordList.read("first-names.txt");
  private final WordList lastNames = WordList.read("last-names.txt");
  private final WordList cities = WordList.read("cities.txt");

  Customers(WorldParameters parameters) {
    this.parameters = parameters;
    this.dice = new Dice(parameters.seed(), Customer.TABLE, parameters.start());
  }

  /** The customer of that id. */
  public Customer get(long id) {
    Draws naming = dice.roll("full_name", id);
    String first = firstNames.pick(naming);
    String last = lastNames.pick(naming);
    // The id makes it unique: the name before it ends in a letter.
    String userName = ascii(first) + "." + ascii(last) + id;
    String city = cities.pick(dice.roll("city", id));
    int comma = city.lastIndexOf(',');
    return new Customer(
        id,
        fullName(first, last, naming),
        LocalDate.ofEpochDay(
            dice.roll("dob", id).between(OLDEST.toEpochDay(), YOUNGEST.toEpochDay())),
        userName,
        userName + "@" + MAIL_HOSTS.pick(dice.roll("email", id)),
        city.substring(0, comma),
        city.substring(comma + 1));
  }

  long draw(Draws draws) {
    return draws.between(1, parameters.rows());
  }

  private static String fullName(String first, String last, Draws draws) {
    return switch ((int) draws.below(40)) {
      case 0 -> first + " \"" + first.substring(0, 3) + "\" " + last;
      case 1 -> first + " " + last + ", Jr.";
      default -> first + " " + last;
    };
  }

  private static String ascii(String name) {
    return Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFD)
        .replace('ø', 'o')
        .replace('ł', 'l')
        .replace('Ł', 'L')
        .replace('ı', 'i')
        .replaceAll("[^A-Za-z]", "")
        .toLowerCase(Locale.ROOT);
  }
}
