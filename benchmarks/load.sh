#!/usr/bin/env bash
# A million rows into the warehouse, and a million changes to them, beside Spark's JDBC writer. A report, not a test.
set -euo pipefail

rows="${1:-1000000}"
heap="${HEAP:-3g}"
home="$(cd "$(dirname "$0")/.." && pwd)"
target="$home/compaction-job/target"
dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT

# Of this module and what it needs: a later one would write its own class path over it.
(cd "$home" && ./mvnw -q -B -DskipTests -pl compaction-job -am package dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$target/test-classpath.txt")

echo "rows: $rows, heap: $heap, processors: $(nproc), load: $(cut -d' ' -f1-3 /proc/loadavg)"
cd "$home"
# The stack's files, in a folder that is removed.
"${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$target/jvm-options.txt" "-Xmx$heap" "-Djava.io.tmpdir=$dir" \
  -cp "$target/test-classes:$target/classes:$(cat "$target/test-classpath.txt")" \
  dev.changelake.compact.load.LoadBenchmark "$rows" 2>"$dir/errors" || { cat "$dir/errors" >&2; exit 1; }
