// Dry-run, approval, apply: real plugin, real PostgreSQL.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {after, before, beforeEach, describe, test} from "node:test";
import {REPOSITORY} from "./fixture.mjs";
import {COUNTS, Shop, skip} from "./real.mjs";

const SECRET = "postgresql://writes:pa55-0f-n0body@127.0.0.1:1/shop";

describe("an apply", {skip}, () => {
  let shop;
  let digest;
  before(async () => {
    shop = await Shop.open();
    // Production is built with the roles of docs/github-action.md: their SQL can be run as it stands there.
    const page = fs.readFileSync(path.join(REPOSITORY, "docs/github-action.md"), "utf8");
    const roles = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(([, sql]) => sql);
    assert.equal(roles.length, 2);
    shop.write("db/production/roles.sql", roles.join("\n"));
    digest = (await shop.run({})).outputs.digest;
    assert.match(digest, /^[0-9a-f]{64}$/);
  });
  after(() => shop.close());
  beforeEach(() => {
    shop.github.approvals = {};
    shop.github.environments = {};
    shop.github.forgetFailures();
    shop.github.protect("production");
  });

  const apply = (inputs, settings) =>
    shop.run({apply: "true", environment: "production", "expect-digest": digest, ...inputs}, settings);

  for (const [why, code, prepare] of [
    ["nobody approved", "DBOPS-508", () => {}],
    ["a reviewer rejected", "DBOPS-508", () => shop.github.approve("42", "production", {state: "rejected"})],
    ["another environment was approved", "DBOPS-508", () => shop.github.approve("42", "staging")],
    ["another run was approved", "DBOPS-508", () => shop.github.approve("41", "production")],
    ["the environment needs no reviewers", "DBOPS-507", () => {
      shop.github.protect("production", {reviewers: false});
      shop.github.approve("42", "production");
    }],
    ["there is no such environment", "DBOPS-506", () => {
      shop.github.environments = {};
      shop.github.approve("42", "production");
    }],
    ["GitHub does not answer", "DBOPS-503", () => {
      shop.github.approve("42", "production");
      shop.github.fail("actions/get-reviews-for-run", 502);
    }],
  ]) {
    test(`is refused when ${why}`, async () => {
      prepare();
      const {conclusion, problem, steps, annotations, summary} = await apply();
      assert.equal(conclusion, "failure");
      assert.equal(problem, code);
      assert.equal(steps.goal.outcome, "skipped");
      assert.ok(annotations.some(({level, properties}) => level === "error" && properties.includes(code)));
      assert.match(summary, new RegExp(code));
    });
  }

  test("is refused when the token may not ask", async () => {
    shop.github.approve("42", "production");
    const {problem, steps} = await apply({}, {permissions: {contents: "read"}});
    assert.equal(problem, "DBOPS-504");
    assert.equal(steps.goal.outcome, "skipped");
  });

  test("is refused when the approval's comment must have the digest and has another", async () => {
    shop.github.approve("42", "production", {comment: `Approved ${"0".repeat(12)}`});
    const {problem, steps} = await apply({"require-approval": "digest"});
    assert.equal(problem, "DBOPS-509");
    assert.equal(steps.goal.outcome, "skipped");
  });

  test("is refused when the data moved between dry-run and approval, and writes nothing", async () => {
    shop.github.approve("42", "production");
    shop.edit("db/seed/2-tax-rates.sql", "7.00", "7.50");
    const {conclusion, problem} = await apply();
    shop.edit("db/seed/2-tax-rates.sql", "7.50", "7.00");
    assert.equal(conclusion, "failure");
    assert.equal(problem, "DBOPS-415");
    const {outputs} = await shop.run({});
    assert.equal(outputs.digest, digest, "production is what it was");
    assert.equal(outputs["to-insert"], COUNTS["to-insert"]);
  });

  test("that the reviewers approved by its digest writes, and then nothing is left to do", async () => {
    shop.github.approve("42", "production", {comment: `Seen: ${digest.slice(0, 12)}`});
    const applied = await apply({"require-approval": "digest"}, {permissions: {actions: "read"}});
    assert.equal(applied.conclusion, "success", applied.job.log.text);
    assert.equal(applied.problem, "");
    const {outputs, conclusion} = await shop.run({});
    assert.equal(conclusion, "success");
    assert.equal(outputs["has-changes"], "false");
    assert.equal(outputs["to-insert"], "0");
    assert.deepEqual(shop.github.violations, []);
  });
});

describe("secrets", {skip}, () => {
  test("are nowhere when the database cannot be reached", async () => {
    const shop = await Shop.open();
    try {
      const {job, summary, outputs} = await shop.onPullRequest({
        "to-url": SECRET, "maven-args": "-X -Ddbops.connectAttempts=1",
      });
      const told = job.log.text + summary + JSON.stringify(outputs) + shop.github.comments.map(({body}) => body);
      assert.doesNotMatch(told, /pa55-0f-n0body/);
      assert.match(outputs["problem-code"], /^DBOPS-\d+$/);
    } finally {
      await shop.close();
    }
  });
});
