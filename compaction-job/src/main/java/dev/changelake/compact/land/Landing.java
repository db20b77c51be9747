package dev.changelake.compact.land;

import dev.changelake.compact.ledger.TopicLedger;
import dev.changelake.envelope.SourceOrigin;

/**
 * A topic's part of a batch, landed.
 *
 * @param version the change log's version that holds it; -1 if the topic was never landed
 * @param origin where the topic's records have to come from after this batch
 */
public record Landing(long version, TopicLedger ledger, SourceOrigin origin) {}
