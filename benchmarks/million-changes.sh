#!/usr/bin/env bash
# One million changes into one million rows: Changelake beside the plain way. A report, not a test.
set -euo pipefail

rows="${1:-1000000}"
heap="${HEAP:-3g}"
home="$(cd "$(dirname "$0")/.." && pwd)"
dir="$(mktemp -d)"
export CHANGELAKE_DIR="$dir"
export CHANGELAKE_JAVA_OPTS="-Xmx$heap"
target="$home/compaction-job/target"
trap '"$home/bin/changelake" local down >/dev/null 2>&1; rm -rf "$dir"' EXIT

(cd "$home" && ./mvnw -q -B -DskipTests package dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$target/test-classpath.txt")
"$home/bin/changelake" local up

bench() { # bench <class> <arguments>: a main class of the benchmarks
  local main="$1"
  shift
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" "@$target/jvm-options.txt" "-Xmx$heap" \
    -cp "$target/test-classes:$target/classes:$(cat "$target/test-classpath.txt")" \
    "dev.changelake.compact.bench.$main" "$dir/stack.json" "$@"
}

measure() { # measure <name> <command>: wall seconds and peak resident memory of a process
  local name="$1" start end peak=0 now pid
  shift
  start=$(date +%s%N)
  "$@" >"$dir/$name.out" 2>"$dir/$name.err" &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    # The launcher becomes the JVM (exec), or the JVM is its child.
    for process in "$pid" $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
      now=$(awk '/VmHWM/ {print $2}' "/proc/$process/status" 2>/dev/null || true)
      if [[ -n "$now" && "$now" -gt "$peak" ]]; then peak=$now; fi
    done
    sleep 0.2
  done
  wait "$pid" || { cat "$dir/$name.err" >&2; exit 1; }
  end=$(date +%s%N)
  printf '%-34s %8.1f s  %6d MB\n' "$name" "$(((end - start) / 100000000))e-1" "$((peak / 1024))" |
    tee -a "$dir/figures"
}

echo "rows and changes: $rows, heap: $heap, processors: $(nproc)"
bench BenchmarkEvents rows "$rows"
measure "changelake: first rows" "$home/bin/changelake" compact --batch 2020-06-21
measure "plain: first rows" bench PlainMerge rows
starts=$("$home/bin/changelake" query --format csv \
  "SELECT max(offset) + 1 AS o FROM changes_companies GROUP BY partition ORDER BY partition" | tail -n +2)
bench BenchmarkEvents changes "$rows"
measure "plain: changes" bench PlainMerge changes $starts
measure "changelake: changes" "$home/bin/changelake" compact --batch 2020-06-22
awk '{t[$1" "$2" "$3]=$0} /plain: changes/ {p=$3} /changelake: changes/ {c=$3}
  END {printf "ratio changelake / plain, changes: %.2f\n", c/p}' "$dir/figures"
bucket=com.comp.prod.data.etl
"$home/bin/changelake" query "WITH a AS (SELECT company_id, company_name FROM companies),
  b AS (SELECT * FROM delta.\`s3a://$bucket/plain/companies\`)
  SELECT (SELECT count(*) FROM a) AS rows, (SELECT count(*) FROM (SELECT * FROM a EXCEPT SELECT * FROM b)) +
         (SELECT count(*) FROM (SELECT * FROM b EXCEPT SELECT * FROM a)) AS differing"
