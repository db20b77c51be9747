package dev.changelake.produce.world;

import java.time.LocalDate;

/** The mock platform; start here. It holds no state: each answer is computed when it is asked. */
public final class World {
  private final WorldParameters parameters;
  private final Companies companies;
  private final Customers customers;
  private final Products products;
  private final Networks networks = Networks.read();

  public World(WorldParameters parameters) {
    this.parameters = parameters;
    this.companies = new Companies(parameters);
    this.customers = new Customers(parameters);
    this.products = new Products(parameters, companies);
  }

  public WorldParameters parameters() {
    return parameters;
  }

  public Companies companies() {
    return companies;
  }

  public Customers customers() {
    return customers;
  }

  public Products products() {
    return products;
  }

  public PlatformOrders orders() {
    return new PlatformOrders(this);
  }

  /** What happens to companies on that day. */
  public CompanyDay companyDay(LocalDate day, int rows) {
    return new CompanyDay(this, day, rows);
  }

  /** The leads that are created on that day. */
  public LeadDay leadDay(LocalDate day, int rows) {
    return new LeadDay(this, day, rows);
  }

  /** The orders that companies send on that day. */
  public CompanyOrderDay companyOrderDay(LocalDate day, int rows) {
    return new CompanyOrderDay(this, day, rows);
  }

  /** The web log of that day. */
  public WeblogDay weblogDay(LocalDate day, int rows) {
    return new WeblogDay(this, networks, day, rows);
  }

  Dice dice(String table, LocalDate day) {
    return new Dice(parameters.seed(), table, day);
  }
}
