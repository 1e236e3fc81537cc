// Puts the page together: the filter and its address, keys, copying, the theme.

const at = id => document.getElementById(id);
const data = JSON.parse(at("data").textContent);
const rows = data.tables.flatMap(table => table.rows.map(row => Object.assign(row, {table, folded: false})));
const list = new RowList(at("list"));
let filter = filterOf(location.hash) ?? NO_FILTER;
let marking = 0;
let remembering = 0;

function filterBy(change) {
  const above = at("list").getBoundingClientRect().top < 0;
  filter = {...filter, ...change};
  show();
  rememberSoon();
  // What was found stands below the bar, not somewhere above the screen.
  if (above) at("changes").scrollIntoView();
}

function show() {
  const {words, kinds, table} = filter;
  if (at("words").value !== words) at("words").value = words;
  at("table").value = table;
  const found = candidates(rows, filter);
  for (const button of at("kinds").children) {
    const {kind} = button.dataset;
    button.setAttribute("aria-pressed", String(kinds.includes(kind)));
    button.lastElementChild.textContent = amount(found.filter(row => row.kind === kind).length);
  }
  const shown = kinds.length === 0 ? found : found.filter(row => kinds.includes(row.kind));
  at("clear").disabled = hashOf(filter) === "";
  at("shown").textContent = `${amount(shown.length)} of ${amount(rows.length)} rows shown`;
  list.show(shown);
  markSoon();
}

function markSoon() {
  cancelAnimationFrame(marking);
  marking = requestAnimationFrame(() => markFound(at("list"), termsOf(filter.words)));
}

// Browsers refuse an address that changes with every key.
function rememberSoon() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    history.replaceState(null, "", hashOf(filter) || location.pathname + location.search);
  }, 300);
}

function foldAll() {
  const folded = rows.some(row => row.cells.length > 0 && !row.folded);
  rows.forEach(row => row.folded = folded);
  list.refold();
  at("fold").textContent = folded ? "Unfold all" : "Fold all";
}

function kindButton(kind) {
  const button = element("button", `toggle ${kind}`, SAYS[kind], " ", element("span", "number", ""));
  button.type = "button";
  button.dataset.kind = kind;
  button.addEventListener("click", () => filterBy({
    kinds: filter.kinds.includes(kind) ? filter.kinds.filter(one => one !== kind) : [...filter.kinds, kind],
  }));
  return button;
}

function setUpFilter() {
  for (const table of data.tables) at("table").append(new Option(visibleName(table.name), table.name));
  for (const kind of KINDS.filter(one => rows.some(row => row.kind === one))) at("kinds").append(kindButton(kind));
  at("filter").hidden = false;
  at("fold").hidden = !rows.some(row => row.cells.length > 0);
  new ResizeObserver(() =>
    document.documentElement.style.setProperty("--bar", `${at("filter").offsetHeight}px`)).observe(at("filter"));
  at("words").addEventListener("input", () => filterBy({words: at("words").value}));
  at("table").addEventListener("change", () => filterBy({table: at("table").value}));
  at("clear").addEventListener("click", () => filterBy(NO_FILTER));
  at("fold").addEventListener("click", foldAll);
  at("filter").addEventListener("submit", event => event.preventDefault());
  at("list").addEventListener("filled", markSoon);
  at("list").addEventListener("click", event => {
    const item = event.target.closest("button.head")?.parentElement;
    if (item) setFolded(item, !item.row.folded);
  });
  for (const link of document.querySelectorAll(".counts a")) {
    link.addEventListener("click", event => {
      event.preventDefault();
      filterBy({...NO_FILTER, table: filterOf(link.hash).table});
      at("changes").scrollIntoView();
    });
  }
  window.addEventListener("hashchange", () => {
    filter = filterOf(location.hash) ?? filter;
    show();
  });
  show();
  if (hashOf(filter) !== "") at("changes").scrollIntoView();
}

const EVERYWHERE = {
  "/": () => {
    at("words").focus();
    at("words").select();
  },
  Escape: () => filterBy(NO_FILTER),
  j: () => list.move(1),
  k: () => list.move(-1),
  f: foldAll,
};

const IN_LIST = {
  ArrowDown: () => list.move(1),
  ArrowUp: () => list.move(-1),
  Home: () => list.focus(0),
  End: () => list.focus(-1),
};

const IN_WORDS = {
  ArrowDown: () => list.focus(0),
  Escape: () => hashOf(filter) === "" ? at("words").blur() : filterBy(NO_FILTER),
};

// Where a text is typed, a letter is a letter.
function actionOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || at("help").open) return undefined;
  if (event.target === at("words")) return IN_WORDS[event.key];
  if (event.key === "?") return () => at("help").showModal();
  if (rows.length === 0 || event.target === at("table")) return undefined;
  return EVERYWHERE[event.key] ?? (at("list").contains(event.target) ? IN_LIST[event.key] : undefined);
}

function setUpKeys() {
  at("keys").hidden = false;
  at("keys").addEventListener("click", () => at("help").showModal());
  document.addEventListener("keydown", event => {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function setUpCopying() {
  for (const code of document.querySelectorAll("code.copy")) {
    const button = element("button", "copying", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy ${code.textContent}`);
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        document.execCommand("copy");
      }
      button.textContent = "Copied";
      setTimeout(() => button.textContent = "Copy", 2000);
    });
    code.after(button);
  }
}

// The theme is the system's until somebody chooses. Some browsers remember nothing for pages from disk.
function setUpTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("dbops.theme");
  } catch {}
  const scheme = () => chosen ?? (system.matches ? "dark" : "light");
  const paint = () => {
    document.documentElement.style.colorScheme = chosen ?? "";
    at("theme").textContent = scheme() === "dark" ? "Light" : "Dark";
  };
  at("theme").hidden = false;
  at("theme").addEventListener("click", () => {
    chosen = scheme() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("dbops.theme", chosen);
    } catch {}
    paint();
  });
  system.addEventListener("change", paint);
  paint();
}

setUpTheme();
setUpCopying();
setUpKeys();
if (rows.length > 0) setUpFilter();
