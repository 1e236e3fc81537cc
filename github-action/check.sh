#!/usr/bin/env bash
# Checks the inputs and decides what the later steps do. Asks nobody and knows no secret.
set -euo pipefail
# shellcheck source=common.sh
. "$GITHUB_ACTION_PATH/common.sh"

# one_of INPUT VALUE ALLOWED...: refuses a value that is not allowed.
one_of() {
  local input=$1 value=$2 allowed
  shift 2
  for allowed in "$@"; do
    [ "$value" != "$allowed" ] || return 0
  done
  refuse DBOPS-110 "The input $input must be one of: $*."
}

one_of goal "$INPUT_GOAL" sync undo migrate-status migrate-deploy resolve
one_of dry-run "$INPUT_DRY_RUN" true false ""
one_of apply "$INPUT_APPLY" true false ""
one_of comment "$INPUT_COMMENT" auto true false
one_of require-approval "$INPUT_REQUIRE_APPROVAL" true digest false

mode=dry-run
if [ "$INPUT_APPLY" = true ]; then
  mode=apply
  [ "$INPUT_DRY_RUN" != true ] || refuse DBOPS-101 "dry-run and apply exclude each other. Say one of them."
  [ "$INPUT_GOAL" != migrate-status ] || refuse DBOPS-110 "migrate-status only reads. Leave the input apply out."
elif [ "$INPUT_DRY_RUN" = false ]; then
  refuse DBOPS-110 "dry-run: false says only what is not wanted. To write, say apply: true."
fi

if [ -n "$INPUT_EXPECT_DIGEST" ]; then
  [[ $INPUT_EXPECT_DIGEST =~ ^[0-9a-f]{64}$ ]] \
    || refuse DBOPS-110 "The input expect-digest must be the 64 hexadecimal digits of a dry-run's output digest."
fi
# dbops lists the last applies where it is named none; a workflow must not go on with that.
if [ "$INPUT_GOAL" = undo ]; then
  [[ $INPUT_RUN =~ ^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$ ]] \
    || refuse DBOPS-110 "undo needs the input run: the id of the apply to take back, as its report has it."
fi
[[ $INPUT_PLUGIN_VERSION =~ ^[0-9A-Za-z][0-9A-Za-z._-]*$ ]] \
  || refuse DBOPS-110 "The input plugin-version is no version."

gate=false
if [ "$mode" = apply ] && [ "$INPUT_REQUIRE_APPROVAL" != false ]; then
  gate=true
  [ -n "$INPUT_ENVIRONMENT" ] \
    || refuse DBOPS-110 "An apply needs the input environment, the one that its job names. Or say require-approval: false."
  if [ "$INPUT_GOAL" != resolve ]; then
    [ -n "$INPUT_EXPECT_DIGEST" ] \
      || refuse DBOPS-113 "An apply needs the input expect-digest: the output digest of the dry-run's job. See docs/github-action.md."
  elif [ "$INPUT_REQUIRE_APPROVAL" = digest ]; then
    refuse DBOPS-110 "resolve has no digest. Say require-approval: true."
  fi
fi

# There Maven would run a stranger's POM beside this repository's secrets.
[ "$GITHUB_EVENT_NAME" != pull_request_target ] \
  || refuse DBOPS-110 "dbops does not run on pull_request_target. Use pull_request; forks then pass with a notice."

# A pull request of a fork, or of Dependabot, gets no secrets. What cannot be looked at must not block it.
if [ "$GITHUB_EVENT_NAME" = pull_request ] && [ "$mode" = dry-run ] && [ "$TARGET_GIVEN" != true ] \
  && [ -z "${DBOPS_URL:-}${DBOPS_TO_URL:-}${DIRECT_URL:-}${DATABASE_URL:-}" ]; then
  if [ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ] || [ "${GITHUB_ACTOR:-}" = "dependabot[bot]" ]; then
    sentence="Not checked: pull requests of forks and of Dependabot get no secrets, so dbops has no database to look at."
    printf '%s\n' "$sentence" >> "$GITHUB_STEP_SUMMARY"
    printf '::notice title=dbops::%s\n' "$sentence"
    output run false
    exit 0
  fi
fi

folder=$(cd "$GITHUB_WORKSPACE" && cd -- "$INPUT_WORKING_DIRECTORY" 2> /dev/null && pwd) \
  || refuse DBOPS-110 "The input working-directory names no folder of the workspace. Does a checkout precede this step?"
case $INPUT_MAVEN_COMMAND in
  */*)
    maven=$(cd "$folder" && cd -- "$(dirname -- "$INPUT_MAVEN_COMMAND")" 2> /dev/null && pwd)/$(basename -- "$INPUT_MAVEN_COMMAND")
    ;;
  *) maven=$(command -v -- "$INPUT_MAVEN_COMMAND") || maven="" ;;
esac
[[ -f $maven && -x $maven ]] \
  || refuse DBOPS-110 "There is no Maven: the input maven-command names no executable file."
[ -x "${JAVA_HOME:-}/bin/java" ] || command -v java > /dev/null \
  || refuse DBOPS-110 "There is no JDK on this runner. Let actions/setup-java precede this step."
printf '%s' "$INPUT_MAVEN_ARGS" | xargs -n1 printf '%s\n' > /dev/null 2>&1 \
  || refuse DBOPS-110 "The input maven-args has a quotation mark without its other half."

# A folder of this step's own: nobody's older report can be taken for this run's.
reports=$(mktemp -d "$RUNNER_TEMP/dbops-XXXXXXXX")

output run true
output gate "$gate"
output mode "$mode"
output folder "$folder"
output maven "$maven"
output reports "$reports"
