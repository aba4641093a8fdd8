// The live side of DirectionBoard: draws one table once, then refreshes it in place.
//
// Python owns every decision. A click is sent as a message, never as a trait: the front end merges trait
// changes while the kernel is busy, and a merged change would be a lost choice. Python answers each message by
// setting `decisions`, `steps` and `status` together. All text comes from APIs and is set as text, never as HTML.

const METHODS = ["add", "update", "delete"];
const LEAVE_OUT = "Leave out";
const DIRECTIONS = ["To iPaaS.com", "From iPaaS.com", "Bi-directional", LEAVE_OUT];
const SYMBOLS = { possible: "✓", "possible with defaults": "◐", unknown: "?", blocked: "✕" };
const FILTERS = {
  All: () => true,
  Undecided: (row) => !row.saved,
  Decided: (row) => Boolean(row.saved),
  "Against the evidence": (row) => row.against.length > 0,
};
const PATIENCE = 5000; // milliseconds without an answer after which the reader is told

function element(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A long name, with places where it may break: after an underscore, a dot, a slash.
function breakable(name) {
  return name.split(/(?<=[_./])/).flatMap((part, index) => (index ? [element("wbr"), part] : [part]));
}

// A disabled button would drop the keyboard focus it holds; an aria-disabled one keeps it and does nothing.
function button(text, label, action) {
  const node = element("button", { type: "button", textContent: text, ariaLabel: label });
  node.addEventListener("click", () => node.ariaDisabled !== "true" && action());
  return node;
}

function verdictLine(method, verdict) {
  const { outcome, reason } = verdict;
  return element(
    "span",
    { className: "ddb-verdict", title: reason },
    element("span", { className: "ddb-method", textContent: method }),
    " ",
    element(
      "span",
      { className: "ddb-outcome", "data-outcome": outcome },
      element("span", { ariaHidden: "true", className: "ddb-symbol", textContent: SYMBOLS[outcome] ?? "·" }),
      `\u00a0${outcome}`,
    ),
  );
}

function reasonList(verdicts) {
  const items = METHODS.filter((method) => verdicts[method]).flatMap((method) => {
    const { outcome, reason, findings = [] } = verdicts[method];
    const lines = [reason, ...findings].filter(Boolean);
    return [
      element("dt", { textContent: `${method}: ${outcome}` }),
      ...(lines.length ? lines : ["No reason is recorded."]).map((text) => element("dd", { textContent: text })),
    ];
  });
  return element("dl", { className: "ddb-reasons" }, ...items);
}

// The outcomes of one direction; the reasons open by mouse or keyboard and are built when first opened.
function evidenceCell(verdicts) {
  const known = METHODS.filter((method) => verdicts?.[method]);
  if (known.length === 0) return element("td", { className: "ddb-none", textContent: "no evidence yet" });
  const summary = element("summary", {}, ...known.map((method) => verdictLine(method, verdicts[method])));
  const details = element("details", { className: "ddb-evidence" }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(reasonList(verdicts));
  });
  return element("td", {}, details);
}

// One collection pair: its controls, what is saved of it, and what the reader has typed but not yet saved.
class Row {
  constructor(pair, group, send) {
    this.pair = pair;
    this.send = send;
    this.saved = null;
    this.waiting = false; // for the answer to a choice of ours
    this.against = [];
    this.drawn = undefined; // the decision that is on screen, as JSON
    this.radios = DIRECTIONS.map((direction) => this.radio(direction, group));
    this.boxes = METHODS.map((method) => this.box(method));
    this.why = element("textarea", { rows: 2, className: "ddb-why", ariaLabel: `Why, for ${pair.key}` });
    this.why.addEventListener("input", () => (this.typed = true));
    this.why.addEventListener("change", () => this.decide());
    this.why.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.why.blur(); // which saves; Enter is a new line
    });
    this.clear = button("Clear", `Clear the decision for ${pair.key}`, () =>
      send({ do: "undecide", key: pair.key, seen: this.saved }),
    );
    this.note = element("div", { className: "ddb-note" });
    this.element = this.draw();
  }

  radio(direction, group) {
    const input = element("input", { type: "radio", name: group, value: direction });
    input.addEventListener("change", () => this.decide());
    return input;
  }

  box(method) {
    const input = element("input", { type: "checkbox", value: method });
    input.addEventListener("change", () => this.decide());
    return input;
  }

  draw() {
    const { key, collection, third_party: thirdParty, gone, to, from } = this.pair;
    const lost = gone ? [element("span", { className: "ddb-gone", textContent: "no longer found" })] : [];
    const named = (input) => element("label", {}, input, element("span", { textContent: input.value }));
    const group = (role, label, inputs) =>
      element("div", { role, ariaLabel: label, className: "ddb-choices" }, ...inputs.map(named));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, ...breakable(collection), ...lost),
      element("td", { className: "ddb-name" }, ...breakable(thirdParty || "no counterpart")),
      evidenceCell(to),
      evidenceCell(from),
      element("td", {}, group("radiogroup", `Direction for ${key}`, this.radios), this.clear),
      element("td", {}, group("group", `Methods for ${key}`, this.boxes)),
      element("td", { className: "ddb-reason" }, this.why, this.note),
    );
  }

  // Where no flow was decided yet and no method is checked, Python proposes what the evidence allows.
  decide() {
    const direction = this.radios.find((radio) => radio.checked)?.value;
    const checked = this.boxes.filter((box) => box.checked).map((box) => box.value);
    if (!direction) {
      this.note.replaceChildren(line("Not saved yet: choose a direction."));
      return;
    }
    if (this.asksForReason(direction)) return;
    const first = !this.saved || this.saved.direction === LEAVE_OUT;
    const methods = first && checked.length === 0 ? null : checked;
    // So that nobody's newer choice is overwritten unseen; while an answer is awaited, the newest choice is our own.
    const seen = this.waiting ? {} : { seen: this.saved };
    this.waiting = true;
    this.send({ do: "decide", key: this.pair.key, direction, methods, why: this.why.value.trim(), ...seen });
  }

  // A reason was given for one direction; another one needs its own. The old one is shown greyed, and comes back.
  asksForReason(direction) {
    const old = this.saved?.why;
    const text = this.why.value.trim();
    if (!old || (text && text !== old)) return false;
    if (direction === this.saved.direction) return this.offersOld();
    this.why.placeholder = old;
    this.why.value = "";
    this.note.replaceChildren(line(`Not saved yet: say why ${direction}.`));
    return true;
  }

  offersOld() {
    if (!this.why.placeholder) return false;
    this.why.value = this.why.placeholder;
    this.why.placeholder = "";
    this.note.replaceChildren(...noteOf(this.saved));
    return true;
  }

  refresh(decision, failed = false) {
    this.offersOld();
    const json = JSON.stringify(decision ?? null);
    const unchanged = json === this.drawn;
    this.saved = decision ?? null;
    this.waiting = false;
    this.against = decision?.against ?? [];
    this.drawn = json;
    for (const radio of this.radios) radio.checked = decision?.direction === radio.value;
    for (const box of this.boxes) box.checked = Boolean(decision?.methods.includes(box.value));
    if (unchanged && !failed && !this.typed) return;
    this.refreshWhy(decision, failed);
    this.clear.ariaDisabled = String(!decision);
    this.element.classList.toggle("ddb-decided", Boolean(decision));
    this.element.classList.toggle("ddb-against", this.against.length > 0);
  }

  // Text that could not be saved stays in its field, marked: the reader should not have to type it again.
  refreshWhy(decision, failed) {
    const why = decision?.why ?? "";
    this.typed = Boolean(this.typed) && this.why.value.trim() !== why;
    this.why.ariaInvalid = String(this.typed && failed);
    if (!this.typed && this.why.value !== why) this.why.value = why;
    this.note.replaceChildren(...(this.typed && failed ? [line("Not saved.", "ddb-warning")] : noteOf(decision)));
  }

  get text() {
    const { collection, third_party: thirdParty } = this.pair;
    return `${collection} ${thirdParty} ${this.why.value}`.toLowerCase();
  }
}

function line(text, className = "") {
  return element("div", { textContent: text, className });
}

function noteOf(decision) {
  if (!decision) return [];
  const { against, by, on, direction, methods } = decision;
  const lines = against.map((fact) => line(`Against the evidence: ${fact}`, "ddb-warning"));
  if (direction !== LEAVE_OUT && methods.length === 0) lines.push(line("No method is chosen.", "ddb-warning"));
  const who = [by && `by ${by}`, on && `on ${on}`].filter(Boolean).join(" ");
  return who ? [...lines, line(`Decided ${who}`)] : lines;
}

class Board {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.view = Math.random().toString(36).slice(2); // crypto.randomUUID is missing on plain http
    this.sent = 0;
    this.pending = new Map(); // request id -> the pair it is about, "" for undo and redo
    this.rows = model.get("rows").map((pair, index) => this.row(pair, index));
    this.draw();
    this.listen();
    this.refresh();
    this.applyFilter();
  }

  row(pair, index) {
    return new Row(pair, `${this.view}-${index}`, (request) => this.send(request));
  }

  draw() {
    this.counter = element("strong", { role: "status", className: "ddb-counter" });
    this.undo = button("Undo", "Undo the last choice", () => this.send({ do: "undo" }));
    this.redo = button("Redo", "Redo the choice taken back", () => this.send({ do: "redo" }));
    this.by = element("input", { type: "text", value: this.model.get("by"), autocomplete: "off" });
    this.search = element("input", { type: "search", placeholder: "Collection or reason" });
    this.filters = Object.keys(FILTERS).map((name) => this.filter(name));
    this.shown = element("p", { className: "ddb-shown", role: "status" });
    this.state = element("p", { className: "ddb-state", role: "status" });
    this.error = element("p", { className: "ddb-error", role: "alert" });
    this.area = this.rows.length ? this.table() : element("p", { className: "ddb-empty", textContent: EMPTY });
    this.root.classList.add("ddb");
    this.root.append(this.tools(), this.chooser(), this.error, this.area, this.shown, this.state);
  }

  tools() {
    const by = element("label", {}, "Decided by ", this.by);
    return element("div", { className: "ddb-bar" }, this.counter, by, element("span", {}, this.undo, this.redo));
  }

  chooser() {
    const choices = this.filters.map((input) => element("label", {}, input, element("span", {}, input.value)));
    const show = element("div", { role: "radiogroup", ariaLabel: "Show", className: "ddb-filters" }, ...choices);
    return element("div", { className: "ddb-bar" }, show, element("label", {}, "Search ", this.search));
  }

  filter(name) {
    const input = element("input", { type: "radio", name: `${this.view}-show`, value: name, checked: name === "All" });
    input.addEventListener("change", () => this.applyFilter());
    return input;
  }

  table() {
    const heads = HEADS.map((text) => element("th", { scope: "col", textContent: text }));
    const columns = HEADS.map(() => element("col"));
    const body = element("tbody", {}, ...this.rows.map((row) => row.element));
    const head = element("thead", {}, element("tr", {}, ...heads));
    const table = element("table", { ariaLabel: "Directions" }, element("colgroup", {}, ...columns), head, body);
    return element("div", { className: "ddb-scroll", tabIndex: 0, role: "region", ariaLabel: "Collections" }, table);
  }

  listen() {
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.search.addEventListener("input", () => this.applyFilter());
    this.onStatus = () => this.answered();
    this.onRows = () => this.rebuild();
    this.model.on("change:status", this.onStatus);
    this.model.on("change:rows", this.onRows);
  }

  dispose() {
    clearTimeout(this.timer);
    this.model.off("change:status", this.onStatus);
    this.model.off("change:rows", this.onRows);
  }

  // JupyterLab would take letters and arrows for itself: "b" inserts a cell, "d d" deletes this one.
  key(event) {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "s") return; // saving the notebook stays JupyterLab's
    event.stopPropagation();
    const typing = event.target.matches("input[type=text], input[type=search], textarea");
    if (!command || typing || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    (event.shiftKey ? this.redo : this.undo).click();
  }

  send(request) {
    const id = `${this.view}-${++this.sent}`;
    this.pending.set(id, request.key ?? "");
    setText(this.state, "Saving…");
    this.model.send({ ...request, by: this.by.value.trim(), request: id });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pending.size && setText(this.state, NO_ANSWER), PATIENCE);
  }

  answered() {
    const { request, error } = this.model.get("status");
    const about = this.pending.get(request);
    this.pending.delete(request);
    this.refresh(error ? about : undefined);
  }

  // Rows whose next answer is still on its way keep what the reader chose.
  refresh(failed) {
    const waiting = new Set(this.pending.values());
    const decisions = this.model.get("decisions");
    for (const row of this.rows) {
      const { key } = row.pair;
      if (!waiting.has(key)) row.refresh(decisions[key], key === failed);
    }
    const { saved, error } = this.model.get("status");
    const { undo, redo } = this.model.get("steps");
    this.undo.ariaDisabled = String(!undo);
    this.redo.ariaDisabled = String(!redo);
    setText(this.error, error);
    setText(this.state, waiting.size ? "Saving…" : saved);
    this.count();
  }

  count() {
    const decided = this.rows.filter(FILTERS.Decided).length;
    const against = this.rows.filter(FILTERS["Against the evidence"]).length;
    const doubt = against ? `, ${against} against the evidence` : "";
    setText(this.counter, `${decided} of ${this.rows.length} decided${doubt}`);
  }

  // Only when asked: a row that vanished as soon as it was decided would take the keyboard focus with it.
  applyFilter() {
    const fits = FILTERS[this.filters.find((input) => input.checked).value];
    const wanted = this.search.value.trim().toLowerCase();
    for (const row of this.rows) row.element.hidden = !(fits(row) && row.text.includes(wanted));
    const left = this.rows.filter((row) => !row.element.hidden).length;
    const all = left === this.rows.length;
    const none = "No pair fits the filter and the search.";
    setText(this.shown, all ? "" : left ? `Showing ${left} of ${this.rows.length} pairs.` : none);
  }

  // Other evidence or other pairs: drawn anew, which is rare enough to cost the focus.
  rebuild() {
    this.rows = this.model.get("rows").map((pair, index) => this.row(pair, index));
    const area = this.rows.length ? this.table() : element("p", { className: "ddb-empty", textContent: EMPTY });
    this.area.replaceWith(area);
    this.area = area;
    this.refresh();
    this.applyFilter();
  }
}

const HEADS = [
  "iPaaS.com",
  "Third party",
  "Evidence To iPaaS.com",
  "Evidence From iPaaS.com",
  "Direction",
  "Methods",
  "Why",
];
const EMPTY = "The worksheet holds no collection pairs yet. Compare two collections first, then show the board again.";
const NO_ANSWER = 
  "No answer from the kernel yet: the last choice is not saved. If the kernel was restarted, run this cell again.";

function render({ model, el }) {
  const board = new Board(model, el);
  return () => board.dispose();
}

export default { render };
