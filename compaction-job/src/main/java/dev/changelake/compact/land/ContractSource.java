package dev.changelake.compact.land;

import dev.changelake.compact.plan.Evolution;
import dev.changelake.compact.plan.TopicPlan;
import dev.changelake.config.Configuration;
import dev.changelake.contract.TableContract;
import dev.changelake.contract.TableContracts;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where an executor reads the contract that the driver has. */
public final class ContractSource implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String table;
  private final String directory;
  private final List<Evolution> evolutions;
  private final String fingerprint;

  /**
   * Tells where the contract is read.
   *
   * @param contract the contract as the driver has it
   */
  public ContractSource(TableContract contract, TopicPlan topic, Configuration configuration) {
    this.table = contract.table();
    this.directory = configuration.contractsDirectory().map(Path::toString).orElse(null);
    this.evolutions = topic.evolutions();
    this.fingerprint = contract.fingerprint();
  }

  /** Reads the contract, which is that of the driver. */
  public TableContract read() {
    TableContract contract =
        TableContracts.load(Optional.ofNullable(directory).map(Path::of))
            .get(table)
            .evolved(evolutions.stream().map(Evolution::change).toList());
    if (!contract.fingerprint().equals(fingerprint)) {
      throw new IllegalStateException(
          "The executor has another contract of %s than the driver".formatted(table));
    }
    return contract;
  }
}
