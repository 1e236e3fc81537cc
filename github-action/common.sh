#!/usr/bin/env bash
# What the action's steps share. Every script here runs on bash 3.2, which macOS has.

# Hands a value to the action's later steps: output NAME VALUE
output() {
  case $2 in
    *$'\n'* | *$'\r'*) refuse DBOPS-110 "A value has a line break where none is possible: $1." ;;
  esac
  printf '%s=%s\n' "$1" "$2" >> "$GITHUB_OUTPUT"
}

# Ends the step with a problem: refuse CODE SENTENCE. No sentence quotes an input, which may be a secret or hostile.
refuse() {
  printf 'problem-code=%s\n' "$1" >> "$GITHUB_OUTPUT"
  printf '**%s** %s\n' "$1" "$2" >> "$GITHUB_STEP_SUMMARY"
  printf '::error title=%s::%s\n' "$1" "$2"
  exit 1
}

# Runs Maven and returns its status. Data in its log cannot speak to the runner: commands are off until a token comes
# that nobody else knows. Files through which a step speaks to later steps stay out of reach, but for those named in
# RUNNER_FILES.
run_maven() {
  local token status=0 file
  local hidden=()
  for file in GITHUB_ENV GITHUB_PATH GITHUB_STATE GITHUB_OUTPUT GITHUB_STEP_SUMMARY; do
    case " ${RUNNER_FILES:-} " in
      *" $file "*) ;;
      *) hidden+=(-u "$file") ;;
    esac
  done
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$token"
  env "${hidden[@]}" "$MAVEN" --batch-mode --no-transfer-progress "$@" < /dev/null 2>&1 || status=$?
  # The line break: the log's last line may lack its own.
  printf '\n::%s::\n' "$token"
  return "$status"
}

# Shows the annotations that a goal wrote. Maven could not: commands were off.
show_annotations() {
  local file="$REPORTS/github-annotations.txt"
  [ ! -f "$file" ] || grep -E '^::(error|warning|notice)[ :]' "$file" || true
}

# The plugin's goal: goal_of NAME
goal_of() {
  printf 'io.github.dbops:dbops-maven-plugin:%s:%s' "$INPUT_PLUGIN_VERSION" "$1"
}

# A job may have put the other step's secrets into everybody's environment.
forget_databases() {
  unset DBOPS_URL DBOPS_FROM_URL DBOPS_TO_URL DATABASE_URL DIRECT_URL PGPASSWORD PGPASSFILE
}

forget_github() {
  unset GITHUB_TOKEN GH_TOKEN GITHUB_ENTERPRISE_TOKEN GH_ENTERPRISE_TOKEN
  unset ACTIONS_RUNTIME_TOKEN ACTIONS_ID_TOKEN_REQUEST_TOKEN ACTIONS_ID_TOKEN_REQUEST_URL
}
