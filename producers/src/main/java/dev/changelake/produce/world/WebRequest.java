package dev.changelake.produce.world;

import java.util.List;

/** The part of a log line from the request to the referer. */
record WebRequest(String method, String path, int status, String bytes, String referer) {
  private static final WordList PAGES =
      new WordList(List.of("/", "/products", "/cart", "/orders", "/account", "/help", "/offers"));
  private static final WordList FORMS = new WordList(List.of("/cart/items", "/quotes"));
  private static final WordList REFERERS =
      new WordList(
          List.of(
              "-",
              "-",
              "https://b2b.example.com/",
              "https://b2b.example.com/products",
              "https://www.google.com/",
              "https://www.bing.com/",
              "https://partner.example.org/catalogue?lang=en"));

  static WebRequest draw(Draws draws, World world) {
    int kind = (int) draws.below(100);
    long product = world.products().draw(draws);
    String method = kind < 12 ? "POST" : kind < 14 ? "HEAD" : "GET";
    int status = method.equals("POST") ? 201 : status(draws);
    boolean empty = method.equals("HEAD") || status == 304;
    return new WebRequest(
        method,
        method.equals("POST") ? FORMS.pick(draws) : path(kind, product, draws),
        status,
        empty ? "-" : Long.toString(draws.between(180, 60_000)),
        REFERERS.pick(draws));
  }

  @Override
  public String toString() {
    return "\""
        + method
        + " "
        + path
        + " HTTP/1.1\" "
        + status
        + " "
        + bytes
        + " \""
        + referer
        + "\"";
  }

  private static String path(int kind, long product, Draws draws) {
    if (kind < 60) {
      return "/products/" + product;
    }
    return kind < 70 ? "/search?q=" + product + "&page=" + draws.between(1, 9) : PAGES.pick(draws);
  }

  private static int status(Draws draws) {
    int kind = (int) draws.below(100);
    if (kind < 86) {
      return 200;
    }
    return kind < 92 ? 304 : kind < 95 ? 302 : kind < 99 ? 404 : 500;
  }
}
