package dev.changelake.compact.redshift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes messages on between the client and PostgreSQL, and asks PostgreSQL for things of its own
 * within the same transaction.
 */
final class BackendRelay {
  private static final short NONE = 0;
  private static final String COMPLETIONS = "123TnCIs";
  private static final String COMPLETED = "PBCDE";

  private final Wire client;
  private final Wire backend;
  private final Map<String, Refusal> refusals = new HashMap<>();
  private int outstanding;
  private boolean skipping;
  private String own = "";
  private int owns;
  private char status = 'I';

  BackendRelay(Wire client, Wire backend) {
    this.client = client;
    this.backend = backend;
  }

  /** PostgreSQL refused what the stand-in asked for. */
  static final class BackendException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient WireMessage error;

    BackendException(WireMessage error) {
      super(error.fields().get('M'));
      this.error = error;
    }

    WireMessage error() {
      return error;
    }
  }

  /** The state of the transaction as of the last answer: idle, in a block, failed. */
  char status() {
    return status;
  }

  /** Whether all is passed over until the client synchronises. */
  boolean isSkipping() {
    return skipping;
  }

  void forward(WireMessage message) throws IOException {
    backend.write(message);
    if (COMPLETED.indexOf(message.type()) >= 0) {
      outstanding++;
    }
  }

  /** Lets PostgreSQL fail here, so that its transaction does, and tells the client why. */
  void refuse(Refusal refusal) throws IOException {
    forward(WireMessage.of('P', "", marker(refusal), NONE));
  }

  /** The same for a simple query. */
  void refuseQuery(Refusal refusal) throws IOException {
    forward(WireMessage.of('Q', marker(refusal)));
  }

  private String marker(Refusal refusal) {
    String marker = "refused_by_the_stand_in_" + refusals.size();
    refusals.put('"' + marker + '"', refusal);
    return marker;
  }

  /** Passes on all answers to what was forwarded until now. */
  void drain() throws IOException {
    if (!skipping) {
      forward(WireMessage.FLUSH);
      backend.flush();
      while (outstanding > 0 && !skipping) {
        pass(backend.read());
      }
    }
  }

  /** Passes on all answers until PostgreSQL is ready for the next query. */
  void untilReady() throws IOException {
    backend.flush();
    char passed;
    do {
      passed = pass(backend.read());
    } while (passed != 'Z');
    refusals.clear();
    client.flush();
  }

  private char pass(WireMessage answer) throws IOException {
    if (COMPLETIONS.indexOf(answer.type()) >= 0) {
      outstanding--;
    } else if (answer.type() == 'E') {
      fail(answer);
      return 'E';
    } else if (answer.type() == 'Z') {
      status = (char) answer.body()[0];
      outstanding = 0;
      skipping = false;
    }
    client.write(answer.type() == 'T' ? RedshiftOids.ofRow(answer) : answer);
    return answer.type();
  }

  /** Tells the client of an error, after which PostgreSQL skips what follows. */
  void fail(WireMessage error) throws IOException {
    skipping = true;
    client.write(BackendErrors.told(error, refusals));
    client.flush();
  }

  /** Tells the client something that is not PostgreSQL's. */
  void tell(WireMessage answer) throws IOException {
    client.write(answer);
  }

  /** The rows of a query of the stand-in's own. */
  List<List<String>> ask(String sql) throws IOException, BackendException {
    begin(sql);
    close();
    List<List<String>> rows = new ArrayList<>();
    await('3', rows);
    return rows;
  }

  /** Starts a COPY FROM STDIN. */
  void startCopy(String sql) throws IOException, BackendException {
    begin(sql);
    flush();
    await('G', new ArrayList<>());
  }

  void copyData(byte[] data) throws IOException {
    backend.write(WireMessage.of('d', data));
  }

  void endCopy() throws IOException, BackendException {
    backend.write(WireMessage.of('c'));
    close();
    await('3', new ArrayList<>());
  }

  /** Ends a COPY that loads nothing, for this reason. */
  void failCopy(Refusal refusal) throws IOException, BackendException {
    backend.write(WireMessage.of('f', '"' + marker(refusal) + '"'));
    flush();
    await('Z', new ArrayList<>());
  }

  private void begin(String sql) throws IOException {
    own = "redshift stand-in " + ++owns;
    backend.write(WireMessage.of('P', own, sql, NONE));
    backend.write(WireMessage.of('B', own, own, NONE, NONE, NONE));
    backend.write(WireMessage.of('E', own, 0));
  }

  private void close() throws IOException {
    backend.write(WireMessage.of('C', 'S', own));
    flush();
  }

  private void flush() throws IOException {
    backend.write(WireMessage.FLUSH);
    backend.flush();
  }

  private void await(char end, List<List<String>> rows) throws IOException, BackendException {
    WireMessage answer;
    do {
      answer = backend.read();
      switch (answer.type()) {
        case 'E' -> throw new BackendException(answer);
        case 'D' -> rows.add(answer.values());
        case 'N', 'S' -> client.write(answer);
        default -> {}
      }
    } while (answer.type() != end);
  }
}
