// Cuts the operations that dbops uses out of GitHub's OpenAPI description, for description.json beside this file:
//   npm install --no-save @octokit/openapi@23.0.2 && node openapi/trim.mjs
import fs from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";

const OPERATIONS = [
  "issues/list-comments",
  "issues/create-comment",
  "issues/update-comment",
  "actions/get-reviews-for-run",
  "repos/get-environment",
];
const PROSE = new Set(["description", "summary", "externalDocs", "x-github", "title", "example", "tags", "examples"]);

// Whether a key of a schema is prose: `title` may also be a property's name.
function withoutProse(value, isPropertyMap = false) {
  if (Array.isArray(value)) return value.map(item => withoutProse(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value)
    .filter(([key]) => isPropertyMap || !PROSE.has(key))
    .map(([key, item]) => [key, withoutProse(item, key === "properties" && !isPropertyMap)]));
}

function content(part) {
  const json = part?.content?.["application/json"];
  return json && {schema: withoutProse(json.schema), example: Object.values(json.examples ?? {})[0]?.value};
}

const root = path.dirname(createRequire(import.meta.url).resolve("@octokit/openapi/package.json"));
const source = JSON.parse(fs.readFileSync(path.join(root, "generated/api.github.com.deref.json"), "utf8"));
const operations = [];
for (const [template, methods] of Object.entries(source.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    if (!OPERATIONS.includes(operation.operationId)) continue;
    operations.push({
      id: operation.operationId,
      method: method.toUpperCase(),
      path: template,
      parameters: operation.parameters.map(({name, in: place, schema}) => ({name, in: place, type: schema.type})),
      request: content(operation.requestBody)?.schema,
      responses: Object.fromEntries(Object.entries(operation.responses)
        .filter(([code]) => code < "300")
        .map(([code, response]) => [code, content(response)])),
    });
  }
}
const version = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).version;
const license = "MIT, GitHub Inc., https://github.com/github/rest-api-description";
fs.writeFileSync(new URL("description.json", import.meta.url), `${JSON.stringify({source: `@octokit/openapi ${version}`, license, operations}, null, 1)}\n`);
