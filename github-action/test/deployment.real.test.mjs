// The deployment that docs/github-action.md shows, whole: schema, then data, with the real plugin and real PostgreSQL.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {after, before, beforeEach, describe, test} from "node:test";
import {ACTION, PUSH, REPOSITORY} from "./fixture.mjs";
import {temporaryFolder} from "./harness/temporary.mjs";
import {WorkflowRun} from "./harness/workflow.mjs";
import {Shop, skip} from "./real.mjs";

const PRODUCTION = {DBOPS_URL: "embedded:empty", DBOPS_TO_URL: "embedded:empty"};

function pasted(name) {
  const page = fs.readFileSync(path.join(REPOSITORY, "docs/github-action.md"), "utf8");
  const file = path.join(temporaryFolder("workflow"), name);
  fs.writeFileSync(file, page.split(`# .github/workflows/${name}\n`)[1].split("\n```")[0]);
  return file;
}

describe("the deployment of the page", {skip}, () => {
  let shop;
  let runs = 0;
  before(async () => { shop = await Shop.open(); });
  after(() => shop.close());
  beforeEach(() => {
    shop.github.environments = {};
    shop.github.protect("production");
  });

  /** Deploys; `review` sees the run's id and may do what happens until the approval. */
  async function deploy(review) {
    const runId = String(++runs);
    const workflow = new WorkflowRun({
      github: {...PUSH, ...shop.github.urls, run_id: runId},
      tokenFor: permissions => shop.github.token(permissions),
      environments: {
        "production-read-only": {secrets: PRODUCTION},
        production: {secrets: PRODUCTION, review: () => review(runId)},
      },
      workflows: {"OWNER/REPO/.github/workflows/dbops-deploy.yml": path.join(REPOSITORY, ".github/workflows/dbops-deploy.yml")},
      actions: {"actions/checkout": () => {}, "actions/setup-java": () => {}, "./.dbops-action/github-action": ACTION},
      workspace: () => shop.workspace,
      machine: shop.machine,
    });
    const {result} = await workflow.run(pasted("production-deploy.yml"));
    const {jobs} = workflow;
    const problem = id => Object.values(jobs[id].runs[0].steps).at(-1).outputs["problem-code"];
    return {result, problem, results: Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, job.result])), jobs};
  }
  const approve = runId => shop.github.approve(runId, "production");

  test("refuses a schema that changed between dry-run and approval, and writes nothing", async () => {
    const {result, results, problem} = await deploy(runId => {
      approve(runId);
      shop.write("db/migration/V3__late.sql", "CREATE TABLE late (id int);");
    });
    fs.rmSync(path.join(shop.workspace, "db/migration/V3__late.sql"));
    assert.equal(result, "failure");
    assert.equal(problem("schema/apply"), "DBOPS-314");
    assert.equal(results.data, "skipped");
  });

  test("brings an empty database to the schema and the data of the repository", async () => {
    const {result, jobs} = await deploy(approve);
    assert.equal(result, "success", jobs["schema/apply"].runs[0]?.machine.log.text);
    assert.equal(jobs["schema/dry-run"].outputs["has-changes"], "true");
    assert.equal(jobs["data/dry-run"].outputs["has-changes"], "true");
    assert.equal(jobs["data/apply"].result, "success");
    assert.deepEqual(shop.github.violations, []);
  });

  test("asks nobody when nothing is left to do", async () => {
    const {results} = await deploy(() => assert.fail("asked"));
    assert.equal(results["schema/apply"], "skipped");
    assert.equal(results["data/apply"], "skipped");
    assert.equal(results.data, "success");
  });
});
