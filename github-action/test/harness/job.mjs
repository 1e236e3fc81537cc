// One job on one machine: steps, a composite action's steps, processes. GitHub's code reads the files and evaluates
// the expressions; starting processes follows actions/runner 2.336 (CompositeActionHandler.cs, ScriptHandler.cs).
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import {once} from "node:events";
import {spawn} from "node:child_process";
import {randomUUID} from "node:crypto";
import {NoOperationTraceWriter} from "@actions/workflow-parser";
import {parseAction} from "@actions/workflow-parser/actions/index";
import {convertToIfCondition} from "@actions/workflow-parser/model/converter/if-condition";
import {entries, holds, items, plain} from "./expressions.mjs";
import {Log} from "./log.mjs";
import {RunnerFiles} from "./runner-files.mjs";
import {temporaryFolder} from "./temporary.mjs";

const SHELLS = {
  default: ["bash", "-e"],
  bash: ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail"],
};
// What actions/runner passes on of the github context (GitHubContext.cs); a token is not among it.
const GITHUB_ENVIRONMENT = ["action", "action_path", "action_ref", "action_repository", "actor", "api_url", "base_ref",
  "event_name", "event_path", "graphql_url", "head_ref", "job", "ref", "ref_name", "ref_type", "repository",
  "repository_owner", "run_attempt", "run_id", "run_number", "server_url", "sha", "triggering_actor", "workflow",
  "workflow_ref", "workflow_sha", "workspace", "env", "output", "path", "state", "step_summary"];

/** A composite action's file, parsed and checked by GitHub's parser. */
export function readAction(folder) {
  const content = fs.readFileSync(path.join(folder, "action.yml"), "utf8");
  const {context, value} = parseAction({name: "action.yml", content}, new NoOperationTraceWriter());
  const errors = context.errors.getErrors();
  if (errors.length) throw new Error(errors.map(error => error.message).join("\n"));
  return {context, root: entries(value)};
}

export class Job {
  /**
   * @param github the github context; `event` becomes the event's file
   * @param actions what `uses:` names: a folder with an action, or a function ({job, inputs}) => outputs
   * @param machine variables and `PATH` folders of the machine
   */
  constructor({github, workspace, secrets = {}, vars = {}, needs = {}, matrix = {}, inputs = {}, env = {}, jobContext = {},
    actions = {}, machine = {}}) {
    this.folder = temporaryFolder("job");
    fs.mkdirSync(path.join(this.folder, "home"));
    const eventPath = path.join(this.folder, "event.json");
    fs.writeFileSync(eventPath, JSON.stringify(github.event ?? {}));
    this.github = {run_id: "1", run_number: "1", run_attempt: "1", workflow: "workflow", job: "job", actor: "octocat",
      ...github, event_path: eventPath, workspace};
    Object.assign(this, {workspace, secrets, vars, needs, matrix, inputs, jobContext, actions, machine});
    this.env = {...env};
    this.log = new Log([...Object.values(secrets), github.token]);
    this.summary = "";
    this.processes = [];
    this.addedFolders = [];
  }

  get annotations() {
    return this.log.annotations;
  }

  /** Runs a composite action: its outputs, its steps, and whether it succeeded. */
  async run(folder, given = {}, stepEnv = {}) {
    const {context, root} = readAction(folder);
    const contexts = {github: this.github, runner: {}, job: {}, matrix: this.matrix, strategy: {}};
    const inputs = {};
    for (const [name, definition] of Object.entries(entries(root.inputs))) {
      inputs[name] = given[name] ?? plain(entries(definition).default, contexts) ?? "";
    }
    for (const name of Object.keys(given)) {
      if (!(name in inputs)) this.log.annotate("warning", `Unexpected input(s) '${name}'`);
    }
    const {steps, status} = await this.runSteps(context, items(entries(root.runs).steps), {inputs, stepEnv, folder});
    const outputs = {};
    for (const [name, definition] of Object.entries(entries(root.outputs))) {
      outputs[name] = plain(entries(definition).value, {...contexts, inputs, steps, env: this.env}, status) ?? "";
    }
    return {outputs, steps, conclusion: status};
  }

  /** Runs steps one after the other; `scope.folder` is set inside an action. */
  async runSteps(context, tokens, scope) {
    const steps = {};
    let status = "success";
    for (const [index, token] of tokens.entries()) {
      const step = entries(token);
      const id = step.id?.toString() ?? `__${index}`;
      const result = await this.#runStep(context, step, {...scope, id, steps, status});
      steps[id] = result;
      if (result.conclusion === "failure") status = "failure";
    }
    return {steps, status};
  }

  async #runStep(context, step, scope) {
    const {status} = scope;
    this.log.beginStep();
    let outcome;
    let outputs = {};
    try {
      const own = step.env ? plain(step.env, this.#contexts(scope), status) : {};
      const contexts = this.#contexts(scope, own);
      const condition = step.if ? convertToIfCondition(context, step.if).expression : "success()";
      if (!holds(condition, contexts, status)) return {outputs, outcome: "skipped", conclusion: "skipped"};
      const env = {...this.env, ...scope.stepEnv, ...own};
      const run = step.run ? this.#runScript(step, contexts, env, scope) : this.#runUses(step, contexts, env, scope);
      ({outcome, outputs} = await run);
    } catch (error) {
      this.log.annotate("error", error.message);
      this.log.write(`##[error]${error.message}`);
      outcome = "failure";
    }
    const goesOn = outcome === "failure" && plain(step["continue-on-error"], this.#contexts(scope), status) === "true";
    return {outputs, outcome, conclusion: goesOn ? "success" : outcome};
  }

  #contexts(scope, own = {}) {
    const inAction = scope.folder !== undefined;
    return {
      github: {...this.github, action: scope.id, action_path: scope.folder, action_status: scope.status},
      inputs: scope.inputs ?? {},
      steps: scope.steps,
      env: {...this.env, ...scope.stepEnv, ...own},
      matrix: this.matrix,
      runner: {os: "Linux", arch: "X64", temp: this.folder},
      job: {status: scope.status, ...this.jobContext},
      ...(inAction ? {} : {vars: this.vars, needs: this.needs, secrets: {GITHUB_TOKEN: this.github.token, ...this.secrets}}),
    };
  }

  async #runUses(step, contexts, env, scope) {
    const name = step.uses.toString();
    const inputs = plain(step.with, contexts, scope.status) ?? {};
    const action = this.actions[name] ?? this.actions[name.split("@")[0]];
    if (action === undefined) throw new Error(`No stand-in for uses: ${name}`);
    if (typeof action === "function") return {outcome: "success", outputs: (await action({job: this, inputs})) ?? {}};
    const {outputs, conclusion, steps} = await this.run(action, inputs, env);
    this.actionSteps = {...this.actionSteps, [scope.id]: steps};
    return {outcome: conclusion, outputs};
  }

  async #runScript(step, contexts, env, scope) {
    if (scope.folder !== undefined && !step.shell) throw new Error("Required property is missing: shell");
    const script = path.join(this.folder, `${randomUUID()}.sh`);
    fs.writeFileSync(script, plain(step.run, contexts, scope.status));
    const shell = SHELLS[step.shell?.toString() ?? "default"];
    const files = new RunnerFiles(this.folder);
    const cwd = path.resolve(this.workspace, plain(step["working-directory"], contexts, scope.status) ?? "");
    const code = await this.#process([...shell, script], cwd, {...env, ...this.#githubEnvironment(contexts.github, files)});
    Object.assign(this.env, files.environment());
    this.addedFolders.push(...files.folders());
    this.summary += this.log.masked(files.summary());
    if (code !== 0) this.log.annotate("error", `Process completed with exit code ${code}.`);
    return {outcome: code === 0 ? "success" : "failure", outputs: files.outputs()};
  }

  #githubEnvironment(github, files) {
    const known = {...github, ...files.paths};
    return Object.fromEntries(GITHUB_ENVIRONMENT
      .filter(name => known[name] !== undefined && known[name] !== null)
      .map(name => [`GITHUB_${name.toUpperCase()}`, String(known[name])]));
  }

  async #process([command, ...parameters], cwd, env) {
    const {PATH = process.env.PATH, ...machine} = this.machine;
    const full = {
      PATH: [...this.addedFolders].reverse().concat(PATH).join(":"),
      HOME: path.join(this.folder, "home"), LANG: "C.UTF-8", CI: "true", GITHUB_ACTIONS: "true",
      RUNNER_OS: "Linux", RUNNER_ARCH: "X64", RUNNER_TEMP: this.folder, RUNNER_ENVIRONMENT: "self-hosted",
      ...machine, ...env,
    };
    const child = spawn(command, parameters, {cwd, env: full, stdio: ["ignore", "pipe", "pipe"]});
    for (const stream of [child.stdout, child.stderr]) {
      readline.createInterface({input: stream}).on("line", line => this.log.write(line));
    }
    const [code] = await once(child, "close");
    return code;
  }
}
