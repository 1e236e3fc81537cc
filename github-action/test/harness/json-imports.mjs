// @actions/workflow-parser imports its schema without an import attribute, which bundlers take and Node does not.
import {register} from "node:module";

register(`data:text/javascript,${encodeURIComponent(`
import fs from "node:fs";
import {fileURLToPath} from "node:url";

export async function load(url, context, next) {
  if (!url.startsWith("file:") || !url.endsWith(".json")) return next(url, context);
  return {format: "module", shortCircuit: true, source: "export default " + fs.readFileSync(fileURLToPath(url), "utf8")};
}`)}`);
