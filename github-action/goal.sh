#!/usr/bin/env bash
# Runs the goal, with the databases' URLs and without GitHub's token. Its result is the action's result.
set -euo pipefail
# shellcheck source=common.sh
. "$GITHUB_ACTION_PATH/common.sh"
forget_github

[ -z "$INPUT_FROM_URL" ] || export DBOPS_FROM_URL="$INPUT_FROM_URL"
[ -z "$INPUT_TO_URL" ] || export DBOPS_TO_URL="$INPUT_TO_URL"
[ -z "$INPUT_URL" ] || export DBOPS_URL="$INPUT_URL"
unset INPUT_FROM_URL INPUT_TO_URL INPUT_URL

arguments=()
if [ -n "${INPUT_MAVEN_ARGS//[[:space:]]/}" ]; then
  while IFS= read -r argument; do
    arguments+=("$argument")
  done < <(printf '%s' "$INPUT_MAVEN_ARGS" | xargs -n1 printf '%s\n')
fi
# What follows is the action's and comes last: the last one of equal properties wins.
arguments+=("$(goal_of "$INPUT_GOAL")" "-Ddbops.reports=$REPORTS")
[ -z "$INPUT_PLAN" ] || arguments+=("-Dplan=$INPUT_PLAN")
[ "$INPUT_GOAL" != undo ] || arguments+=("-Drun=$INPUT_RUN")
[ -z "$INPUT_EXPECT_DIGEST" ] || arguments+=("-Ddbops.expectDigest=$INPUT_EXPECT_DIGEST")
case $INPUT_GOAL:$MODE in
  migrate-status:*) ;;
  *:dry-run) arguments+=(-DdryRun=true) ;;
  sync:apply | undo:apply) arguments+=(-Dapply=true) ;;
  *:apply) arguments+=(-DdryRun=false) ;;
esac

cd "$FOLDER"
run_maven "${arguments[@]}"
