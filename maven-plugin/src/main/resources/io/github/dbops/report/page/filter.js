// Which rows are shown: words, kinds, a table; and how the page's address says so.

const KINDS = ["insert", "update", "conflict", "blocked", "duplicate"];

/** A filter that lets everything through. */
const NO_FILTER = Object.freeze({words: "", kinds: [], table: ""});

/** The filter that an address holds; null where it holds none, such as a link to a section. */
function filterOf(hash) {
  const text = hash.replace(/^#/, "");
  if (text !== "" && !text.includes("=")) return null;
  const fields = new URLSearchParams(text);
  const asked = (fields.get("kind") ?? "").split(",");
  return {
    words: fields.get("q") ?? "",
    kinds: KINDS.filter(kind => asked.includes(kind)),
    table: fields.get("table") ?? "",
  };
}

/** The address of a filter; empty where it lets everything through. */
function hashOf({words, kinds, table}) {
  const fields = new URLSearchParams();
  if (words.trim() !== "") fields.set("q", words.trim());
  if (kinds.length > 0) fields.set("kind", kinds.join(","));
  if (table !== "") fields.set("table", table);
  const text = fields.toString().replaceAll("%2C", ",");
  return text === "" ? "" : `#${text}`;
}

/** What must all occur in a row: words, and "several words" in quotes. */
function termsOf(words) {
  return Array.from(words.toLowerCase().matchAll(/"([^"]+)"|([^\s"]+)/g), ([, quoted, word]) => quoted ?? word);
}

/** Everything of a row that a word is looked for in, a line each. */
function haystack(row) {
  return row.haystack ??= [row.table.name, ...row.key.flat(), ...row.cells.flatMap(cell => sides(row, cell))]
    .map(text => text ?? "null").join("\n").toLowerCase();
}

// An insert has nothing before, which is no NULL that anybody looks for.
function sides({kind}, [column, before, after]) {
  return kind === "insert" ? [column, after] : [column, before, after];
}

/** Rows that words and table let through, whatever their kind. */
function candidates(rows, {words, table}) {
  const terms = termsOf(words);
  return rows.filter(row =>
    (table === "" || row.table.name === table) && terms.every(term => haystack(row).includes(term)));
}
