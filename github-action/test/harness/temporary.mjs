// Folders that are gone when the process is.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const made = [];
process.on("exit", () => made.forEach(folder => fs.rmSync(folder, {recursive: true, force: true})));

export function temporaryFolder(prefix) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `dbops-${prefix}-`));
  made.push(folder);
  return folder;
}
