package dev.changelake.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.contract.Column;
import dev.changelake.contract.ColumnChange;
import dev.changelake.contract.ColumnType;
import dev.changelake.contract.DriftKind;
import dev.changelake.contract.DriftPolicy;
import dev.changelake.contract.TableContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds why a record is refused that would be taken if the contract were as its source is now.
 *
 * <p>What follows from the policies is tried at once: a record tells all that the contract has to
 * become before it can be read. Values are looked at, and never told.
 */
public final class DriftFinder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._]{1,100}");
  private static final int NAMES_SHOWN = 5;

  private final TableContract contract;
  private final EnvelopeDecoder decoder;
  private final ImageDecoder images;
  private final Map<List<ColumnChange>, DriftFinder> evolved = new HashMap<>();

  /** A finder for the contract's topic; for one thread. */
  public DriftFinder(TableContract contract) {
    this.contract = contract;
    this.decoder = new EnvelopeDecoder(contract);
    this.images = new ImageDecoder(contract);
  }

  /**
   * The drift that keeps a record from being read; empty if it is read, or spoiled otherwise. Only
   * if all changes together, of those that the policies allow, let it be read are they told.
   */
  public List<Drift> find(byte[] key, byte[] value) {
    List<Drift> drifts = new ArrayList<>();
    boolean readable = value == null || collect(key, value, drifts);
    return readable ? drifts : drifts.stream().map(Drift::held).toList();
  }

  private boolean collect(byte[] key, byte[] value, List<Drift> drifts) {
    if (decoder.decode(key, value).status() != RecordStatus.QUARANTINED) {
      return true;
    }
    List<Drift> here = differences(key, value);
    drifts.addAll(here);
    if (here.isEmpty() || !here.stream().allMatch(this::evolves)) {
      return false;
    }
    List<ColumnChange> changes = here.stream().flatMap(drift -> drift.change().stream()).toList();
    return evolved
        .computeIfAbsent(changes, all -> new DriftFinder(contract.evolved(all)))
        .collect(key, value, drifts);
  }

  private boolean evolves(Drift drift) {
    return drift.change().isPresent() && contract.drift().of(drift.kind()) == DriftPolicy.EVOLVE;
  }

  private List<Drift> differences(byte[] key, byte[] value) {
    try {
      Optional<WireChange> change = decoder.changeOf(key, value);
      if (change.isEmpty()) {
        return List.of();
      }
      Optional<Drift> ofKey = key == null ? Optional.empty() : ofKey(WireMessage.parse(key));
      if (ofKey.isPresent()) {
        return List.of(ofKey.get());
      }
      List<Drift> ofAfter = ofImage(change.get().after(), change.get().afterSchema(), true);
      return ofAfter.isEmpty()
          ? ofImage(change.get().before(), change.get().beforeSchema(), false)
          : ofAfter;
    } catch (IOException | NumberFormatException | Quarantine e) {
      return List.of();
    }
  }

  private Optional<Drift> ofKey(WireMessage key) {
    JsonNode payload = key.payload();
    if (!payload.isObject()) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    payload.fieldNames().forEachRemaining(names::add);
    Set<String> known = new TreeSet<>();
    List<String> misfits = new ArrayList<>();
    for (Column column : contract.keyColumns()) {
      String name = column.nameIn(payload::has);
      known.add(name);
      JsonNode node = payload.path(name);
      WireSchema schema = key.schema().field(name);
      if (!node.isMissingNode() && !node.isNull() && isRefused(column, node, schema)) {
        misfit(column, schema).ifPresent(form -> misfits.add(column.name() + " " + form));
      }
    }
    if (names.equals(known)) {
      return misfits.isEmpty() ? Optional.empty() : Optional.of(ofKey(String.join(", ", misfits)));
    }
    return Optional.of(ofKey(shown(names)));
  }

  private Drift ofKey(String to) {
    String columns = String.join(", ", contract.key());
    return new Drift(DriftKind.KEY, columns, columns, to, Optional.empty());
  }

  /**
   * The differences of an image.
   *
   * @param image null if the record has none
   * @param complete whether it must have each column, as a before need not
   */
  private List<Drift> ofImage(JsonNode image, WireSchema schema, boolean complete) {
    if (image == null) {
      return List.of();
    }
    List<Drift> ofNames = ofNames(image, schema, complete);
    return ofNames.isEmpty() ? ofValues(image, schema, complete) : ofNames;
  }

  private List<Drift> ofNames(JsonNode image, WireSchema schema, boolean complete) {
    Set<String> unknown = images.unknown(image);
    List<Column> missing =
        !complete
            ? List.of()
            : contract.messageColumns().stream()
                .filter(column -> !column.omittable() && !image.has(column.nameIn(image::has)))
                .filter(
                    column -> !contract.source().identifier().equals(Optional.of(column.name())))
                .toList();
    if (!unknown.isEmpty() && !missing.isEmpty()) {
      String from = missing.stream().map(Column::name).collect(Collectors.joining(", "));
      return List.of(new Drift(DriftKind.RENAMED, from, from, shown(unknown), Optional.empty()));
    }
    List<Drift> drifts = new ArrayList<>();
    for (Column column : missing) {
      drifts.add(
          new Drift(
              DriftKind.DROPPED,
              column.name(),
              column.type().toString(),
              "",
              possible(() -> ColumnChange.dropped(column))));
    }
    for (String name : unknown) {
      if (NAME.matcher(name).matches()) {
        drifts.add(added(name, schema.field(name)));
      }
    }
    return drifts;
  }

  private Drift added(String name, WireSchema schema) {
    Optional<ColumnType> type = SourceType.of(schema);
    return new Drift(
        DriftKind.ADDED,
        name,
        "",
        type.map(ColumnType::toString).orElseGet(() -> form(schema)),
        type.flatMap(known -> possible(() -> ColumnChange.added(name, known))));
  }

  private List<Drift> ofValues(JsonNode image, WireSchema schema, boolean complete) {
    List<Drift> drifts = new ArrayList<>();
    for (Column column : contract.messageColumns()) {
      String name = column.nameIn(image::has);
      JsonNode node = image.path(name);
      WireSchema field = schema.field(name);
      if (node.isNull()) {
        boolean requiredThere = field.isKnown() && !field.node().path("optional").asBoolean();
        if (complete && !column.nullable() && !requiredThere) {
          drifts.add(widened(column, column.type(), "null"));
        }
      } else if (!node.isMissingNode() && isRefused(column, node, field)) {
        ofValue(column, field).ifPresent(drifts::add);
      }
    }
    return drifts;
  }

  private Optional<Drift> ofValue(Column column, WireSchema schema) {
    Optional<ColumnType> wider =
        SourceType.of(schema)
            .flatMap(type -> type.join(column.type()))
            .filter(type -> !type.equals(column.type()));
    if (wider.isPresent() && !contract.key().contains(column.name())) {
      return Optional.of(widened(column, wider.get(), wider.get().toString()));
    }
    return misfit(column, schema)
        .map(
            form ->
                new Drift(
                    DriftKind.TYPE,
                    column.name(),
                    column.type().toString(),
                    form,
                    Optional.empty()));
  }

  private Drift widened(Column column, ColumnType type, String to) {
    boolean nullable = column.nullable() || to.equals("null");
    return new Drift(
        DriftKind.WIDENED,
        column.name(),
        column.type().toString(),
        to,
        possible(() -> ColumnChange.widened(column.name(), type, nullable)));
  }

  /** The source's type, if it is another one; a value alone may be spoiled. */
  private static Optional<String> misfit(Column column, WireSchema schema) {
    return SourceType.isReadAs(column.type(), schema)
        ? Optional.empty()
        : Optional.of(form(schema));
  }

  private static boolean isRefused(Column column, JsonNode node, WireSchema schema) {
    if (WireUnavailable.is(column.type(), node)) {
      return false;
    }
    try {
      WireValue.decode(column, node, schema);
      return false;
    } catch (Quarantine e) {
      return e.isOfType();
    }
  }

  /** A change that the contract can make. */
  private Optional<ColumnChange> possible(Supplier<ColumnChange> change) {
    try {
      ColumnChange possible = change.get();
      contract.evolved(List.of(possible));
      return Optional.of(possible);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String form(WireSchema schema) {
    return schema.isKnown() && FORM.matcher(schema.typeName()).matches() ? schema.typeName() : "";
  }

  /** The first few; what does not look like a name might be a value, and is counted only. */
  private static String shown(Set<String> names) {
    List<String> named =
        names.stream().filter(name -> NAME.matcher(name).matches()).limit(NAMES_SHOWN).toList();
    int more = names.size() - named.size();
    return String.join(", ", named) + (more == 0 ? "" : " and " + more + " more");
  }
}
