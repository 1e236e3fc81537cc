// The report page as its reader uses it, in headless Chromium.
import assert from "node:assert/strict";
import fs from "node:fs";
import {createRequire} from "node:module";
import {after, before, test} from "node:test";
import {pageNames} from "./pages.mjs";
import {Reader, drawn, texts} from "./reader.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const reader = new Reader();
before(() => reader.start());
after(() => reader.stop());

const keysOn = async page => {
  await drawn(page);
  return texts(page, "#list .key");
};
const rowsOn = async page => (await keysOn(page)).length;
const focused = page => page.evaluate(() => document.activeElement.closest("li")?.querySelector(".key").textContent);

test("every page opens from disk without a request, an error or a breach of its policy, and fits a narrow screen", async () => {
  assert.ok(pageNames().length >= 9);
  for (const name of pageNames()) {
    await reader.reading(name, {}, async page => {
      assert.equal(await page.locator("h1").count(), 1, name);
      assert.equal(await page.evaluate(() => document.compatMode), "CSS1Compat");
      assert.deepEqual(page.heard, [], name);
      await page.setViewportSize({width: 400, height: 900});
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth) <= 400, `${name} is too wide`);
    });
  }
});

test("the policy keeps scripts, markup and connections out", async () => {
  await reader.reading("shop", {}, async page => {
    const refused = await page.evaluate(async () => {
      const breaches = [];
      document.addEventListener("securitypolicyviolation", event => breaches.push(event.effectiveDirective));
      const tries = [
        () => document.body.append(Object.assign(document.createElement("img"), {src: "https://a.example/x.png"})),
        () => document.body.insertAdjacentHTML("beforeend", "<b>x</b>"),
        () => {
          const script = document.createElement("script");
          script.append("window.taken = true");
          document.body.append(script);
        },
        () => fetch("https://a.example").catch(() => {}),
      ];
      for (const one of tries) {
        try {
          await one();
        } catch {}
      }
      await new Promise(resolve => setTimeout(resolve));
      return {breaches, taken: window.taken};
    });
    assert.equal(refused.taken, undefined);
    assert.deepEqual([...new Set(refused.breaches)].sort(), ["connect-src", "img-src", "require-trusted-types-for"]);
  });
});

test("verdict, problems, totals, counts and notes need no script", async () => {
  await reader.reading("refused", {javaScriptEnabled: false}, async page => {
    const text = await page.locator("body").innerText();
    for (const part of ["Refused with 2 problems; nothing was written.", "DBOPS-417", "sku=A-101", "DBOPS-406",
      "ERROR: could not create unique index", "30 to insert", "7 blocked", "18,350", "scripts are switched off"]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.equal(await page.locator("#filter").isVisible(), false);
    assert.equal(await page.locator("button:visible").count(), 0);
  });
});

for (const [name, options] of [
  ["shop", {}], ["shop", {colorScheme: "dark"}], ["shop", {width: 400}],
  ["refused", {}], ["refused", {colorScheme: "dark"}], ["none", {}], ["early", {colorScheme: "dark"}],
]) {
  test(`axe finds nothing wrong: ${name} ${JSON.stringify(options)}`, async () => {
    await reader.reading(name, {...options, bypassCSP: true}, async page => {
      await assertAccessible(page);
      if (name !== "shop") return;
      await page.keyboard.press("?");
      assert.ok(await page.locator("#help").isVisible());
      await assertAccessible(page);
    });
  });
}

async function assertAccessible(page) {
  await page.evaluate(AXE);
  const {violations, passes} = await page.evaluate(() => axe.run());
  const found = violations.flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.html} ${node.failureSummary}`));
  assert.deepEqual(found, []);
  assert.ok(passes.length > 15);
}

test("cells show before and after, and what changed inside", async () => {
  await reader.reading("shop", {height: 2400}, async page => {
    await drawn(page);
    const row = key => page.locator("#list li", {has: page.locator(".key", {hasText: new RegExp(`^${key}$`)})});
    const cell = (key, column, side) => row(key).locator("tr", {hasText: column}).locator(`td.${side} .value`);
    assert.deepEqual(await row("slug=shoes").locator("b").allTextContents(), ["sneakers", "30", "trainers", "60", "\u00b7"]);
    assert.equal(await cell("slug=hats", "title", "before").textContent(), "Hats");
    assert.equal(await cell("slug=hats", "title", "after").locator("b").textContent(), " & caps");
    assert.equal(await row("slug=hats").locator("del").count(), 1);
    assert.equal(await row("slug=hats").locator("ins").count(), 1);
    // SQL NULL, the text NULL, the empty text, a blank at the end, a masked value.
    assert.ok(await cell("slug=sale", "endsAt", "before").evaluate(one => one.matches(".null")));
    assert.ok(await cell("slug=sale", "note", "before").evaluate(one => one.matches(".quoted:not(.null)")));
    assert.equal(await cell("slug=sale", "note", "before").evaluate(one => getComputedStyle(one, "::before").content), "\"'\"");
    assert.ok(await cell("slug=sale", "note", "after").evaluate(one => one.matches(".empty")));
    assert.equal(await cell("slug=shoes", "title", "before").locator(".escape").textContent(), "\u00b7");
    assert.match(await row("slug=sale").locator("tr", {hasText: "token"}).innerText(), /\*{4}.*\*{4}.*differs in what is not shown/s);
    // A conflict changes nothing: no deletion, no insertion.
    assert.equal(await row("code=WELCOME10").locator("del, ins").count(), 0);
    assert.deepEqual(await row("code=WELCOME10").locator(".value").allTextContents(), ["WELCOME10", "12", "10"]);
    assert.equal(await row("sku=SCARF-1, locale=de").locator("dt").count(), 4);
  });
});

test("blocked rows look like no other", async () => {
  await reader.reading("refused", {}, async page => {
    const looks = await page.locator("#list li").evaluateAll(found => found.map(one => [one.querySelector(".kind").textContent,
      getComputedStyle(one).backgroundImage !== "none", one.textContent.includes("misses public.Category (")].join()));
    assert.deepEqual(looks, ["blocked,true,true", "blocked,true,true", "blocked,true,true", "duplicate,false,false"]);
  });
});

test("only keys are shown by default, and nothing where the plan says none", async () => {
  await reader.reading("keys", {}, async page => {
    assert.equal(await rowsOn(page), 12);
    assert.equal(await page.locator("#list .cells").count(), 0);
    assert.match(await page.locator("#changes").innerText(), /12 rows, all of them listed.*Only their keys/s);
    assert.doesNotMatch(await page.content(), /Scarves|trainers/);
    assert.ok(await page.locator("#fold").isHidden());
  });
  await reader.reading("none", {}, async page => {
    assert.equal(await rowsOn(page), 0);
    assert.match(await page.locator("#changes").innerText(), /report\.samples is none/);
    assert.doesNotMatch(await page.content(), /Scarves|trainers|slug=hats|WELCOME10/);
    assert.ok(await page.locator("#filter").isHidden());
  });
});

test("the filter finds by table, key, column and value, and counts what it finds", async () => {
  await reader.reading("shop", {}, async page => {
    const find = async words => {
      await page.locator("#words").fill(words);
      return [await page.locator("#shown").textContent(), ...(await texts(page, "#kinds .number"))].join("; ");
    };
    assert.equal(await find("ProductTranslation"), "2 of 12 rows shown; 1; 1; 0");
    assert.equal(await find("locale"), "2 of 12 rows shown; 1; 1; 0");
    assert.equal(await find("WINTER"), "1 of 12 rows shown; 0; 1; 0");
    assert.equal(await find("trainers season"), "1 of 12 rows shown; 0; 1; 0");
    assert.equal(await find("\"winter sale\""), "1 of 12 rows shown; 0; 1; 0");
    assert.equal(await find("\"sale winter\""), "0 of 12 rows shown; 0; 0; 0");
    assert.equal(await find("PAID"), "1 of 12 rows shown; 0; 0; 1");
    await page.waitForFunction(() => CSS.highlights.get("found").size === 3);
    assert.equal(await find(""), "12 of 12 rows shown; 5; 5; 2");
    await page.locator("#kinds button", {hasText: "stays"}).click();
    assert.deepEqual(await keysOn(page), ["code=WELCOME10", "code=paid"]);
    assert.deepEqual(await texts(page, "#kinds .number"), ["5", "5", "2"]);
    await page.locator("#table").selectOption("public.Coupon");
    assert.deepEqual(await keysOn(page), ["code=WELCOME10"]);
    assert.deepEqual(await texts(page, "#kinds .number"), ["1", "0", "1"]);
    await page.locator("#clear").click();
    assert.equal(await rowsOn(page), 12);
  });
});

test("the address holds the filter", async () => {
  await reader.reading("shop", {hash: "#q=hats&kind=update,insert&table=public.Category"}, async page => {
    assert.deepEqual(await keysOn(page), ["slug=hats"]);
    assert.equal(await page.locator("#words").inputValue(), "hats");
    assert.equal(await page.locator("#table").inputValue(), "public.Category");
    assert.deepEqual(await texts(page, "#kinds [aria-pressed=true]"), ["insert 0", "update 1"]);
    await page.locator("#words").fill("a b&c=d");
    await page.waitForFunction(() => location.hash === "#q=a+b%26c%3Dd&kind=insert,update&table=public.Category");
    await page.evaluate(() => location.hash = "#kind=conflict");
    await page.waitForFunction(() => document.querySelectorAll("#list li").length === 2);
    assert.equal(await page.locator("#words").inputValue(), "");
    await page.locator(".counts a", {hasText: "public.Coupon"}).click();
    assert.deepEqual(await keysOn(page), ["code=AUTUMN", "code=WELCOME10"]);
    await page.locator("#clear").click();
    await page.waitForFunction(() => location.hash === "");
  });
});

test("everything is done by keys", async () => {
  await reader.reading("shop", {}, async page => {
    const press = async keys => {
      for (const key of keys.split(" ")) await page.keyboard.press(key);
    };
    await press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "words");
    await page.keyboard.type("j/k?f");
    assert.equal(await page.locator("#words").inputValue(), "j/k?f");
    await press("Escape");
    assert.equal(await page.locator("#words").inputValue(), "");
    await press("Escape j");
    assert.equal(await focused(page), "slug=scarves");
    await press("j ArrowDown");
    assert.equal(await focused(page), "slug=sale");
    await press("k ArrowUp ArrowUp");
    assert.equal(await focused(page), "slug=scarves");
    await press("End");
    assert.equal(await focused(page), "code=paid");
    await press("j Home");
    assert.equal(await focused(page), "slug=scarves");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid");
    const shown = async () => {
      await drawn(page);
      return page.locator("#list .cells:visible").count();
    };
    const all = await shown();
    await press("Enter");
    assert.equal(await shown(), all - 1);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "false");
    await press("Space");
    assert.equal(await shown(), all);
    await press("f");
    assert.equal(await shown(), 0);
    await press("f ?");
    assert.ok(await page.locator("#help").isVisible());
    await press("j Escape");
    assert.ok(await page.locator("#help").isHidden());
    await press("/");
    await page.keyboard.type("hats");
    await press("ArrowDown");
    assert.equal(await focused(page), "slug=hats");
    await press("Escape");
    assert.equal(await rowsOn(page), 12);
    assert.equal(await focused(page), "slug=hats");
  });
});

test("Tab reaches each control once, and one row of the list", async () => {
  await reader.reading("shop", {}, async page => {
    const seen = [];
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const one = await page.evaluate(() => {
        const {activeElement: now} = document;
        return now === document.body ? null : now.closest("li.row") ? "row"
          : now.id || now.dataset.kind || now.getAttribute("aria-label") || now.className || now.textContent;
      });
      if (one === null) break;
      seen.push(one);
    }
    for (const one of ["theme", "keys", "wide", "words", "table", "fold", "insert", "update", "conflict", "row", "wide"]) {
      assert.equal(seen.filter(each => each === one).length, 1, `${one} in ${seen.join()}`);
    }
    assert.equal(seen.at(-1), "row");
  });
});

test("hostile data is text, and can be seen", async () => {
  await reader.reading("hostile", {height: 3000}, async page => {
    assert.doesNotMatch(await page.title(), /^taken/);
    assert.equal(await page.locator("img, svg, iframe, object, embed, style:not(head style), link, base").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    assert.equal(await page.locator("[onerror], [onload], [onclick]").count(), 0);
    assert.ok((await keysOn(page)).includes(
      "</script><img src=x onerror=\"document.title='taken'\">=</script><img src=x onerror=\"document.title='taken'\">"));
    await page.locator("#words").fill("gnp.exe");
    const name = "\\u202egnp.exe\\u2066\\u200b\\u2028\\u0000\\u001b[31m\\u00a0\\ufeff\\u3164\\ud83d";
    assert.ok((await keysOn(page)).every(text => text === `${name}=${name}`));
    await page.locator("#words").fill("blank");
    assert.ok((await texts(page, "#list .key .value")).includes("\u00b7blank \\t at\\n\nboth ends\u00b7\u00b7"));
    const seen = await page.evaluate(() => document.body.innerText);
    assert.doesNotMatch(seen, /[\u202a-\u202e\u2066-\u2069\u200b\u2028\u0000\u001b\ufeff]/);
  });
});

test("dark and light are the system's until somebody chooses, and the choice stays", async () => {
  const paper = page => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await reader.reading("shop", {colorScheme: "dark"}, async page => {
    assert.equal(await paper(page), "rgb(18, 22, 28)");
    await page.emulateMedia({colorScheme: "light"});
    assert.equal(await paper(page), "rgb(255, 255, 255)");
    await page.locator("#theme").click();
    assert.equal(await paper(page), "rgb(18, 22, 28)");
    await page.reload();
    assert.equal(await paper(page), "rgb(18, 22, 28)");
    assert.equal(await page.locator("#theme").textContent(), "Light");
  });
});

test("the digest and commands are copied whole", async () => {
  await reader.reading("shop", {permissions: ["clipboard-read", "clipboard-write"]}, async page => {
    const digest = await page.locator(".databases code.copy").textContent();
    assert.match(digest, /^[0-9a-f]{64}$/);
    await page.locator(".databases .copying").click();
    await page.waitForFunction(() => document.querySelector(".databases .copying").textContent === "Copied");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), digest);
  });
});

test("prints every row, on white paper, without the controls", async () => {
  await reader.reading("shop", {colorScheme: "dark", height: 300}, async page => {
    assert.ok(await rowsOn(page) < 12);
    await page.evaluate(() => addEventListener("beforeprint", () => requestAnimationFrame(() =>
      window.printed = [...document.querySelectorAll("#list li")].length)));
    const paper = await page.pdf();
    assert.equal(await page.evaluate(() => window.printed), 12);
    assert.ok(paper.length > 10_000);
    await page.emulateMedia({media: "print"});
    assert.ok(await page.locator("#filter").isHidden());
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(255, 255, 255)");
  });
});

test("five thousand rows of ten cells stay light", async () => {
  await reader.reading("many", {}, async page => {
    const elements = () => page.evaluate(() => document.querySelectorAll("*").length);
    // All rows would be more than 300,000 elements.
    const most = 12_000;
    assert.equal(await page.locator("#shown").textContent(), "5,000 of 5,000 rows shown");
    await drawn(page);
    assert.ok(await elements() < most, `${await elements()} elements`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
    await drawn(page);
    const middle = await keysOn(page);
    assert.ok(middle.some(key => key.startsWith("id=Price-")), middle.join());
    assert.ok(await elements() < most, `${await elements()} elements`);
    await page.keyboard.press("j");
    assert.match(await focused(page), /^id=Price-/);
    // Rows that had the focus once leave nothing behind.
    for (let i = 0; i < 8; i++) {
      await page.evaluate(part => scrollTo(0, document.body.scrollHeight * part / 10), i);
      await drawn(page);
      await page.locator("#list .key").last().click();
    }
    await drawn(page);
    assert.ok(await elements() < most, `${await elements()} elements`);
    await page.keyboard.press("End");
    assert.equal(await focused(page), "id=Translation-999");
    await drawn(page);
    assert.ok(await elements() < most, `${await elements()} elements`);
    assert.ok(await page.evaluate(() => {
      const {top, bottom} = document.activeElement.getBoundingClientRect();
      return top > document.getElementById("filter").getBoundingClientRect().bottom && bottom < innerHeight;
    }));
  });
});

test("opening, typing and folding take no longer than the work that is on the screen", async () => {
  await reader.reading("many", {}, async page => {
    // What a plain table of 3,000 cells takes on this machine, now: the measure for everything else.
    const measure = () => page.evaluate(async () => {
      const start = performance.now();
      const table = document.body.appendChild(document.createElement("table"));
      for (let i = 0; i < 1000; i++) {
        const row = table.insertRow();
        for (let j = 0; j < 3; j++) row.insertCell().append(`cell ${i} ${j}`);
      }
      table.getBoundingClientRect();
      table.remove();
      return performance.now() - start;
    });
    await drawn(page);
    const unit = Math.max(await measure(), await measure(), 5);
    const loading = await page.evaluate(() => {
      const [{domInteractive, domContentLoadedEventEnd}] = performance.getEntriesByType("navigation");
      return domContentLoadedEventEnd - domInteractive;
    });
    const longest = await page.evaluate(async () => {
      let most = 0;
      const words = document.getElementById("words");
      for (const text of ["v", "va", "val", "value 1", "value 12", "value 123", "", "number 4"]) {
        const start = performance.now();
        words.value = text;
        words.dispatchEvent(new Event("input"));
        document.body.getBoundingClientRect();
        most = Math.max(most, performance.now() - start);
        await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
      }
      const start = performance.now();
      document.getElementById("fold").click();
      document.body.getBoundingClientRect();
      return Math.max(most, performance.now() - start);
    });
    assert.ok(loading < 15 * unit, `the script ran for ${loading} ms, a plain table takes ${unit} ms`);
    assert.ok(longest < 10 * unit, `a key took ${longest} ms, a plain table takes ${unit} ms`);
  });
});
