// Which Chromium opens the page: an installed one, else the one that comes as a package.
import {spawnSync} from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import zlib from "node:zlib";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACKED = path.join(HERE, "node_modules/@sparticuz/chromium/bin");
const UNPACKED = path.join(HERE, "../../../target/chromium");

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of an installed one: what CHROME_BIN says, else what is found; null where there is none. */
export function installed() {
  if (process.env.CHROME_BIN) return process.env.CHROME_BIN;
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(folder => folder !== "");
  return [...folders.flatMap(folder => NAMES.map(name => path.join(folder, name))), ...ELSEWHERE]
    .find(file => fs.existsSync(file)) ?? null;
}

/** Whether the package's one runs here. */
export function fitsPackage() {
  return process.platform === "linux" && process.arch === "x64";
}

/** Whether the package is there. */
export function isPackaged() {
  return fs.existsSync(path.join(PACKED, "chromium.br"));
}

/** Unpacks the package's one, once. */
export function unpack() {
  const program = path.join(UNPACKED, "chromium");
  if (fs.existsSync(program)) return;
  fs.mkdirSync(UNPACKED, {recursive: true});
  for (const archive of ["fonts.tar.br", "al2023.tar.br"]) {
    const tar = spawnSync("tar", ["-x", "--no-same-owner", "-C", UNPACKED], {input: unpacked(archive)});
    if (tar.status !== 0) throw new Error(`tar failed for ${archive}: ${tar.error ?? tar.stderr}`);
  }
  fs.writeFileSync(path.join(UNPACKED, "fonts.conf"), fonts());
  const draft = `${program}.${process.pid}`;
  fs.writeFileSync(draft, unpacked("chromium.br"), {mode: 0o755});
  fs.renameSync(draft, program);
}

/** How to start the one that is used. Nothing of it calls home; root can start none with a sandbox. */
export function launching() {
  const args = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-quic", "--disable-gpu", "--no-sandbox", "--font-render-hinting=none"];
  const found = installed();
  return found === null
    ? {executablePath: path.join(UNPACKED, "chromium"), args, env: surroundings()}
    : {executablePath: found, args};
}

function unpacked(name) {
  return zlib.brotliDecompressSync(fs.readFileSync(path.join(PACKED, name)));
}

// Small machines lack its libraries; where the machine has them they are better than others' builds of them.
function surroundings() {
  const program = path.join(UNPACKED, "chromium");
  const lacking = /not found/.test(spawnSync("ldd", [program], {encoding: "utf8"}).stdout ?? "");
  return {
    ...process.env,
    FONTCONFIG_FILE: path.join(UNPACKED, "fonts.conf"),
    ...(lacking ? {LD_LIBRARY_PATH: path.join(UNPACKED, "lib")} : {}),
  };
}

// The package's font for prose, so that pictures are alike on all machines; the machine's own for the rest.
function fonts() {
  const alias = (from, to) => `<match target="pattern"><test name="family"><string>${from}</string></test>`
    + `<edit name="family" mode="assign" binding="strong"><string>${to}</string></edit></match>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>${path.join(UNPACKED, "fonts")}</dir>
<dir>/usr/share/fonts</dir>
<cachedir>${path.join(UNPACKED, "font-cache")}</cachedir>
${alias("system-ui", "Open Sans")}
${alias("ui-monospace", "DejaVu Sans Mono")}
</fontconfig>
`;
}
