#!/usr/bin/env bash
# Plays every state of the journeys in a browser, prints which of them people do not see, and keeps one comment with what got worse on
# the pull request up to date. Ends with the status of `throughline test ui`: 1 when a state is not as promised.
#
#   THROUGHLINE           how to run the command      (default: npx --yes throughline)
#   THROUGHLINE_APP       where the app runs          (default: `app` of throughline.yaml)
#   THROUGHLINE_BASELINE  what is known already, a file in git; only what is new fails
#   THROUGHLINE_ARGS      more options for `throughline test ui`, one per line: --state=checkout
#   THROUGHLINE_REPORT    where the report is written (default: throughline-states.md, with a page of pictures beside it)
set -uo pipefail

throughline=${THROUGHLINE:-npx --yes throughline}
report=${THROUGHLINE_REPORT:-throughline-states.md}

options=()
[ -n "${THROUGHLINE_APP:-}" ] && options+=(--app "$THROUGHLINE_APP")
[ -n "${THROUGHLINE_BASELINE:-}" ] && options+=(--baseline "$THROUGHLINE_BASELINE")
while IFS= read -r option; do [ -n "$option" ] && options+=("$option"); done <<<"${THROUGHLINE_ARGS:-}"

$throughline test ui --format markdown --report "${report%.md}.html" ${options[@]+"${options[@]}"} >"$report"
status=$?
[ "$status" -gt 1 ] && exit "$status" # it could not look: its own words stand above
cat "$report"
$throughline comment "$report" --name states || echo 'The report above could not be put on the pull request.' >&2
exit "$status"
