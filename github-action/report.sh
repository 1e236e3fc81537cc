#!/usr/bin/env bash
# Tells the goal's outcome: job summary, outputs, annotations, the pull request's comment. Has GitHub's token and no
# database; runs in an empty folder, so that no POM sees the token.
set -euo pipefail
# shellcheck source=common.sh
. "$GITHUB_ACTION_PATH/common.sh"
forget_databases

post=auto
[ "$INPUT_COMMENT" != false ] || post=never

cd "$REPORTS"
status=0
RUNNER_FILES="GITHUB_OUTPUT GITHUB_STEP_SUMMARY" run_maven "$(goal_of comment)" "-Ddbops.comment.goal=$INPUT_GOAL" \
  "-Ddbops.comment.post=$post" "-Ddbops.reports=$REPORTS" || status=$?
show_annotations
[ "$status" -ne 0 ] || exit 0

# Without outputs a later job would take a dry-run with changes for one without.
if [ "$MODE" = dry-run ] && [ "$GOAL_OUTCOME" = success ]; then
  printf '::error title=dbops::The dry-run succeeded, but its outcome could not be told. See the log of this step.\n'
  exit 1
fi
printf '::warning title=dbops::The goal ended (%s), but its outcome could not be told. See the log of this step.\n' "$GOAL_OUTCOME"
