// The page's own functions, without a browser.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import vm from "node:vm";
import {PAGES} from "./pages.mjs";

const SCRIPTS = path.join(path.dirname(fileURLToPath(import.meta.url)),
  "../../main/resources/io/github/dbops/report/page");

function load(file, ...names) {
  const source = fs.readFileSync(path.join(SCRIPTS, file), "utf8");
  return vm.runInThisContext(`(() => {${source}\nreturn {${names.join()}};})()`);
}

const {visible, visibleName} = load("visible.js", "visible", "visibleName");
const {difference} = load("difference.js", "difference");
const {filterOf, hashOf, termsOf, candidates, NO_FILTER} =
  load("filter.js", "filterOf", "hashOf", "termsOf", "candidates", "NO_FILTER");

const join = parts => parts.map(part => part.text).join("");
const marked = parts => parts.map(part => part.changed ? `[${part.text}]` : part.text).join("");
const between = (before, after) => {
  const found = difference(before, after);
  return `${marked(found.before)} > ${marked(found.after)}`;
};

test("what the other reports escape, the page escapes alike", () => {
  const hidden = fs.readFileSync(path.join(PAGES, "hidden.txt"), "utf8").trimEnd().split("\n");
  assert.ok(hidden.length > 2000);
  for (const line of hidden) {
    const [code, escape] = line.split(" ");
    assert.equal(visibleName(String.fromCodePoint(parseInt(code, 16))), escape, code);
  }
});

test("parts of a text are the text, but for what cannot be seen", () => {
  assert.deepEqual(visible("a\u202eb\n"), [
    {text: "a", hidden: false, lineEnd: false},
    {text: "\\u202e", hidden: true, lineEnd: false},
    {text: "b", hidden: false, lineEnd: false},
    {text: "\\n", hidden: true, lineEnd: true},
  ]);
  for (const text of ["", "Grüße, мир, שלום", "\ud83d\ude00 e\u0301", "a\\nb"]) assert.equal(visibleName(text), text);
  assert.equal(visibleName("a\u00a0b\u3000"), "a\\u00a0b\\u3000");
  assert.equal(visibleName("\ud83d\u{e0041}"), "\\ud83d\\u{e0041}");
});

test("changed words are marked, and nothing else", () => {
  assert.equal(between("Hats", "Hats & caps"), "Hats > Hats[ & caps]");
  assert.equal(between("129.00", "119.00"), "[129].00 > [119].00");
  assert.equal(between("{\"a\": [1, 2]}", "{\"a\": [1, 2, 3]}"), "{\"a\": [1, 2]} > {\"a\": [1, 2[, 3]]}");
  assert.equal(between("the old cat sat", "the new cat sat down"), "the [old] cat sat > the [new] cat sat[ down]");
  assert.equal(between("a b", "a  b"), "a[ ]b > a[  ]b");
  assert.equal(between("cafe\u0301 au lait", "cafe au lait"), "[cafe\u0301] au lait > [cafe] au lait");
});

test("where everything changed nothing is marked", () => {
  assert.equal(between("Hats", "Shoes"), "Hats > Shoes");
  assert.equal(between("one, two, three", "four, five, six"), "one, two, three > four, five, six");
  assert.equal(between("", "x"), " > x");
});

test("the parts of a difference are both texts, and what is unmarked is equal, whatever the texts", () => {
  let seed = 1;
  const random = most => (seed = seed * 48271 % 2147483647) % most;
  const words = ["a", "b", "ab", " ", "  ", "\n", ",", ".", "7", "\ud83d\ude00", "\ud83d", "e\u0301", "_"];
  const text = () => Array.from({length: random(14)}, () => words[random(words.length)]).join("");
  for (let i = 0; i < 5000; i++) {
    const [before, after] = [text(), text()];
    const found = difference(before, after);
    assert.equal(join(found.before), before);
    assert.equal(join(found.after), after);
    const kept = parts => join(parts.filter(part => !part.changed));
    if ([...found.before, ...found.after].some(part => part.changed)) {
      assert.equal(kept(found.before), kept(found.after), JSON.stringify([before, after]));
    }
  }
});

test("long texts are compared in reasonable time", () => {
  const text = end => Array.from({length: 1500}, (_, i) => `word${i * 7 % 13}${end}`).join(" ");
  const start = performance.now();
  difference(text(""), text("x"));
  assert.ok(performance.now() - start < 2000);
});

test("an address is read as it is written", () => {
  for (const filter of [
    NO_FILTER,
    {words: "a \"b c\" & = # %", kinds: ["insert", "blocked"], table: "public.T a,b"},
    {words: "", kinds: [], table: "\u05d0"},
  ]) {
    assert.deepEqual({...filterOf(hashOf(filter))}, {...filter});
  }
  assert.equal(hashOf(NO_FILTER), "");
  assert.equal(filterOf("#changes"), null);
  assert.deepEqual(filterOf("#kind=insert,nonsense").kinds, ["insert"]);
});

test("every word must occur, in whatever part of the row", () => {
  assert.deepEqual(termsOf("  Hat \"red  hat\" x\""), ["hat", "red  hat", "x"]);
  const table = {name: "public.Category"};
  const row = {table, kind: "update", key: [["slug", "hats"]], cells: [["title", null, "Red Hat"]]};
  const finds = words => candidates([row], {...NO_FILTER, words}).length === 1;
  for (const words of ["category", "SLUG", "hats title", "\"red hat\"", "null", ""]) assert.ok(finds(words), words);
  for (const words of ["\"hats title\"", "shoes", "hat shoes"]) assert.ok(!finds(words), words);
  assert.equal(candidates([{...row, haystack: undefined, kind: "insert"}], {...NO_FILTER, words: "null"}).length, 0);
  assert.equal(candidates([row], {...NO_FILTER, table: "public.Other"}).length, 0);
});
