// The harness itself: what it says about the action is worth as much as this.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {PUSH} from "./fixture.mjs";
import {GitHub} from "./harness/github.mjs";
import {Job} from "./harness/job.mjs";
import {Log} from "./harness/log.mjs";
import {temporaryFolder} from "./harness/temporary.mjs";
import {pairs} from "./harness/runner-files.mjs";
import {WorkflowRun} from "./harness/workflow.mjs";

const HEADERS = {accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28", "user-agent": "test"};

function written(content) {
  const file = path.join(temporaryFolder("workflow"), "workflow.yml");
  fs.writeFileSync(file, content);
  return file;
}

async function run(content, settings = {}) {
  const workflow = new WorkflowRun({
    github: {...PUSH}, tokenFor: JSON.stringify, workspace: () => temporaryFolder("workspace"), ...settings,
  });
  await workflow.run(written(content));
  return workflow.jobs;
}

test("a workflow command is obeyed, and not while commands are stopped", () => {
  const log = new Log([]);
  ["::stop-commands::abc", "::error::one", "::wrong::", "::error::two", "::abc::", "::error title=T::three%0Afour"].forEach(line => log.write(line));
  assert.deepEqual(log.annotations, [{level: "error", properties: "title=T", message: "three\nfour"}]);
});

test("a step has ten annotations of a kind, and the next step ten more", () => {
  const log = new Log([]);
  for (let step = 0; step < 2; step++) {
    log.beginStep();
    for (let i = 0; i < 12; i++) log.write(`::warning::${i}`);
  }
  assert.equal(log.annotations.length, 20);
});

test("secrets are masked, those added on the way as well", () => {
  const log = new Log(["s3cret"]);
  ["a s3cret b", "::add-mask::more", "more"].forEach(line => log.write(line));
  assert.deepEqual(log.lines, ["a *** b", "***"]);
});

test("the runner's files have lines and blocks", () => {
  assert.deepEqual(pairs("a=1\nb<<END\ntwo\nlines\nEND\nc=x<<y\n"), [["a", "1"], ["b", "two\nlines"], ["c", "x<<y"]]);
  assert.throws(() => pairs("b<<END\nnever ends\n"), /Matching delimiter not found/);
  assert.throws(() => pairs("no pair\n"), /Invalid format/);
});

test("a job waits for its needs, and is skipped when one failed", async () => {
  const jobs = await run(`
on: push
jobs:
  late: {needs: early, runs-on: x, steps: [{run: "true"}]}
  after: {needs: late, if: always(), runs-on: x, steps: [{run: "true"}]}
  early: {runs-on: x, steps: [{run: exit 3}]}
`);
  assert.deepEqual(Object.keys(jobs), ["early", "late", "after"]);
  assert.deepEqual(Object.values(jobs).map(job => job.result), ["failure", "skipped", "success"]);
});

test("an output that holds a secret is dropped", async () => {
  const jobs = await run(`
on: push
jobs:
  a:
    runs-on: x
    outputs: {told: "\${{ steps.s.outputs.told }}", kept: "\${{ steps.s.outputs.kept }}"}
    steps:
      - {id: s, run: 'echo "told=$S" >> "$GITHUB_OUTPUT"; echo kept=1 >> "$GITHUB_OUTPUT"', env: {S: "\${{ secrets.S }}"}}
`, {secrets: {S: "s3cret"}});
  assert.deepEqual(jobs.a.outputs, {kept: "1"});
});

test("a job has the token of its own permissions, and no script sees it unasked", async () => {
  const jobs = await run(`
on: push
permissions: {contents: read}
jobs:
  own: {runs-on: x, permissions: {actions: read}, steps: [{run: "env"}]}
  top: {runs-on: x, steps: [{run: "env"}]}
`);
  assert.equal(jobs.own.runs[0].machine.github.token, '{"actions":"read"}');
  assert.equal(jobs.top.runs[0].machine.github.token, '{"contents":"read"}');
  assert.doesNotMatch(jobs.own.runs[0].machine.log.text, /GITHUB_TOKEN|actions":"read/);
});

test("a called workflow gets no more permissions than its caller has, and an environment's secrets only by inheritance", async () => {
  const called = written(`
on: {workflow_call: {inputs: {on: {type: boolean, default: true}}}}
jobs:
  a: {runs-on: x, environment: e, permissions: {contents: write, actions: read}, if: inputs.on, steps: [{run: 'echo "<$S>"', env: {S: "\${{ secrets.S }}"}}]}
`);
  const caller = extra => `
on: push
jobs:
  c: {uses: "O/R/.github/workflows/w.yml@v1", permissions: {contents: read}${extra}}
`;
  const settings = {workflows: {"O/R/.github/workflows/w.yml": called}, environments: {e: {secrets: {S: "s3cret"}}}};
  const [without, inherited, off] = [await run(caller(""), settings), await run(caller(", secrets: inherit"), settings),
    await run(caller(", with: {on: false}"), settings)];
  assert.deepEqual(without["c/a"].runs[0].machine.github.token, '{"contents":"read","actions":"none"}');
  assert.match(without["c/a"].runs[0].machine.log.text, /<>/);
  assert.match(inherited["c/a"].runs[0].machine.log.text, /<\*\*\*>/);
  assert.equal(off["c/a"].result, "skipped");
});

test("a rejected environment starts nothing", async () => {
  const jobs = await run("on: push\njobs:\n  a: {runs-on: x, environment: e, steps: [{run: 'true'}]}\n",
    {environments: {e: {review: () => false}}});
  assert.deepEqual([jobs.a.result, jobs.a.runs], ["failure", []]);
});

test("a composite action's step without a shell fails, as it does on GitHub", async () => {
  const folder = temporaryFolder("action");
  fs.writeFileSync(path.join(folder, "action.yml"), "name: a\ndescription: a\nruns: {using: composite, steps: [{run: 'true'}]}\n");
  await assert.rejects(new Job({github: PUSH, workspace: folder}).run(folder), /shell/);
});

test("the stand-in for GitHub notices what GitHub would, and answers by permission", async () => {
  const github = await GitHub.start({pageSize: 2});
  try {
    const token = github.token({"pull-requests": "read"});
    const ask = (target, options = {}) => fetch(github.origin + target,
      {...options, headers: {...HEADERS, authorization: `Bearer ${token}`, ...options.headers}});
    for (let i = 0; i < 3; i++) github.addComment(`Comment ${i}`);
    const page = await ask("/repos/o/r/issues/7/comments?per_page=100");
    assert.equal((await page.json()).length, 2);
    assert.match(page.headers.get("link"), /page=2>; rel="next"/);
    assert.deepEqual(github.violations, []);

    const body = JSON.stringify({body: "text"});
    assert.equal((await ask("/repos/o/r/issues/7/comments", {method: "POST", body})).status, 403);
    assert.equal((await ask("/repos/o/r/actions/runs/1/approvals")).status, 403);
    assert.equal((await ask("/repos/o/r/issues/7/comments", {method: "POST", body: "{}"})).status, 422);
    assert.equal((await ask("/repos/o/r/issues/seven/comments")).status, 422);
    assert.equal((await ask("/repos/o/r/nowhere")).status, 404);
    await ask("/repos/o/r/issues/7/comments?sort=x", {headers: {accept: "text/html"}});
    assert.equal(github.violations.length, 5, github.violations.join("\n"));
  } finally {
    await github.stop();
  }
});
