// GitHub's OpenAPI description of the operations that dbops uses, and checks against it.
import fs from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const {operations} = JSON.parse(fs.readFileSync(new URL("../openapi/description.json", import.meta.url), "utf8"));
const ajv = addFormats(new Ajv({strict: false, allErrors: true}));
const compiled = new Map();

/** OpenAPI 3.0 says `nullable` where JSON Schema says that null is one of the types. */
function jsonSchema(value) {
  if (Array.isArray(value)) return value.map(jsonSchema);
  if (value === null || typeof value !== "object") return value;
  const {nullable, ...rest} = value;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, jsonSchema(item)]));
  return nullable === true ? {anyOf: [schema, {type: "null"}]} : schema;
}

function complaints(key, schema, value) {
  if (!compiled.has(key)) compiled.set(key, ajv.compile(jsonSchema(schema)));
  const check = compiled.get(key);
  return check(value) ? [] : check.errors.map(error => `${error.instancePath} ${error.message}`);
}

const parsed = operations.map(operation => {
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(match => match[1]);
  return {operation, names, pattern: new RegExp(`^${operation.path.replace(/\{[^}]+\}/g, "([^/]+)")}$`)};
});

/** The operation that a request names, with its path's parameters. */
export function operationOf(method, path) {
  for (const {operation, names, pattern} of parsed) {
    const match = operation.method === method && pattern.exec(path);
    if (!match) continue;
    const parameters = Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(match[i + 1])]));
    return {operation, parameters};
  }
  return undefined;
}

export function requestComplaints({operation, parameters}, query, body) {
  const found = [];
  const declared = place => operation.parameters.filter(parameter => parameter.in === place);
  for (const name of query.keys()) {
    if (!declared("query").some(parameter => parameter.name === name)) found.push(`unknown query parameter ${name}`);
  }
  for (const [place, value] of [["path", name => parameters[name]], ["query", name => query.get(name)]]) {
    for (const {name, type} of declared(place)) {
      if (type === "integer" && value(name) != null && !/^\d+$/.test(value(name))) found.push(`${name} is no integer`);
    }
  }
  if (operation.request) found.push(...complaints(`${operation.id} request`, operation.request, body));
  return found;
}

export function responseComplaints({operation}, status, body) {
  const described = operation.responses[status];
  if (!described) return [`status ${status} is not in the description`];
  return complaints(`${operation.id} ${status}`, described.schema, body);
}

/** GitHub's own example of an operation's answer, to be changed at will. */
export function example(id) {
  const [response] = Object.values(operations.find(operation => operation.id === id).responses);
  return structuredClone(response.example);
}
