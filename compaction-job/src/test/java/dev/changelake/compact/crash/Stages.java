package dev.changelake.compact.crash;

import dev.changelake.compact.plan.BatchId;
import java.util.Set;

/**
 * How far a lake's newest plan came.
 *
 * @param landed topics whose landing is committed
 * @param merged tables whose merge is committed
 * @param manifest whether the batch is finished
 */
record Stages(BatchId batch, Set<String> landed, Set<String> merged, boolean manifest) {}
