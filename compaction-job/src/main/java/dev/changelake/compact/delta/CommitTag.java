package dev.changelake.compact.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.changelake.compact.plan.PlanName;
import dev.changelake.compact.store.SealedJson;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit says of its origin: a transaction that makes a second write impossible, and the
 * plan's name.
 *
 * @param appId names lake, target and stage
 */
public record CommitTag(String appId, PlanName plan, Stage stage) {

  public static CommitTag of(String lakeId, String target, Stage stage, PlanName plan) {
    return new CommitTag(
        "changelake/%s/%s/%s".formatted(lakeId, target, stage.code()), plan, stage);
  }

  /** The version of the Delta transaction; a second write with the same is dropped by Delta. */
  public long version() {
    return plan.transactionVersion();
  }

  /** The text for the commit's user metadata. */
  public String userMetadata() {
    return SealedJson.mapper()
        .createObjectNode()
        .put("changelake", 1)
        .put("plan", plan.toString())
        .put("stage", stage.code())
        .toString();
  }

  /** The plan and stage that a commit's user metadata names; empty if it is not Changelake's. */
  static Optional<Map.Entry<PlanName, String>> origin(String userMetadata) {
    if (userMetadata == null || !userMetadata.startsWith("{\"changelake\":")) {
      return Optional.empty();
    }
    try {
      JsonNode node = SealedJson.mapper().readTree(userMetadata);
      return Optional.of(
          Map.entry(PlanName.parse(node.path("plan").asText()), node.path("stage").asText()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
