// Takes the pictures that docs/reports.md shows, and notes which page they are of.
import {createHash} from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {PAGES} from "./pages.mjs";
import {Reader, drawn} from "./reader.mjs";

const IMAGES = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../../../docs/images");

const reader = new Reader();
await reader.start();
try {
  await take("sync-report-light", {colorScheme: "light", height: 1600}, "header", ".row:nth-child(4)");
  await take("sync-report-dark", {colorScheme: "dark", height: 800, hash: "#q=sho&kind=update"},
    ".tables", ".rows:last-child");
} finally {
  await reader.stop();
}
const page = fs.readFileSync(path.join(PAGES, "shop.html"));
fs.writeFileSync(path.join(IMAGES, "sync-report.sha256"), `${createHash("sha256").update(page).digest("hex")}\n`);

// From one element to the end of another.
async function take(name, options, first, last) {
  await reader.reading("shop", {...options, width: 1200, deviceScaleFactor: 1.5}, async page => {
    await drawn(page);
    const start = await page.locator(first).boundingBox();
    const end = await page.locator(last).first().boundingBox();
    const y = Math.max(0, Math.floor(start.y - 20));
    const clip = {x: 0, y, width: 1200, height: Math.ceil(end.y + end.height + 2 - y)};
    await page.screenshot({path: path.join(IMAGES, `${name}.png`), clip});
  });
}
