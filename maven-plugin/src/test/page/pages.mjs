// The pages that the build wrote for these tests.
import fs from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";

/** Their folder. */
export const PAGES = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../target/report-pages");

/** All of them, by name. */
export function pageNames() {
  return fs.readdirSync(PAGES).filter(file => file.endsWith(".html")).map(file => file.replace(".html", "")).sort();
}
