// One row as elements. Data becomes text nodes only.

const SAYS = {
  insert: "insert",
  update: "update",
  conflict: "stays",
  blocked: "blocked",
  duplicate: "duplicate",
};

/** An element with classes and content: nodes, or texts. */
function element(tag, classes, ...content) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...content);
  return made;
}

/** The element of a row. */
function rowElement(row) {
  const item = element("li", `row ${row.kind}`);
  item.row = row;
  item.setAttribute("aria-posinset", row.place);
  item.setAttribute("aria-setsize", row.outOf);
  const opens = row.cells.length > 0;
  const head = element(opens ? "button" : "div", "head",
    element("span", "kind", SAYS[row.kind]), keyElement(row.key));
  if (row.missing) head.append(element("span", "remark", "misses ", valueElement("span", [whole(row.missing)])));
  item.append(head);
  if (opens) {
    head.type = "button";
    head.append(element("span", "columns", row.cells.map(([column]) => visibleName(column)).join(", ")));
    setFolded(item, row.folded);
  }
  target(item).tabIndex = -1;
  return item;
}

/** What of a row's element takes the focus. */
function target(item) {
  return item.row.cells.length > 0 ? item.firstElementChild : item;
}

/** Folds or unfolds a row's cells, which are made when they are first seen. */
function setFolded(item, folded) {
  item.row.folded = folded;
  item.firstElementChild.setAttribute("aria-expanded", String(!folded));
  if (!folded && !item.querySelector(".cells")) item.append(cellsElement(item.row));
  item.classList.toggle("folded", folded);
}

function keyElement(key) {
  const made = element("span", "key");
  key.forEach(([column, value], i) => {
    made.append(i > 0 ? ", " : "", element("span", "column", `${visibleName(column)}=`), valueElement("span", [whole(value)]));
  });
  return made;
}

// An insert has nothing before.
function cellsElement(row) {
  return row.kind === "insert" ? freshCells(row) : changedCells(row);
}

function freshCells(row) {
  const list = element("dl", "cells fresh");
  for (const [column, , after] of row.cells) {
    list.append(element("div", "", element("dt", "column", visibleName(column)),
      element("dd", "", valueElement("span", [whole(after)]))));
  }
  return list;
}

function changedCells(row) {
  const table = element("table", "cells");
  const stays = row.kind === "conflict";
  const titles = element("tr", "", ...["column", stays ? "target, stays" : "before", stays ? "source" : "after"]
    .map(title => element("th", "", title)));
  table.append(element("colgroup", "", element("col", "name")), element("thead", "unseen", titles));
  for (const [column, before, after] of row.cells) {
    table.append(cellRow(column, before, after, stays));
  }
  return table;
}

function cellRow(column, before, after, stays) {
  const name = element("th", "column", visibleName(column));
  name.scope = "row";
  const line = element("tr", "", name);
  const sides = before === null || after === null
    ? {before: [whole(before)], after: [whole(after)]}
    : difference(before, after);
  line.append(
    element("td", "before", valueElement(stays ? "span" : "del", sides.before)),
    element("td", "after", valueElement(stays ? "span" : "ins", sides.after)));
  // Masked, or shortened before the place where they differ.
  if (before === after) line.lastChild.append(element("span", "remark", "differs in what is not shown"));
  return line;
}

function whole(value) {
  return {text: value, changed: false};
}

// SQL NULL, an empty text and the text NULL must not pass for each other.
function valueElement(tag, parts) {
  if (parts[0].text === null) return element(tag, "value null", "NULL");
  const text = parts.map(part => part.text).join("");
  if (text === "") return element(tag, "value empty", "empty");
  const made = element(tag, text.toUpperCase() === "NULL" ? "value quoted" : "value");
  let position = 0;
  for (const part of parts) {
    const place = part.changed ? made.appendChild(element("b", "")) : made;
    appendVisible(place, part.text, position === 0, position + part.text.length === text.length);
    position += part.text.length;
  }
  return made;
}

// Blanks at a value's ends are seen as little as a mark of no width.
function appendVisible(place, text, first, last) {
  const start = first ? /^ */.exec(text)[0].length : 0;
  const end = last ? Math.max(start, text.length - / *$/.exec(text)[0].length) : text.length;
  appendEscape(place, "\u00b7".repeat(start));
  for (const part of visible(text.slice(start, end))) {
    if (part.hidden) appendEscape(place, part.text);
    else place.append(part.text);
    if (part.lineEnd) place.append("\n");
  }
  appendEscape(place, "\u00b7".repeat(text.length - end));
}

function appendEscape(place, text) {
  if (text !== "") place.append(element("i", "escape", text));
}
