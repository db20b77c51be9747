package dev.changelake.compact.doctor;

import dev.changelake.contract.TableContract;
import java.util.Optional;

/** Where samples of topics come from. */
interface TopicSource {
  /**
   * A sample of the table's topic.
   *
   * @param last the last batch, which says what was landed
   */
  TopicSample sample(TableContract contract, Optional<LastBatch> last);
}
