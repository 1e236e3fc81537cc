// The reusable workflows, as the workflows of docs/github-action.md call them; Maven is a stub.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import YAML from "yaml";
import {ACTION, DIGEST, FORK, PULL_REQUEST, PUSH, REPOSITORY, Stub, outputs} from "./fixture.mjs";
import {temporaryFolder} from "./harness/temporary.mjs";
import {WorkflowRun} from "./harness/workflow.mjs";
import {findings} from "./rules.mjs";

const reusable = name => path.join(REPOSITORY, ".github/workflows", name);
const page = fs.readFileSync(path.join(REPOSITORY, "docs/github-action.md"), "utf8");
const pasted = Object.fromEntries([...page.matchAll(/^```yaml\n# \.github\/workflows\/(\S+)\n([\s\S]*?)^```/gm)]
  .map(([, name, content]) => [name, content]));

function file(name) {
  const target = path.join(temporaryFolder("workflow"), name);
  fs.writeFileSync(target, pasted[name]);
  return target;
}

const READ_ONLY = {DBOPS_URL: "postgresql://reads:r3ad@db/shop", DBOPS_TO_URL: "postgresql://reads:r3ad@db/shop"};
const PRODUCTION = {DBOPS_URL: "postgresql://writes:wr1te@db/shop", DBOPS_TO_URL: "postgresql://writes:wr1te@db/shop"};
const SCHEMA_AND_DATA = outputs({"has-changes": "true", digest: DIGEST});

async function run(name, stub, {github = PUSH, review = () => true, secrets = true, vars = {}} = {}) {
  const checkouts = [];
  const tokens = {};
  const workflow = new WorkflowRun({
    github, vars,
    tokenFor: permissions => {
      const token = `ghs_${Object.keys(tokens).length}`;
      tokens[token] = permissions;
      return token;
    },
    environments: secrets
      ? {"production-read-only": {secrets: READ_ONLY}, production: {secrets: PRODUCTION, review: () => review(stub)}} : {},
    workflows: Object.fromEntries(["check", "deploy", "nightly"]
      .map(kind => [`OWNER/REPO/.github/workflows/dbops-${kind}.yml`, reusable(`dbops-${kind}.yml`)])),
    actions: {
      "actions/checkout": ({inputs}) => void checkouts.push(inputs),
      "actions/setup-java": ({job, inputs}) => void (job.cache = inputs.cache),
      "./.dbops-action/github-action": ACTION,
      "OWNER/REPO/github-action": ACTION,
    },
    workspace: () => temporaryFolder("workspace"),
    machine: stub.machine,
    jobContext: {workflow_repository: "OWNER/REPO", workflow_sha: "a".repeat(40)},
  });
  const {result} = await workflow.run(typeof name === "string" && name in pasted ? file(name) : name);
  const results = Object.fromEntries(Object.entries(workflow.jobs).map(([id, job]) => [id, job.result]));
  return {result, results, jobs: workflow.jobs, checkouts, tokens};
}

test("the page has workflows for the pull request, the deployment and the night", () => {
  assert.deepEqual(Object.keys(pasted).slice(0, 3), ["production-check.yml", "production-deploy.yml", "production-nightly.yml"]);
});

for (const [name, content] of Object.entries(pasted)) {
  test(`${name} of the page breaks no rule`, async () => {
    assert.deepEqual(await findings(name, content), []);
  });

  test(`${name} of the page grants what the called workflow asks for, and no more`, () => {
    for (const job of Object.values(YAML.parse(content).jobs).filter(({uses}) => uses)) {
      const called = YAML.parse(fs.readFileSync(reusable(path.basename(job.uses.split("@")[0])), "utf8"));
      const asked = Object.assign({}, ...Object.values(called.jobs).map(({permissions}) => permissions));
      assert.deepEqual(job.permissions, asked);
    }
  });
}

test("check: both goals run dry with the reading role, and may comment", async () => {
  const stub = new Stub();
  const {result, tokens} = await run("production-check.yml", stub, {github: PULL_REQUEST});
  assert.equal(result, "success");
  assert.deepEqual(stub.goals, ["migrate-deploy", "comment", "sync", "comment"]);
  assert.equal(stub.call("sync").environment.DBOPS_TO_URL, READ_ONLY.DBOPS_TO_URL);
  assert.equal(stub.call("sync").environment.DBOPS_FROM_URL, "embedded:seed?init=db/migration,db/seed");
  assert.ok(stub.call("sync").arguments.includes("-DdryRun=true"));
  for (const call of stub.calls.filter(({goal}) => goal === "comment")) {
    assert.deepEqual(tokens[call.environment.GITHUB_TOKEN], {contents: "read", "pull-requests": "write"});
    assert.ok(call.arguments.includes("-Ddbops.comment.post=auto"));
  }
});

test("check: a fork's pull request passes, with a sentence", async () => {
  const stub = new Stub();
  const {result, jobs} = await run("production-check.yml", stub, {github: FORK, secrets: false});
  assert.equal(result, "success");
  assert.deepEqual(stub.goals, []);
  for (const id of ["schema/check", "data/check"]) assert.match(jobs[id].runs[0].machine.summary, /get no secrets/);
});

test("check: a goal that fails is a red check", async () => {
  const {results} = await run("production-check.yml", new Stub().on("sync", "exit 1"), {github: PULL_REQUEST});
  assert.deepEqual(results, {"schema/check": "success", schema: "success", "data/check": "failure", data: "failure"});
});

test("deploy: the apply gets the dry-run's digest, production's role and the right to ask for the approval", async () => {
  const stub = new Stub();
  const seen = [];
  const {result, tokens} = await run("production-deploy.yml", stub, {review: () => void seen.push([...stub.goals])});
  assert.equal(result, "success");
  assert.deepEqual(stub.goals, ["migrate-deploy", "comment", "gate", "migrate-deploy", "comment",
    "sync", "comment", "gate", "sync", "comment"]);
  assert.deepEqual(seen, [["migrate-deploy", "comment"], stub.goals.slice(0, 7)], "nothing is applied before the review");
  const [dryRun, apply] = stub.calls.filter(({goal}) => goal === "sync");
  assert.equal(dryRun.environment.DBOPS_TO_URL, READ_ONLY.DBOPS_TO_URL);
  assert.ok(dryRun.arguments.includes("-DdryRun=true"));
  assert.equal(apply.environment.DBOPS_TO_URL, PRODUCTION.DBOPS_TO_URL);
  assert.ok(apply.arguments.includes("-Dapply=true"));
  assert.ok(apply.arguments.includes(`-Ddbops.expectDigest=${DIGEST}`));
  const gate = stub.call("gate");
  assert.deepEqual(tokens[gate.environment.GITHUB_TOKEN], {contents: "read", actions: "read"});
  assert.ok(gate.arguments.includes("-Ddbops.environment=production"));
  assert.ok(gate.arguments.includes("-Ddbops.requireApproval=true"));
  assert.ok(gate.arguments.includes(`-Ddbops.gate.digest=${DIGEST}`));
});

test("deploy: nothing is applied that a reviewer rejects, and no data follow a rejected schema", async () => {
  const stub = new Stub();
  const {result, jobs} = await run("production-deploy.yml", stub, {review: () => false});
  assert.equal(result, "failure");
  assert.ok(jobs["schema/apply"].rejected);
  assert.deepEqual(stub.goals, ["migrate-deploy", "comment"]);
});

test("deploy: nothing is applied when the gate says no", async () => {
  const stub = new Stub().on("gate", "exit 1");
  const {result} = await run("production-deploy.yml", stub);
  assert.equal(result, "failure");
  assert.deepEqual(stub.goals, ["migrate-deploy", "comment", "gate"]);
});

test("deploy: nobody is asked where nothing changes", async () => {
  const stub = new Stub().on("comment", outputs({"has-changes": "false"}));
  const {results} = await run("production-deploy.yml", stub, {review: () => assert.fail("asked")});
  assert.deepEqual(results, {"schema/dry-run": "success", "schema/apply": "skipped", schema: "success",
    "data/dry-run": "success", "data/apply": "skipped", data: "success"});
});

test("deploy: a dry-run that failed, or whose outcome is unknown, is red and applies nothing", async () => {
  for (const stub of [new Stub().on("migrate-deploy", "exit 1"), new Stub().on("comment", "exit 1")]) {
    const {result} = await run("production-deploy.yml", stub, {review: () => assert.fail("asked")});
    assert.equal(result, "failure");
    assert.deepEqual(stub.goals, ["migrate-deploy", "comment"]);
  }
});

test("deploy: the apply restores no cache, which a pull request may have filled", async () => {
  const {jobs} = await run("production-deploy.yml", new Stub());
  assert.equal(jobs["data/dry-run"].runs[0].machine.cache, "maven");
  assert.equal(jobs["data/apply"].runs[0].machine.cache, undefined);
});

test("the called workflows run the action of their own commit, and no checkout keeps a token", async () => {
  for (const name of ["production-check.yml", "production-deploy.yml", "production-nightly.yml"]) {
    const {checkouts} = await run(name, new Stub().on("comment", SCHEMA_AND_DATA));
    assert.ok(checkouts.length > 0 && checkouts.every(inputs => inputs["persist-credentials"] === "false"));
    const own = checkouts.filter(inputs => inputs.repository);
    assert.equal(own.length * 2, checkouts.length);
    for (const inputs of own) {
      assert.deepEqual([inputs.repository, inputs.ref, inputs.path], ["OWNER/REPO", "a".repeat(40), ".dbops-action"]);
    }
  }
});

test("without the called workflows: the page's own deployment of data hands the digest on and is gated", async () => {
  const stub = new Stub();
  const {result, tokens} = await run("production-data.yml", stub);
  assert.equal(result, "success");
  assert.deepEqual(stub.goals, ["sync", "comment", "gate", "sync", "comment"]);
  const apply = stub.calls.at(-2);
  assert.equal(apply.environment.DBOPS_TO_URL, PRODUCTION.DBOPS_TO_URL);
  assert.ok(apply.arguments.includes(`-Ddbops.expectDigest=${DIGEST}`));
  assert.deepEqual(tokens[stub.call("gate").environment.GITHUB_TOKEN], {contents: "read", actions: "read"});
});

test("nightly: green where production is what the repository says", async () => {
  const stub = new Stub().on("comment", outputs({"has-changes": "false"}));
  const {result} = await run("production-nightly.yml", stub);
  assert.equal(result, "success");
  assert.deepEqual(stub.goals, ["migrate-status", "comment", "sync", "comment"]);
  assert.ok(stub.calls.every(({environment}) => !JSON.stringify(environment).includes("wr1te")));
});

test("nightly: red on drift in the data", async () => {
  const {results, jobs} = await run("production-nightly.yml", new Stub());
  assert.equal(results["production/schema"], "success");
  assert.equal(results["production/data"], "failure");
  assert.match(jobs["production/data"].runs[0].machine.annotations[0].message, /not what the repository says/);
});

test("nightly: red on a modified migration", async () => {
  const {results} = await run("production-nightly.yml", new Stub().on("migrate-status", "exit 1"));
  assert.equal(results["production/schema"], "failure");
});

test("no workflow runs on a pull request but the check, and none with the head's code and a secret that writes", async () => {
  for (const name of Object.keys(pasted)) {
    const on = YAML.parse(pasted[name]).on;
    const triggers = typeof on === "string" ? [on] : Object.keys(on);
    assert.equal(triggers.includes("pull_request"), name.includes("check"), name);
  }
});
