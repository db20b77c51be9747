# Sourced by the launchers: this folder's Python environments, made of locked requirements alone.

folder="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"

find_python() {
  local candidate
  for candidate in ${CHANGELAKE_PYTHON:-python3.11 python3.12 python3.10 python3}; do
    if "$candidate" -c 'import sys, ensurepip, venv
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "error: There is no Python for the dashboard of Superset." >&2
  echo "  Why: It needs Python 3.10 to 3.12 with its venv module." >&2
  echo "  Next: Install one (Debian and Ubuntu: python3 and python3-venv), or name one by" \
    "CHANGELAKE_PYTHON." >&2
  exit 2
}

# Makes an environment, or finds that it is made of these very files:
#   environment <name> <requirements>...      sets $python to its interpreter
environment() {
  local name="$1" home="$folder/.venv/$1" file base wanted log
  shift
  # Its programs name it by its full path.
  wanted="$(echo "$home" && cd "$folder" && cat "$@")"
  python="$home/bin/python"
  if [[ -x "$python" && "$(cat "$home/made-of" 2>/dev/null)" == "$wanted" ]]; then
    return
  fi
  base="$(find_python)"
  echo "making $home with $("$base" --version)" >&2
  rm -f "$home/made-of"
  "$base" -m venv --clear "$home"
  log="$home/pip.log"
  for file in "$@"; do
    if ! "$python" -m pip install --disable-pip-version-check --quiet --require-hashes \
      --requirement "$folder/$file" >"$log" 2>&1; then
      echo "error: The environment in $home could not be made." >&2
      echo "  Why: pip says:" >&2
      tail -n 15 "$log" | sed 's/^/    /' >&2
      echo "  Next: Check that the Python package index is reached (pip's own settings name" \
        "another one), then run the command again." >&2
      exit 10
    fi
  done
  echo "$wanted" >"$home/made-of"
}
