#!/usr/bin/env bash
# Events a second that one core decodes, beside Jackson's reading of the same bytes. A report, not a test.
set -euo pipefail

home="$(cd "$(dirname "$0")/.." && pwd)"
target="$home/schemas/target"
(cd "$home" && ./mvnw -q -B -DskipTests -pl schemas package dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$target/test-classpath.txt")
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -XX:+UseSerialGC \
  -cp "$target/test-classes:$target/classes:$(cat "$target/test-classpath.txt")" \
  dev.changelake.bench.DecodeBenchmark
