package dev.changelake.compact.report;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.jdk.javaapi.CollectionConverters;

/** Finds what makes a query say something else when it is run again. */
final class Unrepeatable {
  /**
   * Spark's functions of the moment; they count as deterministic, since one query sees one time.
   */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("current_date", "current_timestamp", "now", "localtimestamp", "current_time");

  private Unrepeatable() {}

  /** The first expression that depends on the moment or on chance, by its name. */
  static Optional<String> in(LogicalPlan plan) {
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      Optional<String> found = in(expression);
      if (found.isPresent()) {
        return found;
      }
    }
    for (LogicalPlan child : CollectionConverters.asJava(plan.children())) {
      Optional<String> found = in(child);
      if (found.isPresent()) {
        return found;
      }
    }
    return plan instanceof WithCTE with
        ? CollectionConverters.asJava(with.cteDefs()).stream()
            .flatMap(definition -> in(definition.child()).stream())
            .findFirst()
        : Optional.empty();
  }

  private static Optional<String> in(Expression expression) {
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      Optional<String> found = in(child);
      if (found.isPresent()) {
        return found;
      }
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      return in(plan);
    }
    String name = expression.prettyName();
    return !expression.deterministic() || OF_THE_MOMENT.contains(name)
        ? Optional.of(name)
        : Optional.empty();
  }
}
