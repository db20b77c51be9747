package dev.changelake.compact.land;

import dev.changelake.compact.ledger.TopicLedger;

/**
 * A topic's part of a batch, landed.
 *
 * @param version the change log's version that holds it; -1 if the topic was never landed
 */
public record Landing(long version, TopicLedger ledger) {}
