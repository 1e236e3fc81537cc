#!/usr/bin/env bash
# Asks GitHub whether this run was approved. Runs in an empty folder: no POM has a say in it.
set -euo pipefail
# shellcheck source=common.sh
. "$GITHUB_ACTION_PATH/common.sh"
forget_databases

in_comment=false
[ "$INPUT_REQUIRE_APPROVAL" != digest ] || in_comment=true
arguments=("-Ddbops.environment=$INPUT_ENVIRONMENT" -Ddbops.requireApproval=true
  "-Ddbops.gate.digestInComment=$in_comment" "-Ddbops.reports=$REPORTS")
[ -z "$INPUT_EXPECT_DIGEST" ] || arguments+=("-Ddbops.gate.digest=$INPUT_EXPECT_DIGEST")

cd "$REPORTS"
status=0
RUNNER_FILES="GITHUB_OUTPUT GITHUB_STEP_SUMMARY" run_maven "$(goal_of gate)" "${arguments[@]}" || status=$?
show_annotations
exit "$status"
