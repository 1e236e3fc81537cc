// GITHUB_OUTPUT, GITHUB_ENV and the others, as actions/runner reads them (FileCommandManager.cs).
import fs from "node:fs";
import path from "node:path";
import {randomUUID} from "node:crypto";

const MAX_SUMMARY = 1024 * 1024;

/** Pairs of a file command: NAME=VALUE, or NAME<<DELIMITER, lines, DELIMITER. */
export function pairs(text) {
  const found = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) continue;
    const equals = line.indexOf("=");
    const heredoc = line.indexOf("<<");
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      found.push([line.slice(0, equals), line.slice(equals + 1)]);
    } else if (heredoc > 0 && line.length > heredoc + 2) {
      const delimiter = line.slice(heredoc + 2);
      const end = lines.indexOf(delimiter, i + 1);
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
      found.push([line.slice(0, heredoc), lines.slice(i + 1, end).join("\n")]);
      i = end;
    } else {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return found;
}

/** The files of one step, and what the step wrote into them. */
export class RunnerFiles {
  constructor(folder) {
    this.paths = Object.fromEntries(["env", "output", "path", "state", "step_summary"]
      .map(kind => [kind, path.join(folder, `${kind}_${randomUUID()}`)]));
    for (const file of Object.values(this.paths)) fs.writeFileSync(file, "");
  }

  #text(kind) {
    return fs.readFileSync(this.paths[kind], "utf8");
  }

  outputs() {
    return Object.fromEntries(pairs(this.#text("output")));
  }

  environment() {
    const found = Object.fromEntries(pairs(this.#text("env")));
    if (Object.keys(found).some(name => name.toUpperCase() === "NODE_OPTIONS")) throw new Error("Can't store NODE_OPTIONS");
    return found;
  }

  folders() {
    return this.#text("path").split("\n").filter(Boolean);
  }

  summary() {
    const size = fs.statSync(this.paths.step_summary).size;
    if (size > MAX_SUMMARY) throw new Error(`$GITHUB_STEP_SUMMARY upload aborted, got ${size} bytes`);
    return this.#text("step_summary");
  }
}
