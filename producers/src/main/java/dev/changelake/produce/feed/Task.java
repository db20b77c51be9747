package dev.changelake.produce.feed;

import dev.changelake.produce.world.Company;
import dev.changelake.produce.world.CompanyOrder;
import dev.changelake.produce.world.Customer;
import dev.changelake.produce.world.Lead;
import dev.changelake.produce.world.LogLine;
import dev.changelake.produce.world.Order;
import dev.changelake.produce.world.Product;
import java.util.List;
import java.util.Locale;

/** What the producer can be asked to write; the code is part of each log position. */
public enum Task {
  INIT(1, List.of(Company.TABLE, Customer.TABLE, Product.TABLE, Order.TABLE)),
  COMPANIES(2, List.of(Company.TABLE)),
  DAILY(3, List.of(Lead.TABLE, CompanyOrder.TABLE, LogLine.TABLE));

  private final int code;
  private final List<String> tables;

  Task(int code, List<String> tables) {
    this.code = code;
    this.tables = tables;
  }

  int code() {
    return code;
  }

  /** The tables of which the task holds changes. */
  public List<String> tables() {
    return tables;
  }

  /** The name of the command. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
