#!/usr/bin/env bash
# Compares the contracts and journeys of a pull request with what it would change, prints which screens break, and keeps
# one comment on the pull request up to date. Ends with the status of `throughline diff`: 1 when something breaks.
#
#   THROUGHLINE       how to run the command      (default: npx --yes throughline)
#   THROUGHLINE_BASE  the revision to compare with (default: what the job's host says)
#   THROUGHLINE_ARGS  more options for `throughline diff`, one per line: --promises=WIRE,UX
#   THROUGHLINE_REPORT  where the report is written (default: throughline-diff.md)
set -uo pipefail

throughline=${THROUGHLINE:-npx --yes throughline}
report=${THROUGHLINE_REPORT:-throughline-diff.md}
base=${THROUGHLINE_BASE:-${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}}
if [ -z "$base" ]; then
  echo 'Nothing to compare with: set THROUGHLINE_BASE to a revision, or run this for a pull request.' >&2
  exit 2
fi

# CI clones are shallow: the commit to compare with is often not there yet.
if ! git cat-file -e "$base^{commit}" 2>/dev/null; then
  git fetch --quiet --depth=1 origin "$base" || {
    echo "The revision $base could not be fetched from origin." >&2
    exit 2
  }
  case $base in *[!0-9a-f]*) base=$(git rev-parse FETCH_HEAD) ;; esac
fi

options=()
while IFS= read -r option; do [ -n "$option" ] && options+=("$option"); done <<<"${THROUGHLINE_ARGS:-}"

$throughline diff "$base" --format markdown ${options[@]+"${options[@]}"} >"$report"
status=$?
[ "$status" -gt 1 ] && exit "$status" # it could not compare: its own words stand above
cat "$report"
$throughline comment "$report" --name diff || echo 'The report above could not be put on the pull request.' >&2
exit "$status"
