// ${{ }} as GitHub evaluates it: its lexer, parser and evaluator; the status functions are handed in.
import {data, Evaluator, Lexer, Parser} from "@actions/expressions";

const CONTEXTS =
  ["github", "inputs", "env", "steps", "runner", "job", "needs", "vars", "secrets", "strategy", "matrix"];

const toData = value => JSON.parse(JSON.stringify(value ?? null), data.reviver);

function statusFunctions(status) {
  const named = (name, answer) =>
    [name, {name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answer)}];
  return new Map([
    named("always", true),
    named("success", status === "success"),
    named("failure", status === "failure"),
    named("cancelled", status === "cancelled"),
  ]);
}

/** The value of an expression without its braces. */
export function evaluate(expression, contexts, status = "success") {
  const functions = statusFunctions(status);
  const signatures = [...functions.values()].map(({name, minArgs, maxArgs}) => ({name, minArgs, maxArgs}));
  const tree = new Parser(new Lexer(expression).lex().tokens, CONTEXTS, signatures).parse();
  const known = new data.Dictionary(...CONTEXTS.map(key => ({key, value: toData(contexts[key] ?? {})})));
  return new Evaluator(tree, known, functions).evaluate();
}

/** Whether `if:` lets a step or job run. */
export function holds(expression, contexts, status) {
  const result = evaluate(expression, contexts, status);
  switch (result.kind) {
    case data.Kind.Null: return false;
    case data.Kind.Boolean: return result.value;
    case data.Kind.Number: return result.value !== 0 && !Number.isNaN(result.value);
    case data.Kind.String: return result.value !== "";
    default: return true;
  }
}

const isMap = token => typeof token.count === "number" && token.get?.(0)?.key !== undefined;
const isList = token => typeof token.count === "number" && !isMap(token);

/** A part of a parsed file as a plain value, its expressions evaluated to text. */
export function plain(token, contexts, status) {
  if (token === undefined || token === null) return undefined;
  if (token.expression !== undefined) return evaluate(token.expression, contexts, status).coerceString();
  if (isMap(token)) {
    return Object.fromEntries(Object.entries(entries(token)).map(([key, item]) => [key, plain(item, contexts, status)]));
  }
  if (isList(token)) return items(token).map(item => plain(item, contexts, status));
  return token.toString();
}

/** A parsed map: key to token. */
export function entries(token) {
  const found = {};
  for (let i = 0; i < (token?.count ?? 0); i++) {
    const {key, value} = token.get(i);
    if (key?.value !== undefined) found[key.value] = value;
  }
  return found;
}

/** A parsed list's tokens. */
export function items(token) {
  return Array.from({length: token?.count ?? 0}, (_, i) => token.get(i));
}
