// The live side of DirectionBoard: draws one table once, then refreshes it in place.
import { View, breakable, button, chooser, element, line, setText } from "./board.js";

/** @typedef {import("./board.js").Values} Values */
/** @typedef {import("./board.js").Model} Model */

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
  /** @param {Values} pair @param {string} group @param {View} view */
  constructor(pair, group, view) {
    this.pair = pair;
    this.view = view;
    /** @type {Values | null} */
    this.saved = null;
    this.typed = false;
    /** @type {string[]} */
    this.against = [];
    /** @type {string | undefined} */
    this.drawn = undefined; // the decision that is on screen, as JSON
    this.radios = DIRECTIONS.map((direction) => this.radio(direction, group));
    this.boxes = METHODS.map((method) => this.box(method));
    this.why = element("textarea", { rows: 2, className: "ddb-why", ariaLabel: `Why, for ${pair.key}` });
    this.why.addEventListener("input", () => (this.typed = true));
    view.whileTyping(this.why, () => this.decide(`why ${pair.key}`));
    this.why.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.why.blur(); // which saves; Enter is a new line
    });
    this.clear = button("Clear", `Clear the decision for ${pair.key}`, () =>
      view.send({ do: "undecide", key: pair.key, seen: this.saved }),
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
  /** @param {string} [label] under which texts being typed are one change */
  decide(label) {
    const direction = this.radios.find((radio) => radio.checked)?.value;
    const checked = this.boxes.filter((box) => box.checked).map((box) => box.value);
    if (!direction) {
      this.note.replaceChildren(line("Not saved yet: choose a direction."));
      return;
    }
    if (this.asksForReason(direction)) return;
    const first = !this.saved || this.saved.direction === LEAVE_OUT;
    const methods = first && checked.length === 0 ? null : checked;
    const { key } = this.pair;
    this.view.send({ do: "decide", key, direction, methods, why: this.why.value.trim(), seen: this.saved, label });
  }

  // A reason was given for one direction; another one needs its own. The old one is shown greyed, and comes back.
  asksForReason(direction) {
    const old = this.saved?.why;
    const text = this.why.value.trim();
    if (!old || (text && text !== old)) return false;
    if (direction === this.saved?.direction) return this.offersOld();
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
    if (!this.typed && this.why.value.trim() !== why) this.why.value = why;
    this.note.replaceChildren(...(this.typed && failed ? [line("Not saved.", "ipd-warning")] : noteOf(decision)));
  }

  get text() {
    const { collection, third_party: thirdParty } = this.pair;
    return `${collection} ${thirdParty} ${this.why.value}`.toLowerCase();
  }
}

function noteOf(decision) {
  if (!decision) return [];
  const { against, by, on, direction, methods } = decision;
  const lines = against.map((fact) => line(`Against the evidence: ${fact}`, "ipd-warning"));
  if (direction !== LEAVE_OUT && methods.length === 0) lines.push(line("No method is chosen.", "ipd-warning"));
  const who = [by && `by ${by}`, on && `on ${on}`].filter(Boolean).join(" ");
  return who ? [...lines, line(`Decided ${who}`)] : lines;
}

class DirectionView extends View {
  /** @param {Model} model @param {HTMLElement} root */
  constructor(model, root) {
    super(model, root);
    /** @type {Row[]} */
    this.rows = this.pairs();
    this.search = element("input", { type: "search", placeholder: "Collection or reason" });
    this.filter = chooser("Show", Object.keys(FILTERS), `${this.id}-show`, () => this.applyFilter());
    this.counter = element("strong", { role: "status", className: "ipd-counter" });
    this.shown = element("p", { className: "ipd-shown", role: "status" });
    this.area = this.table();
    this.draw();
    this.start();
    this.search.addEventListener("input", () => this.applyFilter());
    this.onRows = () => this.rebuild();
    model.on("change:rows", this.onRows);
    this.applyFilter();
  }

  pairs() {
    return this.model.get("rows").map((pair, index) => new Row(pair, `${this.id}-${index}`, this));
  }

  draw() {
    const tools = element(
      "div",
      { className: "ipd-bar" },
      this.counter,
      this.author(),
      element("span", {}, this.undo, this.redo),
    );
    const search = element("label", {}, "Search ", this.search);
    const choosers = element("div", { className: "ipd-bar" }, this.filter.element, search);
    this.root.classList.add("ddb");
    this.root.append(tools, choosers, this.error, this.conflict, this.area, this.shown, this.state);
  }

  table() {
    if (this.rows.length === 0) return element("p", { className: "ipd-empty", textContent: EMPTY });
    const heads = HEADS.map((text) => element("th", { scope: "col", textContent: text }));
    const columns = HEADS.map(() => element("col"));
    const body = element("tbody", {}, ...this.rows.map((row) => row.element));
    const head = element("thead", {}, element("tr", {}, ...heads));
    const table = element("table", { ariaLabel: "Directions" }, element("colgroup", {}, ...columns), head, body);
    return element("div", { className: "ipd-scroll", tabIndex: 0, role: "region", ariaLabel: "Collections" }, table);
  }

  dispose() {
    super.dispose();
    this.model.off("change:rows", this.onRows);
  }

  /** @param {string} [failed] */
  refresh(failed) {
    const { waiting } = this;
    const decisions = this.model.get("decisions");
    for (const row of this.rows) {
      const { key } = row.pair;
      if (!waiting.has(key)) row.refresh(decisions[key], key === failed);
    }
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
    const fits = FILTERS[this.filter.value()];
    const wanted = this.search.value.trim().toLowerCase();
    for (const row of this.rows) row.element.hidden = !(fits(row) && row.text.includes(wanted));
    const left = this.rows.filter((row) => !row.element.hidden).length;
    const all = left === this.rows.length;
    const none = "No pair fits the filter and the search.";
    setText(this.shown, all ? "" : left ? `Showing ${left} of ${this.rows.length} pairs.` : none);
  }

  // Other evidence or other pairs: drawn anew, which is rare enough to cost the focus.
  rebuild() {
    this.rows = this.pairs();
    const area = this.table();
    this.area.replaceWith(area);
    this.area = area;
    this.show();
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

function render({ model, el }) {
  const view = new DirectionView(model, el);
  return () => view.dispose();
}

export default { render };
