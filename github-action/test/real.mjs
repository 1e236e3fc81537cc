// The example it/reference-data on a machine with the real plugin, real PostgreSQL, and a stand-in for GitHub's API.
import fs from "node:fs";
import path from "node:path";
import {ACTION, PULL_REQUEST, PUSH, REPOSITORY} from "./fixture.mjs";
import {GitHub} from "./harness/github.mjs";
import {Job} from "./harness/job.mjs";
import {temporaryFolder} from "./harness/temporary.mjs";

/** A local repository that has the plugin, as the Maven build lays it out; without it these tests are skipped. */
const {DBOPS_LOCAL_REPOSITORY: LOCAL_REPOSITORY, DBOPS_SETTINGS: SETTINGS} = process.env;
export const skip = LOCAL_REPOSITORY && SETTINGS ? false : "needs DBOPS_LOCAL_REPOSITORY and DBOPS_SETTINGS: run mvn verify";

const SEED = "embedded:seed?init=db/migration,db/seed";
const PRODUCTION = "embedded:production?init=db/migration,db/production";
export const COUNTS = {"has-changes": "true", "to-insert": "5", "to-update": "2", conflicts: "4"};

function maven(folder) {
  const installed = process.env.PATH.split(":").map(place => path.join(place, "mvn")).find(file => fs.existsSync(file));
  const script = path.join(folder, "mvn");
  fs.writeFileSync(script, `#!/usr/bin/env bash
# A runner whose Maven has settings of its own. With REPLAY the databases' step repeats an earlier one's report.
if [ -n "\${REPLAY:-}" ]; then
  for argument in "$@"; do
    case $argument in
      *:sync) goal=sync ;;
      -Ddbops.reports=*) reports=\${argument#*=} ;;
    esac
  done
  if [ "\${goal:-}" = sync ]; then
    cp "$REPLAY"/sync-report.* "$reports"
    exit 0
  fi
fi
exec '${installed}' --global-settings '${SETTINGS}' '-Dmaven.repo.local=${LOCAL_REPOSITORY}' "$@"
`, {mode: 0o755});
  return script;
}

export class Shop {
  constructor(github) {
    this.github = github;
    this.workspace = temporaryFolder("shop");
    fs.cpSync(path.join(REPOSITORY, "it/reference-data"), this.workspace, {recursive: true});
    this.write("db/production/production.sql", fs.readFileSync(path.join(import.meta.dirname, "shop/production.sql"), "utf8"));
    this.maven = maven(temporaryFolder("maven"));
    this.inputs = {goal: "sync", "from-url": SEED, "to-url": PRODUCTION};
    this.jobs = [];
  }

  /** A machine on which `mvn` has these settings. */
  get machine() {
    return {
      MAVEN_OPTS: "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
      PATH: `${path.dirname(this.maven)}:${process.env.PATH}`,
    };
  }

  static async open(settings) {
    return new Shop(await GitHub.start(settings));
  }

  async close() {
    await this.github.stop();
    for (const folder of [this.workspace, path.dirname(this.maven), ...this.jobs.map(job => job.folder)]) {
      fs.rmSync(folder, {recursive: true, force: true});
    }
  }

  write(file, content) {
    const target = path.join(this.workspace, file);
    fs.mkdirSync(path.dirname(target), {recursive: true});
    fs.writeFileSync(target, content);
  }

  /** Somebody changes a seed file: production is the same, the source is built anew. */
  edit(file, from, to) {
    const content = fs.readFileSync(path.join(this.workspace, file), "utf8");
    if (!content.includes(from)) throw new Error(`${file} has no ${from}`);
    this.write(file, content.replace(from, to));
  }

  /** Runs the action in a job of its own; `replay` is the folder of an earlier run's report. */
  async run(inputs, {event = PUSH, permissions = {"pull-requests": "write", actions: "read"}, runId = "42", secrets, replay, github = this.github} = {}) {
    const token = github.token(permissions);
    const job = new Job({
      github: {...event, ...github.urls, run_id: runId, token}, workspace: this.workspace, secrets,
      machine: {...this.machine, ...(replay ? {REPLAY: replay} : {})},
    });
    this.jobs.push(job);
    const result = await job.run(ACTION, {...this.inputs, "github-token": token, ...inputs});
    return {...result, job, problem: result.outputs["problem-code"], summary: job.summary, annotations: job.annotations};
  }

  onPullRequest(inputs, settings) {
    return this.run(inputs, {event: PULL_REQUEST, ...settings});
  }
}
