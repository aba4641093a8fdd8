// The live side of DirectionBoard: draws one table once, then refreshes it in place.
import { View, breakable, button, chooser, element, line, setText } from "./board.js";

/** @typedef {import("./board.js").Values} Values */
/** @typedef {import("./board.js").Model} Model */

const METHODS = ["add", "update", "delete"];
const LEAVE_OUT = "Leave out";
const DIRECTIONS = ["To iPaaS.com", "From iPaaS.com", "Bi-directional", LEAVE_OUT];
const SYMBOLS = { possible: "✓", "possible with defaults": "◐", unknown: "?", blocked: "✕" };
const SHORT = { "To iPaaS.com": "To", "From iPaaS.com": "From", "Bi-directional": "Bi-dir.", "Leave out": "Out" };
const AT_ONCE = 30; // rows drawn before the board is first seen, and in each step after that
const FILTERS = {
  All: () => true,
  Undecided: (row) => !row.saved,
  Decided: (row) => Boolean(row.saved),
  "Against the evidence": (row) => row.against.length > 0,
};

function verdictLine(method, { outcome, reason, passing }) {
  return element(
    "span",
    { className: "ddb-verdict", "data-outcome": outcome, title: [outcome, passing, reason].filter(Boolean).join(": ") },
    element("span", { ariaHidden: "true", className: "ddb-symbol", textContent: SYMBOLS[outcome] ?? "·" }),
    ` ${method} `,
    element("span", { className: "ipd-hidden", textContent: outcome }),
  );
}

/** The outcomes of one direction, and below them the share of records that pass: of the first method, if they differ. */
function evidenceCell(verdicts) {
  const known = METHODS.filter((method) => verdicts?.[method]);
  if (known.length === 0) return element("td", { className: "ddb-none", textContent: "no evidence yet" });
  const passing = [...new Set(known.map((method) => verdicts[method].passing).filter(Boolean))];
  const first = passing.length > 1 ? `${known.find((method) => verdicts[method].passing)}: ` : "";
  return element(
    "td",
    {},
    ...known.map((method) => verdictLine(method, verdicts[method])),
    ...(passing.length ? [element("span", { className: "ddb-passing", textContent: first + passing[0] })] : []),
  );
}

/** Every reason and finding of one direction. */
function reasonList(direction, verdicts) {
  const items = METHODS.filter((method) => verdicts[method]).flatMap((method) => {
    const { outcome, reason, passing, findings = [] } = verdicts[method];
    const lines = [reason, passing, ...findings].filter(Boolean);
    return [
      element("dt", { textContent: `${direction}, ${method}: ${outcome}` }),
      ...(lines.length ? lines : ["No reason is recorded."]).map((text) => element("dd", { textContent: text })),
    ];
  });
  return element("dl", { className: "ddb-reasons" }, ...items);
}

/** The flows of a pair: those that are named, and a form for one more. */
class Flows {
  /** @param {string} key @param {View} view */
  constructor(key, view) {
    this.key = key;
    this.view = view;
    this.list = element("ul", { className: "ddb-flows" });
    const field = (label, values = {}) => element("input", { type: "text", ariaLabel: `${label}, for ${key}`, ...values });
    this.name = field("Name of the flow", { placeholder: "name, such as refunds" });
    this.condition = field("Condition of the flow", { placeholder: "condition, such as status = refunded" });
    const ways = DIRECTIONS.slice(0, 2).map((way) => element("option", { value: way, textContent: way }));
    this.direction = element("select", { ariaLabel: `Direction of the flow, for ${key}` }, ...ways);
    this.boxes = METHODS.map((method) => element("input", { type: "checkbox", value: method, checked: method !== "delete" }));
    const methods = this.boxes.map((box) => element("label", {}, box, element("span", { textContent: box.value })));
    const add = button("Save the flow", `Save the flow for ${key}`, () => this.save());
    this.element = element(
      "div",
      { role: "group", ariaLabel: `Flows of ${key}` },
      element("strong", { textContent: "Flows of their own" }),
      this.list,
      element("div", { className: "ddb-form" }, this.name, this.direction, ...methods, this.condition, add),
    );
  }

  save() {
    const methods = this.boxes.filter((box) => box.checked).map((box) => box.value);
    const { key } = this;
    const flow = { name: this.name.value, direction: this.direction.value, condition: this.condition.value, methods };
    this.view.send({ do: "flow", key, ...flow });
  }

  edit(flow) {
    this.name.value = flow.name;
    this.direction.value = flow.direction;
    this.condition.value = flow.condition;
    for (const box of this.boxes) box.checked = flow.methods.includes(box.value);
    this.condition.focus();
  }

  /** @param {Values[]} flows */
  refresh(flows) {
    const json = JSON.stringify(flows);
    if (json === this.drawn) return;
    this.drawn = json;
    const items = flows.map((flow) => {
      const { name, direction, methods, condition, verdict } = flow;
      const words = `${name}: ${direction}, ${methods.join(", ")}${condition ? `, where ${condition}` : ""}`;
      const change = button("Change", `Change the flow ${name} of ${this.key}`, () => this.edit(flow));
      const remove = button("Remove", `Remove the flow ${name} of ${this.key}`, () =>
        this.view.send({ do: "unflow", key: this.key, name }),
      );
      return element("li", {}, words, " ", change, remove, ...(verdict ? [line(verdict, "ddb-note")] : []));
    });
    this.list.replaceChildren(...(items.length ? items : [line("None: each direction decided moves every record.")]));
  }
}

// One collection pair: what is saved of it, what the reader has typed but not yet saved, and its controls, once drawn.
class Row {
  /** @param {Values} pair @param {string} group @param {DirectionView} view */
  constructor(pair, group, view) {
    this.pair = pair;
    this.group = group;
    this.view = view;
    this.fits = true; // the filter and the search
    this.picked = false;
    /** @type {any} */
    this.element = undefined; // it and its controls are there once the row is drawn
    /** @type {any} */
    this.radios = undefined;
    /** @type {any} */
    this.boxes = undefined;
    /** @type {any} */
    this.why = undefined;
    /** @type {any} */
    this.pick = undefined;
    /** @type {any} */
    this.open = undefined;
    /** @type {any} */
    this.clear = undefined;
    /** @type {any} */
    this.note = undefined;
    /** @type {Values | null} */
    this.saved = null;
    this.typed = false;
    /** @type {string[]} */
    this.against = [];
    /** @type {string | undefined} */
    this.last = undefined; // the decision that is on screen, as JSON
    /** @type {string | undefined} */
    this.known = undefined; // what is searched and does not change
    /** @type {HTMLElement | undefined} */
    this.more = undefined; // the row below with reasons, flows, forecast: drawn when it is first opened
  }

  /** Make the controls of the row, which is then refreshed with the others. @returns {HTMLElement} */
  drawn() {
    if (this.element) return this.element;
    const { pair, view } = this;
    this.radios = DIRECTIONS.map((direction) => this.radio(direction, this.group));
    this.boxes = METHODS.map((method) => this.box(method));
    this.why = element("textarea", { rows: 2, className: "ddb-why", ariaLabel: `Why, for ${pair.key}` });
    this.why.addEventListener("input", () => (this.typed = true));
    view.whileTyping(this.why, () => this.decide(`why ${pair.key}`));
    this.why.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.why.blur(); // which saves; Enter is a new line
    });
    this.pick = element("input", { type: "checkbox", className: "ddb-pick", ariaLabel: `Choose ${pair.key}` });
    this.pick.checked = this.picked;
    this.pick.addEventListener("change", () => {
      this.picked = this.pick.checked;
      view.picked();
    });
    this.open = button("▸", `More on ${pair.key}`, () => this.toggle());
    this.open.ariaExpanded = "false";
    this.clear = button("✕", `Clear the decision for ${pair.key}`, () =>
      view.send({ do: "undecide", key: pair.key, seen: this.saved }),
    );
    this.note = element("div", { className: "ddb-note" });
    this.element = this.draw();
    this.element.hidden = !this.fits;
    if (!view.waiting.has(pair.key)) this.refresh(view.model.get("decisions")[pair.key]);
    return this.element;
  }

  radio(direction, group) {
    const input = element("input", { type: "radio", name: group, value: direction, ariaLabel: direction });
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
    const named = (input) =>
      element("label", { title: input.value }, input, element("span", { textContent: SHORT[input.value] ?? input.value }));
    const group = (role, label, inputs) =>
      element("div", { role, ariaLabel: label, className: "ddb-choices" }, ...inputs.map(named));
    return element(
      "tr",
      {},
      element("td", { className: "ddb-tools" }, this.pick, this.open),
      element("th", { scope: "row" }, ...breakable(collection), ...lost),
      element("td", { className: "ddb-name" }, ...breakable(thirdParty || "no counterpart")),
      evidenceCell(to),
      evidenceCell(from),
      element("td", { className: "ddb-way" }, group("radiogroup", `Direction for ${key}`, this.radios), this.clear),
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
    if (this.asksToOverrule(direction, checked)) return;
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

  // Whoever decides against the evidence says why: the reason is asked for before anything is sent.
  asksToOverrule(direction, checked) {
    if (this.why.value.trim() || direction === LEAVE_OUT) return false;
    const ways = direction === DIRECTIONS[0] ? ["to"] : direction === DIRECTIONS[1] ? ["from"] : ["to", "from"];
    const stops = (method) => ways.some((way) => this.pair[way]?.[method]?.outcome === "blocked");
    const usual = METHODS.slice(0, 2);
    const free = usual.filter((method) => !stops(method));
    const first = !this.saved || this.saved.direction === LEAVE_OUT;
    const methods = first && checked.length === 0 ? (free.length ? free : usual) : checked;
    const blocked = methods.filter(stops);
    if (blocked.length === 0) return false;
    this.note.replaceChildren(line(`Not saved yet: ${blocked.join(" and ")} blocked, say why all the same.`, "ipd-warning"));
    this.why.focus();
    return true;
  }

  /** Open or close the row below: reasons, forecast, flows, and the way to the fields. */
  toggle(wanted = this.open.ariaExpanded !== "true") {
    this.open.ariaExpanded = String(wanted);
    this.open.textContent = wanted ? "▾" : "▸";
    if (wanted && !this.more) this.drawMore();
    if (this.more) this.more.hidden = !wanted;
    if (wanted) this.view.send({ do: "forecast", key: this.pair.key, silent: true });
  }

  drawMore() {
    const { key, to, from, collection, third_party: thirdParty } = this.pair;
    this.flows = new Flows(key, this.view);
    this.flows.refresh(this.view.model.get("flows")[key] ?? []);
    this.forecast = element("div", { className: "ddb-note" });
    this.where = element("span", { className: "ddb-note" });
    const detail = { board: "MatchBoard", collection, thirdParty, about: "", kind: "fields" };
    const fields = button("Fields and gaps", `Fields and gaps of ${key}, on the MatchBoard`, () => {
      const heard = !document.dispatchEvent(new CustomEvent("ipd-go", { detail, cancelable: true }));
      setText(this.where, heard ? "" : "Show MatchBoard(discovery) in a cell of its own.");
    });
    const reasons = element("div", { className: "ddb-both" }, reasonList(DIRECTIONS[0], to), reasonList(DIRECTIONS[1], from));
    const cell = element("td", { colSpan: HEADS.length }, this.forecast, fields, this.where, reasons, this.flows.element);
    this.more = element("tr", { className: "ddb-more" }, cell);
    this.element.after(this.more);
  }

  offersOld() {
    if (!this.why.placeholder) return false;
    this.why.value = this.why.placeholder;
    this.why.placeholder = "";
    this.note.replaceChildren(...noteOf(this.saved));
    return true;
  }

  refresh(decision, failed = false) {
    this.saved = decision ?? null;
    this.against = decision?.against ?? [];
    if (!this.element) return;
    this.offersOld();
    const json = JSON.stringify(decision ?? null);
    const unchanged = json === this.last;
    this.last = json;
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
    const { collection, third_party: thirdParty, words, to, from } = this.pair;
    this.known ??= [collection, thirdParty, words, ...[to, from].flatMap(verdictWords)].join(" ").toLowerCase();
    const decided = this.saved ? `${this.saved.direction} ${this.saved.by}` : "undecided";
    return `${this.known} ${decided} ${this.why?.value ?? this.saved?.why ?? ""}`.toLowerCase();
  }
}

/** The words of a direction's evidence, for the search. */
function verdictWords(verdicts) {
  return Object.entries(verdicts).map(([method, verdict]) =>
    [method, verdict.outcome, verdict.reason, ...(verdict.findings ?? [])].join(" "),
  );
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
    this.body = element("tbody", {});
    this.number = 0; // of the rows that are drawn
    this.search = element("input", { type: "search", placeholder: "Name, field, finding" });
    this.filter = chooser("Show", Object.keys(FILTERS), `${this.id}-show`, () => this.applyFilter());
    this.counter = element("strong", { role: "status", className: "ipd-counter" });
    this.shown = element("p", { className: "ipd-shown", role: "status" });
    this.log = element("ol", { className: "ddb-log" });
    this.all = element("input", { type: "checkbox", ariaLabel: "Choose every pair shown" });
    this.all.addEventListener("change", () => this.pickAll());
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
    const folded = element("details", { className: "ddb-history" }, element("summary", {}, "Actions on this board"), this.log);
    const legend = line(Object.entries(SYMBOLS).map(([word, symbol]) => `${symbol} ${word}`).join("   "), "ddb-legend");
    this.root.classList.add("ddb");
    const parts = [this.error, this.conflict, this.area, this.shown, this.state, folded];
    this.root.append(tools, choosers, this.bulk(), legend, ...parts);
  }

  /** What can be said of several rows at once. */
  bulk() {
    this.chosen = element("span", { role: "status" });
    /** @type {HTMLButtonElement} */
    this.take = button("", "Take what the evidence proposes", () => {
      const proposals = this.model.get("proposals");
      const chosen = this.pickedKeys();
      const keys = Object.keys(proposals).filter((key) => chosen.length === 0 || chosen.includes(key));
      this.send({ do: "propose", keys, label: "" });
      this.wish(proposals);
    });
    const ways = DIRECTIONS.map((direction) =>
      button(SHORT[direction], `${direction}, for every chosen pair`, () => {
        const keys = this.pickedKeys();
        this.send({ do: "decide all", keys, direction, methods: null, why: "" });
        this.wish(Object.fromEntries(keys.map((key) => [key, { direction }])));
      }),
    );
    this.ways = element("span", { hidden: true }, ...ways);
    this.sign = button("Sign off", "Sign the directions off", () => this.send({ do: "sign" }));
    this.signed = element("span", { role: "status", className: "ddb-note" });
    const end = element("span", {}, this.signed, " ", this.sign);
    return element("div", { className: "ipd-bar ddb-bulk" }, this.take, this.chosen, this.ways, end);
  }

  /** Show what was asked for several rows, until the kernel says what became of it. @param {Values} wanted */
  wish(wanted) {
    const { waiting } = this; // empty where the kernel is gone
    for (const row of this.rows) {
      const wish = wanted[row.pair.key];
      if (!wish || !row.element || !waiting.has(row.pair.key)) continue;
      for (const radio of row.radios) radio.checked = radio.value === wish.direction;
      if (wish.methods) for (const box of row.boxes) box.checked = wish.methods.includes(box.value);
    }
  }

  pickedKeys() {
    return this.rows.filter((row) => row.picked && row.fits).map((row) => row.pair.key);
  }

  pickAll() {
    for (const row of this.rows) {
      if (!row.fits) continue;
      row.picked = this.all.checked;
      if (row.pick) row.pick.checked = row.picked;
    }
    this.picked();
  }

  /** Say how many rows are chosen, and what the evidence proposes for how many. */
  picked() {
    const keys = this.pickedKeys();
    const proposals = this.model.get("proposals");
    const open = Object.keys(proposals).filter((key) => keys.length === 0 || keys.includes(key)).length;
    const of = keys.length ? "chosen" : "undecided";
    if (!this.take) return;
    setText(this.take, `Take what the evidence proposes (${open} ${of})`);
    this.take.ariaDisabled = String(open === 0);
    setText(this.chosen, keys.length ? `${keys.length} chosen:` : "");
    this.ways.hidden = keys.length === 0;
  }

  /** Show a pair that another board points at. @param {Values} place */
  goTo({ board, collection, thirdParty }) {
    const row = this.rows.find(
      ({ pair }) => pair.collection === collection && (!thirdParty || pair.third_party === thirdParty),
    );
    if (board !== "DirectionBoard" || !row) return false;
    this.drawRows(this.rows.length);
    row.element.hidden = false;
    row.element.scrollIntoView({ block: "center" });
    (row.radios.find((radio) => radio.checked) ?? row.radios[0]).focus();
    return true;
  }

  table() {
    if (this.rows.length === 0) return element("p", { className: "ipd-empty", textContent: EMPTY });
    const heads = HEADS.map((text) =>
      text ? element("th", { scope: "col", textContent: text }) : element("td", {}, this.all),
    );
    const columns = HEADS.map(() => element("col"));
    this.body = element("tbody", {});
    this.number = 0; // of the rows that are drawn
    this.drawRows(AT_ONCE);
    const head = element("thead", {}, element("tr", {}, ...heads));
    const table = element("table", { ariaLabel: "Directions" }, element("colgroup", {}, ...columns), head, this.body);
    return element("div", { className: "ipd-scroll", tabIndex: 0, role: "region", ariaLabel: "Collections" }, table);
  }

  /** Draw so many more rows, and the rest step by step, so that the first are seen at once. @param {number} more */
  drawRows(more) {
    const rows = this.rows.slice(this.number, this.number + more);
    this.number += rows.length;
    this.body.append(...rows.map((row) => row.drawn()));
    clearTimeout(this.drawing);
    if (this.number < this.rows.length) this.drawing = setTimeout(() => this.drawRows(AT_ONCE), 0);
  }

  dispose() {
    super.dispose();
    clearTimeout(this.drawing);
    this.model.off("change:rows", this.onRows);
  }

  /** @param {string} [failed] */
  refresh(failed) {
    const { waiting } = this;
    const decisions = this.model.get("decisions");
    for (const row of this.rows) {
      const { key } = row.pair;
      if (!waiting.has(key)) row.refresh(decisions[key], key === failed);
      if (row.more) this.refreshMore(row);
    }
    this.picked();
    const signed = this.model.get("signed");
    setText(this.signed, signed ? `Signed off by ${signed}` : "");
    const log = this.model.get("log");
    if (log.length !== this.log.childElementCount || log[0] !== this.log.firstChild?.textContent) {
      this.log.replaceChildren(...log.map((text) => element("li", { textContent: text })));
    }
    this.count();
  }

  /** @param {Row} row */
  refreshMore({ pair, flows, forecast }) {
    flows?.refresh(this.model.get("flows")[pair.key] ?? []);
    const known = this.model.get("forecasts")[pair.key];
    const lines = known?.length ? known : known ? ["Nothing can be forecast: no records of both sides were paired."] : [];
    if (forecast && forecast.textContent !== lines.join("")) forecast.replaceChildren(...lines.map((text) => line(text)));
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
    for (const row of this.rows) {
      row.fits = fits(row) && row.text.includes(wanted);
      if (row.element) row.element.hidden = !row.fits;
      if (row.more) row.more.hidden = !row.fits || row.open.ariaExpanded !== "true";
    }
    this.picked();
    const left = this.rows.filter((row) => row.fits).length;
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
  "",
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
