// Breaks the action on purpose, one way at a time, and sees whether the tests notice:  npm run mutants [NAME...]
// What the plugin decides is broken in its sources, for which Maven runs its tests:  npm run mutants -- --plugin
import {spawn} from "node:child_process";
import {once} from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import {ACTION_MUTANTS, PLUGIN_MUTANTS} from "./mutants-list.mjs";

const REPOSITORY = path.resolve(import.meta.dirname, "../..");
const ALL = "wiring.test.mjs workflows.test.mjs rules.test.mjs";

function copyOf(parts) {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), "dbops-mutant-"));
  for (const part of parts) {
    fs.cpSync(path.join(REPOSITORY, part), path.join(copy, part),
      {recursive: true, filter: file => !/node_modules|\/target(\/|$)/.test(file)});
  }
  return copy;
}

function breakIt(copy, {changes}) {
  for (const [file, from, to] of changes) {
    const target = path.join(copy, file);
    const text = fs.readFileSync(target, "utf8");
    if (!text.includes(from)) throw new Error(`${file} no longer has: ${from}`);
    fs.writeFileSync(target, text.replace(from, () => to));
  }
}

/** Whether a command ends well; stopped at the first line that says that a test failed. */
async function passes(command, parameters, cwd, failed) {
  const child = spawn(command, parameters, {cwd, stdio: ["ignore", "pipe", "inherit"]});
  let first;
  readline.createInterface({input: child.stdout}).on("line", line => {
    if (first === undefined && failed.test(line)) {
      first = line.trim();
      child.kill();
    }
  });
  const [code] = await once(child, "close");
  return {passed: code === 0 && first === undefined, first};
}

async function runNode(copy, {test}) {
  fs.symlinkSync(path.join(import.meta.dirname, "node_modules"), path.join(copy, "github-action/test/node_modules"));
  return passes(process.execPath, ["--import", "./harness/json-imports.mjs", "--test", "--test-reporter=tap", ...test.split(" ")],
    path.join(copy, "github-action/test"), /^\s*not ok/);
}

async function runMaven(copy, {test}) {
  return passes("mvn", ["-q", "-B", "-o", "-Dspotless.check.skip", "-pl", "maven-plugin", "test", `-Dtest=${test}`], copy,
    /\[ERROR\] .*(FAILURE|ERROR)!/);
}

const [plugin, ...named] = process.argv[2] === "--plugin" ? [true, ...process.argv.slice(3)] : [false, ...process.argv.slice(2)];
const parts = plugin ? ["pom.xml", ".mvn", "maven-plugin", "docs", "it/pom.xml", "github-action/pom.xml"]
  : ["pom.xml", "github-action", ".github", "docs", "it/reference-data"];
const mutants = (plugin ? PLUGIN_MUTANTS : ACTION_MUTANTS).filter(({name}) => !named.length || named.includes(name));
let survivors = 0;
for (const mutant of [{name: "nothing broken", changes: [], test: plugin ? "CommentCommandTest" : ALL}, ...mutants]) {
  const copy = copyOf(parts);
  try {
    breakIt(copy, mutant);
    const {passed, first} = await (plugin ? runMaven(copy, mutant) : runNode(copy, mutant));
    const expected = mutant.changes.length === 0;
    if (passed !== expected) survivors++;
    console.log(`${passed === expected ? "ok      " : "SURVIVED"}  ${mutant.name}${first ? `: ${first}` : ""}`);
    if (expected && !passed) break;
  } finally {
    fs.rmSync(copy, {recursive: true, force: true});
  }
}
console.log(survivors ? `${survivors} not noticed` : `all ${mutants.length} noticed`);
process.exitCode = survivors ? 1 : 0;
