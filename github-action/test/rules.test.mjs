// Workflows and action hold to GitHub's rules and ours; versions and lock file to what they promise.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import YAML from "yaml";
import {ACTION, REPOSITORY} from "./fixture.mjs";
import {findings} from "./rules.mjs";

const text = file => fs.readFileSync(file, "utf8");
const workflows = path.join(REPOSITORY, ".github/workflows");

test("action.yml breaks no rule", async () => {
  assert.deepEqual(await findings("action.yml", text(path.join(ACTION, "action.yml"))), []);
});

for (const name of fs.readdirSync(workflows)) {
  test(`${name} breaks no rule`, async () => {
    assert.deepEqual(await findings(name, text(path.join(workflows, name))), []);
  });
}

for (const [why, part] of [
  ["an expression inside run", "    steps:\n      - run: echo ${{ github.ref }}\n"],
  ["not pinned by commit", "    steps:\n      - uses: actions/setup-java@v4\n"],
  ["keeps the token on disk", `    steps:\n      - uses: actions/checkout@${"1".repeat(40)}\n`],
  ["no step nope", "    steps:\n      - run: 'true'\n        if: steps.nope.outputs.x\n"],
  ["has write-all", "    permissions: write-all\n    steps:\n      - run: 'true'\n"],
]) {
  test(`a breach is found: ${why}`, async () => {
    const found = await findings("a.yml", `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n${part}`);
    assert.ok(found.some(finding => finding.includes(why)), found.join("\n"));
  });
}

test("a breach is found: pull_request_target", async () => {
  const found = await findings("a.yml",
    "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: 'true'\n");
  assert.deepEqual(found, ["own: triggered by pull_request_target"]);
});

test("the action's default version is the plugin's", () => {
  const [, version] = /<artifactId>dbops-parent<\/artifactId>\s*<version>([^<]+)</.exec(text(path.join(REPOSITORY, "pom.xml")));
  assert.equal(YAML.parse(text(path.join(ACTION, "action.yml"))).inputs["plugin-version"].default, version);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(text(path.join(import.meta.dirname, "package-lock.json")), /"resolved"/);
});

test("the page shows the golden comment", () => {
  const golden = text(path.join(import.meta.dirname, "golden/comment.md")).trimEnd();
  const quoted = golden.split("\n").slice(1).map(line => `> ${line}`.trimEnd()).join("\n");
  const page = text(path.join(REPOSITORY, "docs/github-action.md"));
  assert.ok(page.includes(`<!-- sample -->\n${quoted}\n<!-- /sample -->`), `expected:\n${quoted}`);
});

test("the page lists every input with its default, and every output", () => {
  const {inputs, outputs} = YAML.parse(text(path.join(ACTION, "action.yml")));
  const page = text(path.join(REPOSITORY, "docs/github-action.md"));
  const rows = heading => page.split(`### ${heading}\n`)[1].trim().split("\n\n")[0].split("\n").slice(2);
  const named = heading => rows(heading).flatMap(row => [...row.split("|")[1].matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
  assert.deepEqual(named("Inputs"), Object.keys(inputs));
  assert.deepEqual(named("Outputs"), Object.keys(outputs));
  for (const name of ["working-directory", "maven-command", "comment", "require-approval"]) {
    assert.ok(rows("Inputs").some(row => row.startsWith(`| \`${name}\` | \`${inputs[name].default}\` |`)), name);
  }
});
