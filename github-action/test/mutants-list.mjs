// The faults that the tests must notice: name, and what is changed where.
const ACTION = "github-action/action.yml";
const script = name => `github-action/${name}.sh`;
const workflow = name => `.github/workflows/dbops-${name}.yml`;
const JAVA = "maven-plugin/src/main/java/io/github/dbops";

const mutant = (name, ...changes) =>
  ({name, changes, test: changes[0][0].startsWith(".github") ? "workflows.test.mjs" : "wiring.test.mjs"});
// What shows in a file only, and not when it runs here.
const written = (...described) => ({...mutant(...described), test: "rules.test.mjs"});

export const ACTION_MUTANTS = [
  mutant("the databases' step has GitHub's token",
    [ACTION, 'GITHUB_TOKEN: ""', "GITHUB_TOKEN: ${{ inputs.github-token }}"], [script("goal"), "forget_github\n", "\n"]),
  mutant("the databases' step keeps a token of the job", [script("goal"), "forget_github\n", "\n"],
    [ACTION, '        GITHUB_TOKEN: ""\n', ""]),
  mutant("the report's step keeps a database of the job", [script("report"), "forget_databases\n", "\n"]),
  mutant("the gate's step keeps a database of the job", [script("gate"), "forget_databases\n", "\n"]),
  mutant("the gate runs the checkout's POM with the token", [script("gate"), 'cd "$REPORTS"\n', "\n"]),
  mutant("nothing is gated", [script("check"), "  gate=true\n", "  gate=false\n"]),
  mutant("only sync is gated", [script("check"), 'if [ "$mode" = apply ] && ', 'if [ "$mode$INPUT_GOAL" = applysync ] && ']),
  mutant("the gate's no is not heard", [script("gate"), 'exit "$status"', "exit 0"]),
  mutant("the gate asks nothing", [script("gate"), "requireApproval=true", "requireApproval=false"]),
  mutant("the gate does not know the digest", [script("gate"), 'arguments+=("-Ddbops.gate.digest=$INPUT_EXPECT_DIGEST")', "true"]),
  mutant("the digest is not handed to the goal", [script("goal"), 'arguments+=("-Ddbops.expectDigest=$INPUT_EXPECT_DIGEST")', "true"]),
  mutant("the digest is not handed to the apply job",
    [workflow("deploy"), "          expect-digest: ${{ needs.dry-run.outputs.digest }}\n", ""],
    [script("check"), '[ -n "$INPUT_EXPECT_DIGEST" ] \\\n', "true \\\n"]),
  mutant("an apply needs no digest", [script("check"), '[ -n "$INPUT_EXPECT_DIGEST" ] \\\n', "true \\\n"]),
  mutant("any digest will do", [script("check"), "^[0-9a-f]{64}$", "^[0-9a-f]+"]),
  mutant("what is not said is an apply", [script("check"), "mode=dry-run\n", "mode=apply\n"]),
  mutant("a dry-run is no dry-run", [script("goal"), "*:dry-run) arguments+=(-DdryRun=true) ;;", "*:dry-run) ;;"]),
  mutant("a failed goal is not reported", [ACTION, "if: always() && ", "if: success() && "]),
  mutant("a failed goal is green", [script("goal"), 'run_maven "${arguments[@]}"', 'run_maven "${arguments[@]}" || true']),
  mutant("an unknown outcome is green", [script("report"), "  exit 1\n", "  exit 0\n"]),
  mutant("Maven's log speaks to the runner", [script("common"), "printf '::stop-commands::%s\\n' \"$token\"", "true"]),
  mutant("the token that ends the silence is known", [script("common"), "token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')", "token=x"]),
  mutant("Maven reaches the files of later steps", [script("common"), 'env "${hidden[@]}" ', ""]),
  mutant("any line of the annotations' file is obeyed", [script("common"), "grep -E '^::(error|warning|notice)[ :]'", "cat"]),
  mutant("maven-args are a script",
    [script("goal"), "  while IFS= read -r argument; do", '  eval "arguments=($INPUT_MAVEN_ARGS)"\n  while false; do']),
  mutant("the user's properties win",
    [script("goal"), 'cd "$FOLDER"\n', 'cd "$FOLDER"\narguments=("${arguments[@]:1}" "${arguments[0]}")\n']),
  written("an input is part of a script", [ACTION, 'run: bash "$GITHUB_ACTION_PATH/goal.sh"',
    'run: bash "$GITHUB_ACTION_PATH/goal.sh" ${{ inputs.plan }}']),
  mutant("any goal runs", [script("check"), "one_of goal ", ": "]),
  mutant("runs on pull_request_target", [script("check"), '"$GITHUB_EVENT_NAME" != pull_request_target', "x != y"]),
  mutant("forks fail", [script("check"), '[ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ]', "[ x = y ]"]),
  mutant("a missing secret passes as a fork's", [script("check"), '[ "$HEAD_REPOSITORY" != "$GITHUB_REPOSITORY" ]', "[ x = x ]"]),
  mutant("the check has the role that writes", [workflow("check"), "default: production-read-only", "default: production"]),
  mutant("the check may write the repository", [workflow("check"), "contents: read", "contents: write"]),
  mutant("the apply does not wait for the dry-run's finding",
    [workflow("deploy"), "if: needs.dry-run.outputs.has-changes == 'true'", "if: always()"]),
  mutant("the apply is in no environment", [workflow("deploy"), "    environment: ${{ inputs.environment }}\n", ""]),
  mutant("the apply may not ask for the approval", [workflow("deploy"), "      actions: read\n", ""]),
  mutant("the apply restores a cache", [workflow("deploy"), "No cache here", "A cache"],
    [workflow("deploy"), "          java-version: ${{ inputs.java-version }}\n      - uses: ./.dbops-action",
      "          java-version: ${{ inputs.java-version }}\n          cache: maven\n      - uses: ./.dbops-action"]),
  mutant("drift is green", [workflow("nightly"), "if: steps.dbops.outputs.has-changes != 'false'", "if: false"]),
  written("an action is pinned by tag",
    [workflow("check"), "actions/setup-java@c5195efecf7bdfc987ee8bae7a71cb8b11521c00", "actions/setup-java@v4"]),
  written("an output is of a step that is not there", [ACTION, "steps.report.outputs.digest", "steps.goals.outputs.digest"]),
];

const GITHUB_TESTS = "CommentCommandTest,GateCommandTest";
const pluginMutant = (name, file, from, to) => ({name, changes: [[`${JAVA}/github/${file}.java`, from, to]], test: GITHUB_TESTS});

export const PLUGIN_MUTANTS = [
  pluginMutant("only the first page is read", "StickyComment", "Optional<URI> next = next(page);", "Optional<URI> next = Optional.empty();"),
  pluginMutant("anybody's comment is ours", "StickyComment", "login.equalsIgnoreCase(author) ?", "!login.isEmpty() ?"),
  pluginMutant("an equal comment is written again", "StickyComment", "if (CommentText.saysTheSame(own.body(), body)) {", "if (false) {"),
  pluginMutant("an environment without reviewers is guarded", "EnvironmentGate", "if (!guarded) {", "if (false) {"),
  pluginMutant("another environment's approval counts", "EnvironmentGate", ".filter(this::isOfEnvironment)", ""),
  pluginMutant("a rejection counts", "EnvironmentGate", '.filter(review -> review.state().equals("approved"))', ""),
  pluginMutant("any comment names the digest", "EnvironmentGate", ".filter(this::namesTheDigest)", ""),
];
