package dev.changelake.produce.world;

/** The products; their ids are 1 to the number of rows at the start. */
public final class Products {
  private final WorldParameters parameters;
  private final Companies companies;
  private final Dice dice;
  private final WordList qualities = WordList.read("product-qualities.txt");
  private final WordList things = WordList.read("product-things.txt");
  private final WordList variants = WordList.read("product-variants.txt");
  private final WordList currencies = WordList.read("currencies.txt");

  Products(WorldParameters parameters, Companies companies) {
    this.parameters = parameters;
    this.companies = companies;
    this.dice = new Dice(parameters.seed(), Product.TABLE, parameters.start());
  }

  /** The product of that id. */
  public Product get(long id) {
    Draws naming = dice.roll("prod_name", id);
    return new Product(
        id,
        qualities.pick(naming) + " " + things.pick(naming) + " " + variants.pick(naming),
        Prices.money(unitCents(id)),
        currencies.pick(dice.roll("prod_currency_code", id)),
        supplier(id));
  }

  long draw(Draws draws) {
    return draws.between(1, parameters.rows());
  }

  long unitCents(long id) {
    return Prices.unitCents(dice.roll("prod_unit_price", id));
  }

  long supplier(long id) {
    return companies.drawStable(dice.roll("supplier_id", id));
  }
}
