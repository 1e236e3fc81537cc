// A repository's checkout on a machine whose Maven is stub/mvn.
import fs from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {Job} from "./harness/job.mjs";
import {temporaryFolder} from "./harness/temporary.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
export const ACTION = path.dirname(here);
export const REPOSITORY = path.resolve(ACTION, "..");
export const DIGEST = "3f2a9c41d07e".padEnd(64, "0");
export const SOURCE_URL = "postgresql://reader:s0urce-s3cret@localhost/shop";
export const TARGET_URL = "postgresql://reader:t4rget-s3cret@db.example.com/shop";

export const PULL_REQUEST = {
  event_name: "pull_request",
  repository: "octo/shop",
  ref: "refs/pull/7/merge",
  sha: "1".repeat(40),
  event: {number: 7, pull_request: {number: 7, head: {repo: {full_name: "octo/shop"}}}},
};
export const PUSH = {event_name: "push", repository: "octo/shop", ref: "refs/heads/main", sha: "2".repeat(40), event: {}};
export const FORK = {
  ...PULL_REQUEST,
  event: {number: 7, pull_request: {number: 7, head: {repo: {full_name: "mallory/shop"}}}},
};

/** What Maven was asked, call by call, and what it answers. */
export class Stub {
  constructor() {
    this.folder = temporaryFolder("stub");
    fs.mkdirSync(path.join(this.folder, "calls"));
    this.on("comment", outputs({"has-changes": "true", digest: DIGEST}));
  }

  /** Lays down what a goal does: a piece of bash, with $reports as the reports' folder. */
  on(goal, script) {
    fs.writeFileSync(path.join(this.folder, `${goal}.sh`), script);
    return this;
  }

  get machine() {
    return {PATH: `${path.join(here, "stub")}:${process.env.PATH}`, STUB: this.folder};
  }

  get calls() {
    const folder = path.join(this.folder, "calls");
    return fs.readdirSync(folder).sort().map(name => {
      const read = file => fs.readFileSync(path.join(folder, name, file), "utf8");
      const environment = Object.fromEntries(read("environment").split("\0").filter(Boolean)
        .map(pair => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
      return {goal: name.slice(3), arguments: read("arguments").split("\0").slice(0, -1), environment, folder: read("folder").trim()};
    });
  }

  get goals() {
    return this.calls.map(call => call.goal);
  }

  call(goal) {
    return this.calls.find(call => call.goal === goal);
  }
}

/** A goal's script that writes outputs, as dbops:comment does. */
export function outputs(values) {
  return Object.entries(values).map(([name, value]) => `echo '${name}=${value}' >> "$GITHUB_OUTPUT"`).join("\n");
}

/** A job of a push in a fresh checkout; `settings` as of Job. */
export function job(stub, settings = {}) {
  const workspace = temporaryFolder("workspace");
  return new Job({
    github: {...PUSH, token: "ghs_token", ...settings.github},
    workspace,
    ...settings.job,
    machine: {...stub.machine, ...settings.machine},
  });
}

export const DRY_RUN = {goal: "sync", "from-url": SOURCE_URL, "to-url": TARGET_URL, "github-token": "ghs_token"};
export const APPLY = {...DRY_RUN, apply: "true", environment: "production", "expect-digest": DIGEST};
