#!/usr/bin/env bash
# Records the corpus anew: what a real PostgreSQL and Debezium send in each mode. Takes about five minutes.
# usage: corpus/record.sh [mode ...]
set -euo pipefail

home="$(cd "$(dirname "$0")/.." && pwd)"
dir="$(mktemp -d)"
export CHANGELAKE_DIR="$dir"
target="$home/producers/target"
trap '"$home/bin/changelake" local down >/dev/null 2>&1; rm -rf "$dir"' EXIT

"$home/bin/changelake" local up
# The class path that is written last is that of the last module.
(cd "$home" && ./mvnw -q -B -DskipTests -pl schemas,producers package dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$target/test-classpath.txt")
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dfile.encoding=UTF-8 -Duser.timezone=UTC \
  -cp "$target/test-classes:$target/classes:$(cat "$target/test-classpath.txt")" \
  dev.changelake.capture.corpus.CorpusRecorder "$dir/stack.json" \
  "$home/schemas/src/test/resources/corpus" "$@"
