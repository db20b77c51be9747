package dev.changelake.compact.redshift;

import dev.changelake.compact.redshift.BackendRelay.BackendException;
import dev.changelake.compact.redshift.Decision.Effect;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One client's session: looks at each of its messages, then passes it on or acts itself. */
final class StandInSession {
  private final Wire client;
  private final BackendRelay relay;
  private final CopyRun copies;
  private final StandInEvents events;
  private final SqlDialect dialect;
  private final Map<String, Decision> statements = new HashMap<>();
  private final Map<String, Decision> portals = new HashMap<>();
  private boolean inBlock;
  private boolean copied;

  StandInSession(
      Wire client, BackendRelay relay, CopyRun copies, StandInEvents events, SqlDialect dialect) {
    this.client = client;
    this.relay = relay;
    this.copies = copies;
    this.events = events;
    this.dialect = dialect;
  }

  /** What happens around the statements, told to the tests. */
  interface StandInEvents {
    void statement(String sql);

    /** Whether the connection goes on after a COPY that was answered. */
    boolean goesOnAfterCopy();
  }

  /** Serves the client until it goes. */
  void run() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      WireMessage message;
      try {
        message = client.read();
      } catch (EOFException e) {
        return;
      }
      goesOn = take(message);
    }
  }

  private boolean take(WireMessage message) throws IOException {
    switch (message.type()) {
      case 'Q' -> {
        query(WireMessage.text(message.buffer()));
        return ready();
      }
      case 'S' -> {
        relay.forward(message);
        return ready();
      }
      case 'P' -> parse(message);
      case 'B' -> bind(message);
      case 'E' -> execute(message);
      case 'H' -> {
        relay.drain();
        client.flush();
      }
      case 'X' -> {
        return false;
      }
      case 'd', 'c', 'f' -> {
        // Of a COPY FROM STDIN that was refused.
      }
      default -> relay.forward(message);
    }
    return true;
  }

  private boolean ready() throws IOException {
    relay.untilReady();
    inBlock = relay.status() != 'I';
    boolean afterCopy = copied;
    copied = false;
    return !afterCopy || events.goesOnAfterCopy();
  }

  private void query(String sql) throws IOException {
    events.statement(sql);
    try {
      List<Decision> decisions = dialect.decideAll(sql);
      boolean single = decisions.size() == 1;
      if (single && decisions.get(0) instanceof Decision.Copy copy) {
        copy(copy.command());
        relay.forward(WireMessage.SYNC);
        return;
      }
      for (Decision decision : decisions) {
        if (decision instanceof Decision.Alone alone) {
          refuseInBlock(alone);
        }
        if (!single && !(decision instanceof Decision.Pass)) {
          throw new Refusal(
              Refusal.NOT_SUPPORTED, "The stand-in takes this statement in a query of its own");
        }
      }
      relay.forward(
          WireMessage.of(
              'Q', decisions.stream().map(Decision::sql).collect(Collectors.joining(";\n"))));
    } catch (Refusal e) {
      relay.refuseQuery(e);
    }
  }

  private void parse(WireMessage message) throws IOException {
    ByteBuffer rest = message.buffer();
    String name = WireMessage.text(rest);
    String sql = WireMessage.text(rest);
    events.statement(sql);
    try {
      List<Decision> decisions = dialect.decideAll(sql);
      if (decisions.size() > 1) {
        throw new Refusal(
            Refusal.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
      }
      Decision decision =
          decisions.isEmpty() ? new Decision.Pass("", Effect.NONE) : decisions.get(0);
      statements.put(name, decision);
      relay.forward(WireMessage.of('P', name, decision.sql(), RedshiftOids.ofParameters(rest)));
    } catch (Refusal e) {
      relay.refuse(e);
    }
  }

  private void bind(WireMessage message) throws IOException {
    ByteBuffer rest = message.buffer();
    String portal = WireMessage.text(rest);
    Decision decision = statements.get(WireMessage.text(rest));
    portals.put(portal, decision == null ? new Decision.Pass("", Effect.NONE) : decision);
    relay.forward(message);
  }

  private void execute(WireMessage message) throws IOException {
    Decision decision = portals.get(WireMessage.text(message.buffer()));
    try {
      if (decision instanceof Decision.Copy copy) {
        relay.drain();
        copy(copy.command());
        return;
      }
      if (decision instanceof Decision.Alone alone) {
        refuseInBlock(alone);
      }
      if (decision instanceof Decision.Pass pass) {
        inBlock = pass.effect() == Effect.BEGINS || inBlock && pass.effect() != Effect.ENDS;
      }
      relay.forward(message);
    } catch (Refusal e) {
      relay.refuse(e);
    }
  }

  private void refuseInBlock(Decision.Alone statement) throws Refusal {
    if (inBlock) {
      throw new Refusal(Refusal.ACTIVE_TRANSACTION, statement.inBlock());
    }
  }

  private void copy(CopyCommand command) throws IOException {
    if (relay.isSkipping()) {
      return;
    }
    try {
      copies.run(command);
      copied = true;
    } catch (Refusal e) {
      relay.refuse(e);
      relay.drain();
    } catch (BackendException e) {
      relay.fail(e.error());
    }
  }
}
