// The list of rows. Thousands of them would make thousands of elements a hundred times over; so only chunks near the
// screen have any, and the others keep their place by their height.

const ROWS_IN_CHUNK = 30;
const NEAR = "1000px";

class RowList {
  #place;
  #observer;
  #chunks = [];
  #rows = [];
  #stop = null;

  /** A list in an element; empty. */
  constructor(place) {
    this.#place = place;
    this.#observer = new IntersectionObserver(seen => seen.forEach(one => this.#turn(one)), {rootMargin: `${NEAR} 0px`});
    // Another width, other heights: what is not on the screen is estimated anew.
    let width = window.innerWidth;
    window.addEventListener("resize", () => {
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      this.#chunks.filter(chunk => !chunk.filled).forEach(chunk => rest(chunk, estimate(chunk.rows)));
    });
    window.addEventListener("beforeprint", () => this.#chunks.forEach(fill));
    window.addEventListener("afterprint", () => this.#watch());
    place.addEventListener("focusin", event => this.#take(event.target.closest("li")));
  }

  /** Shows these rows, which stand by table, in place of those before. A row that has the focus keeps it. */
  show(rows) {
    const held = document.activeElement?.closest("#list li")?.row;
    this.#rows = rows;
    this.#chunks = [];
    this.#stop = null;
    rows.forEach((row, i) => {
      row.place = i + 1;
      row.outOf = rows.length;
    });
    this.#place.replaceChildren(...byTable(rows).map(part => this.#section(part)));
    if (this.#chunks.length > 0) {
      fill(this.#chunks[0]);
      this.#rest(target(this.#chunks[0].element.firstElementChild));
    }
    this.#watch();
    if (rows.includes(held)) this.focus(held.place - 1);
  }

  /** Moves the focus by so many rows; from nowhere to the first that can be seen. */
  move(by) {
    const at = document.activeElement?.closest("#list li")?.row.place;
    const next = at === undefined ? this.#firstSeen() : at - 1 + by;
    this.focus(Math.max(0, Math.min(this.#rows.length - 1, next)));
  }

  /** Focuses a row, from 0; negative from the end. */
  focus(place) {
    const row = this.#rows.at(place);
    if (!row) return;
    const chunk = this.#chunks.find(one => one.rows.includes(row));
    fill(chunk);
    const item = Array.from(chunk.element.children).find(one => one.row === row);
    target(item).focus({preventScroll: true});
    item.scrollIntoView({block: "nearest"});
  }

  /** Folds and unfolds elements as their rows now say. */
  refold() {
    for (const chunk of this.#chunks) {
      if (chunk.filled) Array.from(chunk.element.children).filter(item => item.row.cells.length > 0)
        .forEach(item => setFolded(item, item.row.folded));
      else rest(chunk, estimate(chunk.rows));
    }
  }

  #section({table, rows}) {
    const title = element("h3", "", element("span", "name", visibleName(table.name)),
      element("span", "quiet", [table.mode, table.policy].filter(word => word).join(", ")),
      element("span", "quiet", `${amount(rows.length)} of ${amount(table.found)} rows`));
    if (table.protectedBy !== null) title.append(element("span", "shield", `protected by ${visibleName(table.protectedBy)}`));
    const section = element("section", "rows", title);
    for (let i = 0; i < rows.length; i += ROWS_IN_CHUNK) {
      const chunk = {element: element("ol", "chunk"), rows: rows.slice(i, i + ROWS_IN_CHUNK), filled: false};
      chunk.element.setAttribute("role", "list");
      chunk.element.chunk = chunk;
      rest(chunk, estimate(chunk.rows));
      this.#chunks.push(chunk);
      section.append(chunk.element);
    }
    return section;
  }

  // Whoever is watched anew is told of at once, near the screen or not.
  #watch() {
    this.#observer.disconnect();
    this.#chunks.forEach(chunk => this.#observer.observe(chunk.element));
  }

  #turn({target: chunkElement, isIntersecting}) {
    const {chunk} = chunkElement;
    if (isIntersecting) fill(chunk);
    else if (chunk.filled && !chunkElement.contains(document.activeElement) && !chunkElement.contains(this.#stop)) {
      rest(chunk, chunkElement.offsetHeight);
    }
  }

  #firstSeen() {
    const item = Array.from(this.#place.querySelectorAll("li"))
      .find(one => one.getBoundingClientRect().top >= barHeight());
    return item === undefined ? 0 : item.row.place - 1;
  }

  #take(item) {
    if (item) this.#rest(target(item));
  }

  // The one row that Tab reaches; arrows go on from there. The chunk that it leaves may be far from the screen by now.
  #rest(stop) {
    const left = this.#stop?.closest(".chunk");
    if (this.#stop) this.#stop.tabIndex = -1;
    this.#stop = stop;
    stop.tabIndex = 0;
    if (left && !left.contains(stop)) {
      this.#observer.unobserve(left);
      this.#observer.observe(left);
    }
  }
}

function byTable(rows) {
  const parts = [];
  for (const row of rows) {
    if (parts.at(-1)?.table !== row.table) parts.push({table: row.table, rows: []});
    parts.at(-1).rows.push(row);
  }
  return parts;
}

function fill(chunk) {
  if (chunk.filled) return;
  chunk.filled = true;
  chunk.element.replaceChildren(...chunk.rows.map(rowElement));
  chunk.element.style.height = "";
  chunk.element.dispatchEvent(new CustomEvent("filled", {bubbles: true}));
}

function rest(chunk, height) {
  chunk.filled = false;
  chunk.element.replaceChildren();
  chunk.element.style.height = `${height}px`;
}

// Near enough for a scroll bar; what is seen has its true height.
function estimate(rows) {
  const lines = row => row.folded ? 0 : row.kind === "insert" ? Math.ceil(row.cells.length / 3) : row.cells.length;
  return rows.reduce((sum, row) => sum + 31 + 24 * lines(row), 0);
}

function amount(number) {
  return number.toLocaleString("en-US");
}

function barHeight() {
  return document.getElementById("filter").getBoundingClientRect().bottom;
}
