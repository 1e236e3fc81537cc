// What the action asks of Maven, with whose secrets, in which order.
import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {
  ACTION, APPLY, DIGEST, DRY_RUN, FORK, PULL_REQUEST, SOURCE_URL, Stub, TARGET_URL, job, outputs,
} from "./fixture.mjs";

const PLUGIN = "io.github.dbops:dbops-maven-plugin:1.0.0-SNAPSHOT";
const RUN = "0b8e6f0e-5a3f-4c57-9a51-6d0f4e0b7c11";
const levels = (run, level) => run.annotations.filter(annotation => annotation.level === level);

async function action(stub, inputs, settings) {
  const machine = job(stub, settings);
  return {machine, ...(await machine.run(ACTION, inputs))};
}

test("a dry-run asks Maven for a dry-run, then for the report of the same folder", async () => {
  const stub = new Stub();
  const {machine, conclusion} = await action(stub, {...DRY_RUN, plan: "db/plan.json"});
  assert.equal(conclusion, "success");
  assert.deepEqual(stub.goals, ["sync", "comment"]);
  const reports = stub.call("sync").arguments.find(argument => argument.startsWith("-Ddbops.reports="));
  assert.deepEqual(stub.call("sync").arguments,
    ["--batch-mode", "--no-transfer-progress", `${PLUGIN}:sync`, reports, "-Dplan=db/plan.json", "-DdryRun=true"]);
  assert.deepEqual(stub.call("comment").arguments.slice(2),
    [`${PLUGIN}:comment`, "-Ddbops.comment.goal=sync", "-Ddbops.comment.post=auto", reports]);
  assert.ok(reports.startsWith(`-Ddbops.reports=${machine.folder}/`), "the report is outside of the checkout");
});

for (const [inputs, expected] of [
  [{goal: "migrate-status", url: TARGET_URL}, ["migrate-status"]],
  [{goal: "migrate-deploy", url: TARGET_URL}, ["migrate-deploy", "-DdryRun=true"]],
  [{goal: "resolve", url: TARGET_URL, "maven-args": "-Dapplied=1_init"}, ["-Dapplied=1_init", "resolve", "-DdryRun=true"]],
  [{goal: "undo", run: RUN, "to-url": TARGET_URL}, ["undo", `-Drun=${RUN}`, "-DdryRun=true"]],
  [{...APPLY, goal: "undo", run: RUN},
    ["undo", `-Drun=${RUN}`, `-Ddbops.expectDigest=${DIGEST}`, "-Dapply=true"]],
  [{goal: "sync", "to-url": TARGET_URL, "dry-run": "true", apply: "false"}, ["sync", "-DdryRun=true"]],
  [{...APPLY}, ["sync", `-Ddbops.expectDigest=${DIGEST}`, "-Dapply=true"]],
  [{...APPLY, goal: "migrate-deploy"}, ["migrate-deploy", `-Ddbops.expectDigest=${DIGEST}`, "-DdryRun=false"]],
  [{...APPLY, goal: "resolve", "expect-digest": ""}, ["resolve", "-DdryRun=false"]],
]) {
  test(`${inputs.goal}${inputs.apply === "true" ? " to apply" : ""} becomes ${expected.join(" ")}`, async () => {
    const stub = new Stub();
    const {conclusion} = await action(stub, inputs);
    assert.equal(conclusion, "success");
    const given = stub.call(inputs.goal).arguments.slice(2).filter(argument => !argument.startsWith("-Ddbops.reports="));
    assert.deepEqual(given, expected.map(argument => argument === inputs.goal ? `${PLUGIN}:${argument}` : argument));
  });
}

test("the databases' step has no GitHub token, and the token's steps have no database", async () => {
  const stub = new Stub();
  const everywhere = {
    GITHUB_TOKEN: "ghs_everywhere", GH_TOKEN: "ghs_everywhere", DBOPS_URL: "postgresql://j0b-s3cret@x/y",
    DATABASE_URL: "postgresql://j0b-s3cret@x/y", PGPASSWORD: "j0b-s3cret", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "ghs_id",
  };
  await action(stub, APPLY, {machine: everywhere});
  assert.deepEqual(stub.goals, ["gate", "sync", "comment"]);
  const environment = goal => JSON.stringify(stub.call(goal).environment);
  assert.doesNotMatch(environment("sync"), /ghs_/);
  assert.equal(stub.call("sync").environment.DBOPS_FROM_URL, SOURCE_URL);
  assert.equal(stub.call("sync").environment.DBOPS_TO_URL, TARGET_URL);
  for (const goal of ["gate", "comment"]) {
    assert.equal(stub.call(goal).environment.GITHUB_TOKEN, "ghs_token");
    assert.doesNotMatch(environment(goal), /s3cret/);
  }
});

test("a URL of the job's own environment stays where no input replaces it", async () => {
  const stub = new Stub();
  await action(stub, {goal: "migrate-status"}, {machine: {DBOPS_URL: TARGET_URL}});
  assert.equal(stub.call("migrate-status").environment.DBOPS_URL, TARGET_URL);
  assert.ok(!("DBOPS_TO_URL" in stub.call("migrate-status").environment), "an empty URL would hide the env file");
});

test("the steps with the token run in an empty folder, the goal in the working directory", async () => {
  const stub = new Stub();
  const machine = job(stub);
  await (await import("node:fs/promises")).mkdir(path.join(machine.workspace, "shop"));
  await machine.run(ACTION, {...APPLY, "working-directory": "shop"});
  assert.equal(stub.call("sync").folder, path.join(machine.workspace, "shop"));
  for (const goal of ["gate", "comment"]) assert.ok(stub.call(goal).folder.startsWith(machine.folder));
});

test("Maven cannot hand anything to later steps but through the report", async () => {
  const stub = new Stub().on("sync", `
    for file in GITHUB_ENV GITHUB_PATH GITHUB_OUTPUT GITHUB_STEP_SUMMARY GITHUB_STATE; do
      [ -z "\${!file:-}" ] || { echo "$file is in reach"; exit 1; }
    done`);
  const {conclusion} = await action(stub, DRY_RUN);
  assert.equal(conclusion, "success");
});

test("data in Maven's log cannot speak to the runner", async () => {
  const stub = new Stub().on("sync", `
    echo '::error::forged'; echo '::add-mask::a'; echo '::warning::forged' >&2; echo '::stop-commands::x'; echo '::x::'
    echo '::error::forged again'; printf 'no line break'`);
  const {machine, conclusion} = await action(stub, DRY_RUN);
  assert.equal(conclusion, "success");
  assert.deepEqual(machine.annotations, []);
  assert.match(machine.log.text, /forged again/);
  const tokens = machine.log.lines.map(line => /^::stop-commands::([0-9a-f]{32})$/.exec(line)?.[1]).filter(Boolean);
  assert.equal(new Set(tokens).size, 2, "each step has a token of its own");
});

test("the annotations that a goal wrote appear, and nothing else of their file", async () => {
  const stub = new Stub().on("comment", `${outputs({digest: DIGEST})}
    printf '%s\\n' '::error title=DBOPS-415::Drift' '::add-mask::Blocked' '::warning::Blocked' 'text' > "$reports/github-annotations.txt"`);
  const {machine} = await action(stub, DRY_RUN);
  assert.deepEqual(machine.annotations.map(({level, message}) => [level, message]), [["error", "Drift"], ["warning", "Blocked"]]);
  assert.doesNotMatch(machine.log.text, /^text$/m);
});

test("the outputs are the report's", async () => {
  const values = {
    digest: DIGEST, "has-changes": "true", "to-insert": "5", "to-update": "3", conflicts: "14", pending: "",
    "problem-code": "", "report-json": "/r/sync-report.json", "report-markdown": "/r/sync-report.md", "comment-url": "https://c",
  };
  const stub = new Stub().on("comment", outputs(values));
  assert.deepEqual((await action(stub, DRY_RUN)).outputs, values);
});

test("a goal that fails is reported, and fails the action", async () => {
  const stub = new Stub().on("sync", "exit 1").on("comment", outputs({"problem-code": "DBOPS-415"}));
  const result = await action(stub, DRY_RUN);
  assert.deepEqual(stub.goals, ["sync", "comment"]);
  assert.equal(result.conclusion, "failure");
  assert.equal(result.outputs["problem-code"], "DBOPS-415");
});

test("a dry-run whose outcome cannot be told fails, for a later job must not take it for one without changes", async () => {
  const stub = new Stub().on("comment", "exit 1");
  const {machine, conclusion} = await action(stub, DRY_RUN);
  assert.equal(conclusion, "failure");
  assert.match(levels(machine, "error")[0].message, /could not be told/);
});

test("an apply whose outcome cannot be told stays what it was", async () => {
  const stub = new Stub().on("comment", "exit 1");
  const {machine, conclusion} = await action(stub, APPLY);
  assert.equal(conclusion, "success");
  assert.match(levels(machine, "warning")[0].message, /could not be told/);
});

test("an apply is gated first, with the digest", async () => {
  const stub = new Stub();
  await action(stub, {...APPLY, "require-approval": "digest"});
  assert.deepEqual(stub.goals, ["gate", "sync", "comment"]);
  assert.deepEqual(stub.call("gate").arguments.slice(2).filter(argument => !argument.startsWith("-Ddbops.reports=")),
    [`${PLUGIN}:gate`, "-Ddbops.environment=production", "-Ddbops.requireApproval=true", "-Ddbops.gate.digestInComment=true",
      `-Ddbops.gate.digest=${DIGEST}`]);
});

for (const goal of ["sync", "migrate-deploy", "resolve"]) {
  test(`${goal} does not run when the gate says no`, async () => {
    const stub = new Stub().on("gate", `${outputs({"problem-code": "DBOPS-508"})}
      echo '::error title=DBOPS-508::Not approved' > "$reports/github-annotations.txt"; exit 1`);
    const {machine, conclusion, outputs: told} = await action(stub, {...APPLY, goal, "expect-digest": goal === "resolve" ? "" : DIGEST});
    assert.deepEqual(stub.goals, ["gate"]);
    assert.equal(conclusion, "failure");
    assert.equal(told["problem-code"], "DBOPS-508");
    assert.equal(levels(machine, "error")[0].message, "Not approved");
  });
}

test("an apply without approval is not gated, and may find its own digest", async () => {
  const stub = new Stub();
  await action(stub, {...APPLY, "require-approval": "false", environment: "", "expect-digest": ""});
  assert.deepEqual(stub.goals, ["sync", "comment"]);
});

for (const [why, inputs, code] of [
  ["an unknown goal", {goal: "clean"}, "DBOPS-110"],
  ["a goal with a command in it", {goal: "sync; touch pwned"}, "DBOPS-110"],
  ["an apply that is none", {apply: "yes"}, "DBOPS-110"],
  ["dry-run and apply", {"dry-run": "true", apply: "true"}, "DBOPS-101"],
  ["dry-run: false alone", {"dry-run": "false"}, "DBOPS-110"],
  ["an applying status", {goal: "migrate-status", apply: "true"}, "DBOPS-110"],
  ["an apply without environment", {...APPLY, environment: ""}, "DBOPS-110"],
  ["an apply without digest", {...APPLY, "expect-digest": ""}, "DBOPS-113"],
  ["a deploy without digest", {...APPLY, goal: "migrate-deploy", "expect-digest": ""}, "DBOPS-113"],
  ["half a digest", {...APPLY, "expect-digest": DIGEST.slice(0, 12)}, "DBOPS-110"],
  ["a digest of two lines", {...APPLY, "expect-digest": `${DIGEST}\nrun=true`}, "DBOPS-110"],
  ["an unknown require-approval", {...APPLY, "require-approval": "maybe"}, "DBOPS-110"],
  ["a digest for resolve", {...APPLY, goal: "resolve", "expect-digest": "", "require-approval": "digest"}, "DBOPS-110"],
  ["an undo of nothing", {goal: "undo"}, "DBOPS-110"],
  ["an undo of the last one", {goal: "undo", run: "last"}, "DBOPS-110"],
  ["an undo with an argument in it", {goal: "undo", run: `${RUN} -f`}, "DBOPS-110"],
  ["an undo of two lines", {goal: "undo", run: `${RUN}\n-f`}, "DBOPS-110"],
  ["a comment that is none", {comment: "always"}, "DBOPS-110"],
  ["a version with a goal in it", {"plugin-version": "1.0:help org.example:evil"}, "DBOPS-110"],
  ["a folder that is not there", {"working-directory": "nowhere"}, "DBOPS-110"],
  ["a Maven that is not there", {"maven-command": "./mvnw"}, "DBOPS-110"],
  ["a Maven with arguments", {"maven-command": "mvn -X"}, "DBOPS-110"],
  ["half a quotation", {"maven-args": "-Da='b"}, "DBOPS-110"],
]) {
  test(`refuses ${why} before Maven starts`, async () => {
    const stub = new Stub();
    const {machine, conclusion, outputs: told} = await action(stub, {...DRY_RUN, ...inputs});
    assert.equal(conclusion, "failure");
    assert.deepEqual(stub.goals, []);
    assert.equal(told["problem-code"], code);
    assert.equal(levels(machine, "error")[0].properties, `title=${code}`);
    assert.match(machine.summary, new RegExp(code));
    assert.doesNotMatch(machine.log.text + machine.summary, /pwned|evil|s3cret/);
  });
}

test("refuses pull_request_target", async () => {
  const stub = new Stub();
  const {conclusion} = await action(stub, DRY_RUN, {github: {...PULL_REQUEST, event_name: "pull_request_target"}});
  assert.equal(conclusion, "failure");
  assert.deepEqual(stub.goals, []);
});

test("inputs stay data", async () => {
  const stub = new Stub();
  const hostile = "$(touch pwned)`touch pwned`;touch pwned|\"&'*\\${HOME}";
  const {machine, conclusion} = await action(stub, {...DRY_RUN, plan: hostile, "to-url": hostile, "maven-args": "-Da=$(touch${IFS}pwned) '-Db=two words' -Dc=*"});
  assert.equal(conclusion, "success");
  assert.ok(!existsSync(path.join(machine.workspace, "pwned")));
  const call = stub.call("sync");
  assert.ok(call.arguments.includes(`-Dplan=${hostile}`));
  assert.deepEqual(call.arguments.slice(2, 5), ["-Da=$(touch${IFS}pwned)", "-Db=two words", "-Dc=*"]);
  assert.equal(call.environment.DBOPS_TO_URL, hostile);
});

test("the action's properties come after those of maven-args, and win", async () => {
  const stub = new Stub();
  await action(stub, {...APPLY, "maven-args": `-Ddbops.expectDigest=${"f".repeat(64)}`});
  const digests = stub.call("sync").arguments.filter(argument => argument.startsWith("-Ddbops.expectDigest="));
  assert.equal(digests.at(-1), `-Ddbops.expectDigest=${DIGEST}`);
});

test("maven-args reach the goal only: the token's steps take nothing from a POM or a profile", async () => {
  const stub = new Stub();
  await action(stub, {...APPLY, "maven-args": "-Pci"});
  assert.deepEqual(stub.calls.filter(call => call.arguments.includes("-Pci")).map(call => call.goal), ["sync"]);
});

test("comment: false posts nothing", async () => {
  const stub = new Stub();
  await action(stub, {...DRY_RUN, comment: "false"});
  assert.ok(stub.call("comment").arguments.includes("-Ddbops.comment.post=never"));
});

test("a fork's pull request passes with a sentence", async () => {
  const stub = new Stub();
  const {machine, conclusion, outputs: told} = await action(stub, {...DRY_RUN, "to-url": ""}, {github: FORK});
  assert.equal(conclusion, "success");
  assert.deepEqual(stub.goals, []);
  assert.match(machine.summary, /get no secrets/);
  assert.match(levels(machine, "notice")[0].message, /get no secrets/);
  assert.equal(told["has-changes"], "");
});

test("Dependabot's pull request passes with a sentence", async () => {
  const stub = new Stub();
  const {conclusion} = await action(stub, {goal: "migrate-status"}, {github: {...PULL_REQUEST, actor: "dependabot[bot]"}});
  assert.equal(conclusion, "success");
  assert.deepEqual(stub.goals, []);
});

test("a fork's pull request is checked against a database that needs no secret", async () => {
  const stub = new Stub();
  await action(stub, {...DRY_RUN, "to-url": "embedded:production"}, {github: FORK});
  assert.deepEqual(stub.goals, ["sync", "comment"]);
});

test("a pull request of this repository without its secret is no fork's: dbops says what is missing", async () => {
  const stub = new Stub().on("sync", "exit 1");
  const {conclusion} = await action(stub, {...DRY_RUN, "to-url": ""}, {github: PULL_REQUEST});
  assert.equal(conclusion, "failure");
  assert.deepEqual(stub.goals, ["sync", "comment"]);
});

test("no secret appears in the log or the summary", async () => {
  const stub = new Stub().on("sync", "env; exit 1");
  const {machine} = await action(stub, DRY_RUN, {job: {secrets: {TO: TARGET_URL, FROM: SOURCE_URL}}});
  assert.doesNotMatch(machine.log.text + machine.summary, /s3cret/);
});
