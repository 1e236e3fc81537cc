// A reader with a browser: opens pages from disk, and hears of everything that goes wrong in them.
import path from "node:path";
import {pathToFileURL} from "node:url";
import {chromium} from "playwright-core";
import {launching} from "./chromium.mjs";
import {PAGES} from "./pages.mjs";

export class Reader {
  #browser;

  /** Starts the browser. */
  async start() {
    this.#browser = await chromium.launch(launching());
  }

  async stop() {
    await this.#browser?.close();
  }

  /**
   * Opens a page for as long as it is used.
   * `page.heard` has its requests, errors, console messages and breaches of its policy.
   */
  async reading(name, options, use) {
    const {hash = "", height = 900, width = 1280, ...others} = options;
    const context = await this.#browser.newContext({viewport: {width, height}, ...others});
    try {
      const page = await context.newPage();
      const address = pathToFileURL(path.join(PAGES, `${name}.html`)).href;
      page.heard = [];
      page.on("request", asked => asked.url().split("#")[0] === address || page.heard.push(`request: ${asked.url()}`));
      page.on("pageerror", error => page.heard.push(`error: ${error.stack}`));
      page.on("console", message => page.heard.push(`console: ${message.text()}`));
      await page.goto(address + hash);
      await use(page);
    } finally {
      await context.close();
    }
  }
}

/** The texts of elements. */
export function texts(page, selector) {
  return page.locator(selector).evaluateAll(found => found.map(one => one.textContent));
}

/** Waits until the browser has drawn what a page has by now, and what the page adds when it comes into sight. */
export function drawn(page) {
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(resolve => requestAnimationFrame(resolve));
  });
}
