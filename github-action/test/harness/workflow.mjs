// Whole workflows: jobs in the order of `needs`, their permissions, environments, matrices, and called workflows.
import fs from "node:fs";
import path from "node:path";
import {convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow} from "@actions/workflow-parser";
import {convertToIfCondition} from "@actions/workflow-parser/model/converter/if-condition";
import {entries, holds, items, plain} from "./expressions.mjs";
import {Job} from "./job.mjs";

/** A workflow's file, parsed and checked by GitHub's parser. */
export async function readWorkflow(file) {
  const {context, value} = parseWorkflow({name: path.basename(file), content: fs.readFileSync(file, "utf8")},
    new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors();
  if (errors.length) throw new Error(errors.map(error => error.message).join("\n"));
  return {context, root: entries(value)};
}

const LEVELS = ["none", "read", "write"];

/** A called workflow's job has no more than its caller and its own file let it have. */
function narrowed(own, ceiling) {
  if (ceiling === undefined) return own;
  if (own === undefined) return ceiling;
  return Object.fromEntries(Object.entries(own)
    .map(([name, level]) => [name, LEVELS[Math.min(LEVELS.indexOf(level), LEVELS.indexOf(ceiling[name] ?? "none"))]]));
}

function needsOf(job) {
  if (!job.needs) return [];
  return job.needs.count === undefined ? [job.needs.toString()] : items(job.needs).map(String);
}

function combinations(strategy) {
  let found = [{}];
  for (const [name, values] of Object.entries(entries(entries(strategy).matrix))) {
    found = found.flatMap(known => items(values).map(value => ({...known, [name]: value.toString()})));
  }
  return found;
}

function typedInputs(root, given) {
  const call = entries(entries(root.on).workflow_call);
  const typed = {};
  for (const [name, definition] of Object.entries(entries(call.inputs))) {
    const {type, default: preset} = entries(definition);
    const value = given[name] ?? preset?.toString() ?? (type.toString() === "boolean" ? "false" : "");
    typed[name] = type.toString() === "boolean" ? String(value) === "true" : value;
  }
  for (const name of Object.keys(given)) if (!(name in typed)) throw new Error(`Invalid input, ${name} is not defined`);
  return typed;
}

export class WorkflowRun {
  /**
   * @param github the github context without its token
   * @param tokenFor permissions => a token that has them
   * @param environments name => {secrets, vars, review}; review() answers whether the job may run, and may do what
   *     happens meanwhile
   * @param workflows what `uses:` of a job names: a file
   * @param workspace id of a job => its folder
   */
  constructor({github, tokenFor, environments = {}, secrets = {}, vars = {}, actions = {}, workflows = {}, workspace,
    machine = {}, jobContext = {}}) {
    Object.assign(this, {github, tokenFor, environments, secrets, vars, actions, workflows, workspace, machine, jobContext});
    this.jobs = {};
  }

  /** Runs a file's jobs; `this.jobs` holds each one's result, outputs and runs (one per combination of a matrix). */
  async run(file, {inputs = {}, permissions, secrets = this.secrets, inherits = true, prefix = ""} = {}) {
    const {context, root} = await readWorkflow(file);
    const jobs = entries(root.jobs);
    const scope = {context, root, prefix, permissions, secrets, inherits, inputs: typedInputs(root, inputs), done: {}};
    while (Object.keys(scope.done).length < Object.keys(jobs).length) {
      const ready = Object.keys(jobs)
        .find(id => !(id in scope.done) && needsOf(entries(jobs[id])).every(needed => needed in scope.done));
      if (ready === undefined) throw new Error("needs form a cycle");
      scope.done[ready] = this.jobs[prefix + ready] = await this.#runJob(ready, entries(jobs[ready]), scope);
    }
    return {result: this.#worst(Object.values(scope.done).map(job => job.result)), jobs: scope.done};
  }

  #worst(results) {
    return ["failure", "cancelled"].find(result => results.includes(result)) ?? "success";
  }

  async #runJob(id, job, scope) {
    const needs = Object.fromEntries(needsOf(job)
      .map(needed => [needed, {result: scope.done[needed].result, outputs: scope.done[needed].outputs}]));
    const contexts = {github: this.github, needs, vars: this.vars, inputs: scope.inputs};
    const upstream = Object.values(needs).every(({result}) => result === "success") ? "success" : "failure";
    const condition = job.if ? convertToIfCondition(scope.context, job.if).expression : "success()";
    if (!holds(condition, contexts, upstream)) return {result: "skipped", outputs: {}, runs: []};

    const permissions = narrowed(plain(job.permissions ?? scope.root.permissions, {}), scope.permissions);
    if (job.uses) return this.#call(id, job, {...scope, permissions}, contexts);

    const name = job.environment && plain(entries(job.environment).name ?? job.environment, contexts);
    const environment = name ? (this.environments[name] ?? {}) : {};
    if (await environment.review?.() === false) return {result: "failure", outputs: {}, runs: [], rejected: true};
    // An environment's secrets reach a called workflow's job only where the caller inherits (actions/runner#4453).
    const secrets = {...scope.secrets, ...(scope.inherits ? environment.secrets : {})};
    const vars = {...this.vars, ...environment.vars};

    const runs = [];
    for (const matrix of combinations(job.strategy)) {
      const known = {...contexts, vars, matrix, secrets};
      const machine = new Job({
        github: {...this.github, job: id, token: this.tokenFor(permissions)}, workspace: this.workspace(id), secrets, vars,
        needs, matrix, inputs: scope.inputs, jobContext: this.jobContext, actions: this.actions, machine: this.machine,
        env: {...plain(scope.root.env, known), ...plain(job.env, known)},
      });
      const {steps, status} = await machine.runSteps(scope.context, items(job.steps), {inputs: scope.inputs, stepEnv: {}});
      runs.push({machine, steps, status, outputs: this.#outputs(job, {...known, steps}, machine)});
    }
    return {result: this.#worst(runs.map(run => run.status)), outputs: Object.assign({}, ...runs.map(run => run.outputs)), runs};
  }

  #outputs(job, contexts, machine) {
    const outputs = plain(job.outputs, contexts) ?? {};
    for (const [name, value] of Object.entries(outputs)) {
      if (!value || !machine.log.holdsSecret(value)) continue;
      machine.log.annotate("warning", `Skip output '${name}' since it may contain secret.`);
      delete outputs[name];
    }
    return outputs;
  }

  async #call(id, job, scope, contexts) {
    const inherits = job.secrets?.toString() === "inherit";
    const secrets = inherits ? scope.secrets : plain(job.secrets, {...contexts, secrets: scope.secrets}) ?? {};
    const name = job.uses.toString();
    const file = this.workflows[name] ?? this.workflows[name.split("@")[0]];
    if (file === undefined) throw new Error(`No stand-in for uses: ${name}`);
    const called = await this.run(file, {
      inputs: plain(job.with, contexts) ?? {}, permissions: scope.permissions, secrets, inherits,
      prefix: `${scope.prefix}${id}/`,
    });
    return {result: called.result, outputs: {}, runs: []};
  }
}
