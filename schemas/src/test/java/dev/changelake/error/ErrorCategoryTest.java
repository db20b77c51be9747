package dev.changelake.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ErrorCategoryTest {

  @Test
  void exitCodesAreAPromiseToSchedulers() {
    // when
    Map<String, Integer> codes =
        Arrays.stream(ErrorCategory.values())
            .collect(Collectors.toMap(ErrorCategory::code, ErrorCategory::exitCode));

    // then
    assertThat(codes)
        .isEqualTo(
            Map.of(
                "usage", 2,
                "source", 10,
                "data", 11,
                "table", 12,
                "warehouse", 13,
                "blocked", 14,
                "internal", 70));
  }

  @Test
  void aRetryHelpsOnlyWhereAServiceMayComeBack() {
    // when, then
    assertThat(ErrorCategory.values())
        .filteredOn(ErrorCategory::retryable)
        .containsExactly(ErrorCategory.SOURCE, ErrorCategory.TABLE, ErrorCategory.WAREHOUSE);
  }
}
