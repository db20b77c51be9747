package dev.changelake.compact.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets through SQL that reads a batch's tables, and nothing else.
 *
 * <p>Spark runs a command as soon as it analyses it, so the plan is judged as it is parsed. What is
 * allowed is listed: a kind of plan that a later Spark adds is refused until somebody looks at it.
 */
public final class ReadOnlySql {
  /** Parts of a plan that read rows, or make other rows of them. */
  private static final Set<String> QUERIES =
      Set.of(
          "Aggregate",
          "Deduplicate",
          "Distinct",
          "Except",
          "Expand",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LimitAll",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "PipeOperator",
          "Pivot",
          "Project",
          "Range",
          "ResolvedInlineTable",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Tail",
          "Transpose",
          "Union",
          "UnionLoop",
          "UnionLoopRef",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedQualify",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Window",
          "WithWindowDefinition");

  /** Commands that say what there is. */
  private static final Set<String> LOOKS =
      Set.of(
          "CurrentNamespace",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeQueryCommand",
          "DescribeRelation",
          "ExplainCommand",
          "ShowColumns",
          "ShowFunctions",
          "ShowTables",
          "ShowViews",
          "UnresolvedAttribute",
          "UnresolvedFunctionName",
          "UnresolvedNamespace",
          "UnresolvedTableOrView");

  /** Functions that make rows of their arguments alone. */
  private static final Set<String> TABLE_FUNCTIONS =
      Set.of(
          "collations",
          "explode",
          "explode_outer",
          "inline",
          "inline_outer",
          "json_tuple",
          "posexplode",
          "posexplode_outer",
          "range",
          "sql_keywords",
          "stack",
          "variant_explode",
          "variant_explode_outer");

  /** Functions that call any Java code, or read files that the driver can read. */
  private static final Set<String> REACHING_OUT =
      Set.of(
          "from_avro",
          "from_protobuf",
          "java_method",
          "reflect",
          "schema_of_avro",
          "to_avro",
          "to_protobuf",
          "try_reflect");

  private ReadOnlySql() {}

  /**
   * What the SQL does beside reading the tables of its session.
   *
   * @return empty if it only reads them
   */
  public static Optional<String> refusal(SparkSession spark, String sql) {
    LogicalPlan plan;
    try {
      plan =
          ((org.apache.spark.sql.classic.SparkSession) spark)
              .sessionState()
              .sqlParser()
              .parsePlan(sql);
    } catch (ParseException e) {
      // Spark refuses it with the same message when it is to be run.
      return Optional.empty();
    }
    return of(plan);
  }

  private static Optional<String> of(LogicalPlan plan) {
    String kind = plan.getClass().getSimpleName().replace("$", "");
    if (!QUERIES.contains(kind) && !LOOKS.contains(kind)) {
      return Optional.of("uses %s, which is none of what only reads".formatted(kind));
    }
    Optional<String> self = reachesOut(plan);
    if (self.isPresent()) {
      return self;
    }
    for (LogicalPlan part : parts(plan)) {
      Optional<String> found = of(part);
      if (found.isPresent()) {
        return found;
      }
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      Optional<String> found = of(expression);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** All plans in a plan, of which its children are not all. */
  private static List<LogicalPlan> parts(LogicalPlan plan) {
    if (plan instanceof ExplainCommand explained) {
      return List.of(explained.logicalPlan());
    }
    if (plan instanceof DescribeQueryCommand described) {
      return List.of(described.plan());
    }
    List<LogicalPlan> parts = new ArrayList<>(CollectionConverters.asJava(plan.children()));
    if (plan instanceof UnresolvedWith with) {
      CollectionConverters.asJava(with.cteRelations())
          .forEach(definition -> parts.add(definition._2()));
    }
    return parts;
  }

  private static Optional<String> reachesOut(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      return ofTable(CollectionConverters.asJava(relation.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedTableOrView table) {
      return ofTable(CollectionConverters.asJava(table.multipartIdentifier()));
    }
    if (plan instanceof UnresolvedTableValuedFunction function) {
      String name = last(CollectionConverters.asJava(function.name()));
      return TABLE_FUNCTIONS.contains(name)
          ? Optional.empty()
          : Optional.of("uses the function %s, which may read from elsewhere".formatted(name));
    }
    return Optional.empty();
  }

  /** The tables of the batch are views without a qualifier; a path is one. */
  private static Optional<String> ofTable(List<String> name) {
    return name.size() == 1
        ? Optional.empty()
        : Optional.of("reads %s, which is no table of the batch".formatted(String.join(".", name)));
  }

  private static Optional<String> of(Expression expression) {
    if (expression instanceof ExpressionWithUnresolvedIdentifier) {
      return Optional.of("uses IDENTIFIER, whose name is not known before it runs");
    }
    if (expression instanceof UnresolvedFunction function) {
      Optional<String> refused =
          ofFunction(last(CollectionConverters.asJava(function.nameParts())));
      if (refused.isPresent()) {
        return refused;
      }
    }
    if (expression instanceof UnresolvedGenerator generator) {
      Optional<String> refused = ofFunction(generator.name().funcName().toLowerCase(Locale.ROOT));
      if (refused.isPresent()) {
        return refused;
      }
    }
    if (expression instanceof PlanExpression<?> subquery
        && subquery.plan() instanceof LogicalPlan plan) {
      Optional<String> refused = of(plan);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return CollectionConverters.asJava(expression.children()).stream()
        .flatMap(child -> of(child).stream())
        .findFirst();
  }

  private static Optional<String> ofFunction(String name) {
    return REACHING_OUT.contains(name)
        ? Optional.of("uses the function %s, which reaches out of the engine".formatted(name))
        : Optional.empty();
  }

  private static String last(List<String> name) {
    return name.get(name.size() - 1).toLowerCase(Locale.ROOT);
  }
}
