// Marks the filter's words in what is on the screen, without touching its elements.

/** Marks terms below an element. Browsers without highlights show none. */
function markFound(place, terms) {
  if (!("highlights" in CSS)) return;
  const ranges = terms.length === 0 ? [] : Array.from(place.querySelectorAll(".value, .column, .name"))
    .flatMap(one => rangesIn(one, terms));
  CSS.highlights.set("found", new Highlight(...ranges));
}

// A word may go over several text nodes: a changed part is an element of its own.
function rangesIn(one, terms) {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push({node: walker.currentNode, start: text.length});
    text += walker.currentNode.data;
  }
  const lower = text.toLowerCase();
  // A few capitals become two letters, which would move everything after them.
  if (lower.length !== text.length) return [];
  return terms.flatMap(term => positions(lower, term).map(start => rangeOf(nodes, start, start + term.length)));
}

function positions(text, term) {
  const found = [];
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) found.push(at);
  return found;
}

function rangeOf(nodes, start, end) {
  const range = new Range();
  const holding = position => nodes.findLast(one => one.start <= position);
  const first = holding(start);
  const last = holding(end - 1);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}
