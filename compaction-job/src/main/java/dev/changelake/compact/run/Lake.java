package dev.changelake.compact.run;

import dev.changelake.compact.batch.Batches;
import dev.changelake.compact.changelog.LakeLayout;
import dev.changelake.compact.plan.PlanChain;
import dev.changelake.compact.store.LakeFiles;

/** A lake that was opened: where its files, plans, manifests and results are. */
public record Lake(
    String id,
    LakeLayout layout,
    LakeFiles files,
    PlanChain plans,
    Batches batches,
    RunResults results) {}
