// The live side of MatchBoard: a list of which only the rows in sight are drawn, and a panel for the field that is open.
import { View, breakable, button, chooser, element, line, setText } from "./board.js";

/** @typedef {import("./board.js").Values} Values */
/** @typedef {import("./board.js").Model} Model */

const HEIGHT = 34; // pixels of a row; all have the same, so that what is in sight can be counted
const SPARE = 5; // rows drawn above and below what is in sight
const HEADS = ["Field", "Type", "Filled by", "Score", "Values", "State", "Choice"];
const STATES = { proposed: "undecided", accepted: "accepted", manual: "decided", rejected: "rejected" };
const IDLE = "no source";
const WAYS = ["Fixed value", "Formula", "Look-up", "Value map"];
const KEYS =
  "Keys in the list: ↑ ↓ move, Enter opens the field, A accepts, R rejects, C clears, T accepts all clear ones, " +
  "N goes to the next pair with open fields, / searches; Escape comes back from the field.";
const WHOLE = "all flows this way";
const EMPTY = "No collections are paired yet. Pair two collections first, then show the board again.";
/** @type {Record<string, (row: Values) => boolean>} */
const FILTERS = {
  All: (row) => !row.unused,
  Undecided: (row) => row.open,
  Required: (row) => row.required,
  Conflicts: (row) => Boolean(row.conflict),
  "One side only": (row) => row.unused || (!row.how && row.status !== "rejected"),
  "Disagreeing values": (row) => row.differs > 0,
};

/** @param {number} share @returns {string} */
const percent = (share) => `${Math.round(share * 100)} %`;

/** @param {string} label @param {HTMLElement} control */
const labelled = (label, control) => element("label", { className: "mb-field" }, element("span", {}, label), control);

/** @param {string} id @param {string[]} values */
const datalist = (id, values) => element("datalist", { id }, ...values.map((value) => element("option", { value })));

/** @param {string} label @param {string} text @param {string} [hint] */
const input = (label, text, hint = "") =>
  element("input", { type: "text", value: text, ariaLabel: label, placeholder: hint, autocomplete: "off" });

/** What was said of a field in a word; that of all flows counts in each. @param {Values} row @param {string} status */
const stateOf = (row, status) =>
  status === "proposed" && !row.open ? IDLE : row.shared ? `${STATES[status]} for all flows` : STATES[status];

/** A share as a bar and in figures. @param {string} name @param {number} part @param {number} of @param {string} words */
function meter(name, part, of, words) {
  const bar = element("span", { className: "mb-bar", ariaHidden: "true" });
  bar.style.setProperty("--share", `${of ? (100 * part) / of : 0}%`);
  return element("li", {}, element("span", { className: "mb-name" }, name), bar, element("span", {}, words));
}

/** A path in two parts, so that where it is long the last part stays to be read. @param {string} path */
function nameOf(path) {
  const at = path.lastIndexOf(".") + 1;
  const parts = [path.slice(0, at), path.slice(at)].filter(Boolean);
  return parts.map((part, index) => element("span", { className: index < parts.length - 1 ? "mb-parent" : "mb-leaf" }, part));
}

/** The list of fields: one tab stop, the active row named by aria-activedescendant. */
class List {
  /** @param {MatchView} view */
  constructor(view) {
    this.view = view;
    /** @type {Values[]} */
    this.rows = [];
    this.active = 0;
    const heads = HEADS.map((text) => element("span", { role: "columnheader", textContent: text }));
    this.head = element("div", { role: "row", className: "mb-row mb-head", ariaRowIndex: "1" }, ...heads);
    this.body = element("div", { role: "rowgroup", className: "mb-body" });
    this.element = element(
      "div",
      { role: "grid", tabIndex: 0, className: "ipd-scroll mb-list", ariaLabel: "Fields", ariaColCount: HEADS.length },
      element("div", { role: "rowgroup", className: "mb-heads" }, this.head),
      this.body,
    );
    this.element.addEventListener("scroll", () => this.draw());
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focus", () => this.row?.key !== this.view.panel.key && this.view.open(this.row));
    this.body.addEventListener("click", (event) => this.click(event));
  }

  get row() {
    return this.rows[this.active];
  }

  /** @param {Values[]} rows */
  show(rows) {
    const held = this.view.panel.key;
    this.rows = rows;
    const at = rows.findIndex((row) => row.key === held);
    this.active = at >= 0 ? at : Math.min(this.active, Math.max(0, rows.length - 1));
    this.element.ariaRowCount = String(rows.length + 1);
    this.body.style.height = `${rows.length * HEIGHT}px`;
    this.draw();
  }

  /** Begin at the first row again. */
  first() {
    this.active = 0;
    this.element.scrollTop = 0;
  }

  draw() {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / HEIGHT) - SPARE);
    const last = Math.min(this.rows.length, Math.ceil((scrollTop + (clientHeight || 600)) / HEIGHT) + SPARE);
    const drawn = [];
    for (let at = first; at < last; at++) drawn.push(this.line(this.rows[at], at));
    const outside = this.row && (this.active < first || this.active >= last);
    if (outside) drawn.push(this.line(this.row, this.active));
    this.body.replaceChildren(...drawn);
    if (this.row) this.element.setAttribute("aria-activedescendant", this.id(this.active));
    else this.element.removeAttribute("aria-activedescendant");
  }

  /** @param {number} at */
  id(at) {
    return `${this.view.id}-row-${at}`;
  }

  /** @param {Values} row @param {number} at */
  line(row, at) {
    const { how, status, busy } = this.view.now(row);
    const state = row.unused ? `only in ${this.view.model.get("view").source}` : busy ? "saving…" : stateOf(row, status);
    const cell = (/** @type {string} */ text, className = "", title = text) =>
      element("span", { role: "gridcell", className, title }, text);
    const act = (/** @type {string} */ text, /** @type {string} */ what) =>
      element("button", { type: "button", tabIndex: -1, textContent: text, ariaLabel: `${text} ${row.key}`, value: what });
    const acts = row.unused ? [] : [act("Accept", "accept"), act("Reject", "reject")];
    const name = element("span", { role: "gridcell", className: "mb-key", title: row.key }, ...nameOf(row.key));
    if (row.required) name.append(element("b", { className: row.missing ? "ipd-warning" : "" }, " required"));
    const share = row.score === null || row.score === undefined ? "" : percent(row.score);
    const same = row.differs ? `${row.differs} differ` : row.compared ? "the same" : "";
    const against = row.conflict ? `⚠ ${row.conflict.split(":")[0]}` : state;
    return element(
      "div",
      {
        role: "row",
        id: this.id(at),
        className: `mb-row mb-${busy ? "busy" : status}`,
        style: `top: ${at * HEIGHT}px`,
        ariaRowIndex: String(at + 2),
        ariaSelected: String(at === this.active),
        "data-at": String(at),
      },
      name,
      cell(row.types ?? ""),
      cell(how || (row.unused ? row.like && `most like ${row.like}` : "nothing proposed"), how ? "" : "mb-none"),
      cell(share),
      cell(same, row.differs ? "mb-differs" : "", row.same),
      cell(row.conflict && status === "proposed" ? against : state, "mb-state", row.conflict || state),
      element("span", { role: "gridcell", className: "mb-acts" }, ...acts),
    );
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const at = /** @type {HTMLElement | null} */ (target.closest("[data-at]"))?.dataset.at;
    if (at === undefined) return;
    this.move(Number(at));
    this.element.focus();
    const act = /** @type {HTMLButtonElement | null} */ (target.closest("button"))?.value;
    if (act) this.view.say(act, this.row);
  }

  /** @param {number} at */
  move(at) {
    if (this.rows.length === 0) return;
    this.active = Math.min(Math.max(at, 0), this.rows.length - 1);
    const top = this.active * HEIGHT;
    const head = this.head.offsetHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (clientHeight && top + HEIGHT + head > scrollTop + clientHeight)
      this.element.scrollTop = top + HEIGHT + head - clientHeight;
    this.draw();
    this.view.open(this.row);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / HEIGHT) - 2);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.move(this.active + 1),
      ArrowUp: () => this.move(this.active - 1),
      PageDown: () => this.move(this.active + page),
      PageUp: () => this.move(this.active - page),
      Home: () => this.move(0),
      End: () => this.move(this.rows.length - 1),
      Enter: () => this.view.panel.focus(),
      a: () => this.view.say("accept", this.row),
      r: () => this.view.say("reject", this.row),
      c: () => this.view.say("clear", this.row),
      t: () => this.view.all.click(),
      n: () => this.view.next.click(),
      "/": () => this.view.search.focus(),
    };
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

/** Everything about the field that is open. Its inputs stay while the rest is refreshed, so that focus stays, too. */
class Panel {
  /** @param {MatchView} view */
  constructor(view) {
    this.view = view;
    this.key = "";
    this.at = 0;
    this.title = element("h3", { tabIndex: -1, className: "mb-title" });
    this.about = element("p", { className: "mb-about" });
    this.state = element("p", { className: "mb-now" });
    this.proposals = element("div", { role: "radiogroup", className: "mb-proposals" });
    this.records = element("div", { className: "mb-records" });
    this.forms = element("div", { className: "mb-forms" });
    this.tried = element("div", { className: "mb-tried", role: "status" });
    this.accept = button("Accept", "Accept what is proposed", () => view.say("accept", this.row));
    this.reject = button("Reject", "Reject what is proposed", () => view.say("reject", this.row));
    this.clear = button("Clear", "Clear what was said", () => view.say("clear", this.row));
    const back = button("Back to the list", "Back to the list", () => view.list.element.focus());
    this.element = element(
      "div",
      { role: "region", ariaLabel: "Field", className: "mb-panel" },
      this.title,
      this.about,
      this.state,
      element("div", { className: "mb-acts" }, this.accept, this.reject, this.clear, back),
      this.proposals,
      this.forms,
      this.records,
    );
    this.element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") view.list.element.focus();
    });
  }

  /** True while the reader works in it: it then stays at its field, though the list may no longer show that. */
  get focused() {
    return this.element.contains(document.activeElement);
  }

  /** @returns {Values | undefined} */
  get row() {
    return this.view.row(this.key);
  }

  focus() {
    this.title.focus();
  }

  /** Show a row at once; what takes the kernel comes with `refresh`. @param {Values | undefined} row */
  show(row) {
    if (!row || row.key === this.key) return;
    this.key = row.key;
    this.at = 0;
    this.element.ariaLabel = `Field ${row.key}`;
    this.title.replaceChildren(...breakable(row.key));
    this.proposals.replaceChildren();
    this.records.replaceChildren(row.unused ? "" : line("Looking at the same records…", "mb-none"));
    this.tried.replaceChildren();
    this.forms.replaceChildren(...(row.unused ? [] : this.form(row)));
    this.drawn = undefined;
    this.refresh();
  }

  refresh() {
    const { row } = this;
    if (!row) return;
    const detail = this.view.model.get("detail");
    const known = detail.key === this.key ? detail : undefined;
    const facts = [row.title, row.types, known?.limits, row.required && "required", known?.description];
    setText(this.about, facts.filter(Boolean).join(" · "));
    const { how, status, busy } = this.view.now(row);
    const who = [row.by && `by ${row.by}`, row.on && `on ${row.on}`].filter(Boolean).join(" ");
    const said = row.unused ? `fills nothing${row.like ? `; most like ${row.like}` : ""}` : how || "Nothing fills it.";
    const lines = [element("strong", {}, said), ` ${row.unused || busy || stateOf(row, status) === IDLE ? "" : `${stateOf(row, status)} ${who}`.trim()}`];
    if (status === "proposed" && row.evidence) lines.push(line(row.evidence));
    if (row.conflict) lines.push(line(`⚠ ${row.conflict}`, "ipd-warning"));
    this.state.replaceChildren(...lines);
    this.accept.ariaDisabled = String(Boolean(row.unused) || !row.kind || status !== "proposed");
    this.reject.ariaDisabled = String(Boolean(row.unused) || row.sources.length === 0 || status === "rejected");
    this.clear.ariaDisabled = String(!row.said);
    if (known && JSON.stringify(known) !== this.drawn) this.detail(known);
    this.check();
  }

  /** @param {Values} detail */
  detail(detail) {
    const held = this.proposals.contains(document.activeElement);
    const at = /** @type {HTMLInputElement} */ (document.activeElement)?.value;
    this.drawn = JSON.stringify(detail);
    this.proposals.ariaLabel = `Source for ${this.key}`;
    this.proposals.replaceChildren(...detail.proposals.map((proposal) => this.proposal(proposal)));
    if (detail.proposals.length === 0) this.proposals.replaceChildren(line("No source field is like it.", "mb-none"));
    if (held) [...this.proposals.querySelectorAll("input")].find((radio) => radio.value === at)?.focus();
    this.records.replaceChildren(...this.preview(detail.preview, "As it is filled now"));
    this.fillValues(detail);
  }

  /** @param {Values} proposal */
  proposal({ source, score, why, parts, same, examples, relation, kind }) {
    const radio = element("input", { type: "radio", name: `${this.view.id}-source`, value: source });
    radio.addEventListener("change", () => this.view.say("accept", this.row, { source }));
    const label = element("label", {}, radio, element("span", {}, ...breakable(source)), ` ${percent(score)}`);
    const bars = element("ul", { className: "mb-parts" }, ...parts.map(([name, part]) => meter(name, part, 1, percent(part))));
    const shown = examples.length ? [line(`for example ${examples.join(", ")}`)] : [];
    const facts = [line(`${relation}, ${kind}: ${why}`), ...(same ? [line(same)] : []), ...shown, bars];
    const summary = element("summary", { ariaLabel: `Evidence for ${source}` }, "Evidence");
    return element("div", { className: "mb-proposal" }, label, element("details", {}, summary, ...facts));
  }

  check() {
    const row = this.row;
    const chosen = row && ["accepted", "manual"].includes(this.view.now(row).status) ? row.sources[0] : undefined;
    for (const radio of this.proposals.querySelectorAll("input")) radio.checked = row?.kind === "field" && radio.value === chosen;
  }

  /** The inputs of a field: another source, other ways, and the words that go with a choice. @param {Values} row */
  form(row) {
    const view = this.view;
    const { sources } = view.model.get("view");
    const list = `${view.id}-sources`;
    this.other = input("Another field", "", "a field of the source");
    this.other.setAttribute("list", list);
    const use = button("Use", "Use this field", () => view.say("fill", row, { kind: "field", source: this.other.value }));
    this.words = Object.fromEntries(
      [["default", "Else"], ["condition", "Where"], ["why", "Why"]].map(([name, label]) => [name, input(label, row[name])]),
    );
    for (const [name, field] of Object.entries(this.words)) {
      view.whileTyping(field, () => view.again(this.row, `${name} ${row.key}`));
    }
    const hints = { default: "Else", condition: "Where", why: "Why" };
    return [
      datalist(list, sources),
      element("div", { className: "mb-line" }, labelled("Another field", this.other), use),
      this.ways(row),
      element(
        "div",
        { className: "mb-line" },
        ...Object.entries(this.words).map(([name, field]) => labelled(hints[name], field)),
      ),
    ];
  }

  /** @param {Values} row */
  ways(row) {
    const { view } = this;
    const group = `${view.id}-ways-${Math.random().toString(36).slice(2)}`;
    const kind = { constant: "Fixed value", formula: "Formula", "look-up": row.values?.length ? "Value map" : "Look-up" };
    const choose = chooser("How it is filled", WAYS, group, () => this.way());
    const wanted = choose.inputs.find((radio) => radio.value === kind[row.kind]);
    if (wanted) wanted.checked = true;
    this.choose = choose;
    this.constant = input("Fixed value", row.kind === "constant" ? row.value : "");
    this.formula = input("Formula", row.kind === "formula" ? row.formula : "", 'first, last | join " "');
    this.lookup = input("Field that names the record", row.sources[0] ?? "");
    this.mapped = input("Field whose values are translated", row.sources[0] ?? "");
    for (const field of [this.lookup, this.mapped]) field.setAttribute("list", `${view.id}-sources`);
    this.of = element("select", { ariaLabel: "Collection it names" }, ...options(view.model.get("collections"), row.value));
    const operations = element(
      "select",
      { ariaLabel: "Add an operation" },
      element("option", { value: "", textContent: "add an operation…" }),
      ...options(view.model.get("operations")),
    );
    operations.addEventListener("change", () => {
      this.formula.value = `${this.formula.value.trim()} | ${operations.value}`;
      operations.value = "";
      this.formula.focus();
    });
    const find = button("Find one", "Find a formula in the same records", () => {
      clearTimeout(this.timer);
      view.send({ do: "suggest", key: this.key, silent: true });
    });
    this.table = element("table", { className: "mb-values", ariaLabel: "Value map" });
    this.mapped.addEventListener("change", () => this.fillValues({ ...view.model.get("detail"), values: [] }));
    const save = button("Save", "Save this way to fill it", () => view.say("fill", row, this.request()));
    const sections = [
      [labelled("Fixed value", this.constant)],
      [labelled("Formula", this.formula), operations, find],
      [labelled("Field that names the record", this.lookup), labelled("Collection it names", this.of)],
      [labelled("Field whose values are translated", this.mapped), this.table],
    ].map((parts) => element("div", { className: "mb-line" }, ...parts));
    this.sections = sections;
    const details = element(
      "details",
      { className: "mb-ways", open: Boolean(kind[row.kind]) },
      element("summary", {}, "Fixed value, formula, look-up, value map"),
      choose.element,
      ...sections,
      this.tried,
      save,
    );
    details.addEventListener("input", () => this.later());
    this.way();
    return details;
  }

  way() {
    this.sections?.forEach((section, at) => (section.hidden = WAYS[at] !== this.choose?.value()));
  }

  /** The values of the source with their frequency, each with what is written for it. @param {Values} detail */
  fillValues(detail) {
    if (!this.table || this.table.contains(document.activeElement)) return;
    const row = this.row ?? {};
    const said = Object.fromEntries(row.values ?? []);
    const allowed = `${this.view.id}-allowed`;
    const lines = detail.values.map(([value, count, beside]) => {
      const field = input(`Written for ${value}`, said[value] ?? beside ?? "");
      field.setAttribute("list", allowed);
      field.dataset.value = value;
      const cells = [element("th", { scope: "row" }, value), element("td", {}, String(count)), element("td", {}, field)];
      return element("tr", {}, ...cells);
    });
    const heads = ["Value", "Records", "Is written as"].map((text) => element("th", { scope: "col", textContent: text }));
    const none = line("Its values are not known; choose a field that is read.", "mb-none");
    this.table.replaceChildren(
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...(lines.length ? lines : [element("tr", {}, element("td", { colSpan: 3 }, none))])),
    );
    this.table.append(element("caption", {}, datalist(allowed, detail.allowed), "Values, most frequent first"));
  }

  /** What the form says, as a request. */
  request() {
    const way = this.choose?.value();
    if (way === "Fixed value") return { kind: "constant", value: this.constant.value };
    if (way === "Formula") return { kind: "formula", formula: this.formula.value };
    if (way === "Look-up") return { kind: "look-up", source: this.lookup.value, of: this.of.value };
    const fields = [...(this.table?.querySelectorAll("input") ?? [])].filter((field) => field.value !== "");
    return {
      kind: "value map",
      source: this.mapped.value,
      values: Object.fromEntries(fields.map((field) => [field.dataset.value, field.value])),
    };
  }

  /** Try what the form says once it rests. */
  later() {
    clearTimeout(this.timer);
    const way = this.request();
    if (!(way.value || way.formula || way.source)) return this.tried.replaceChildren(); // nothing is said yet
    this.timer = setTimeout(() => this.view.send({ do: "try", key: this.key, silent: true, ...this.request() }), 300);
  }

  /** @param {Values} trial */
  trial(trial) {
    if (trial.key !== this.key) return;
    if (trial.words !== undefined) {
      if (trial.formula) this.formula.value = trial.formula;
      this.tried.replaceChildren(line(trial.words));
      if (trial.formula) this.later();
    } else if (trial.error) this.tried.replaceChildren(line(trial.error, "ipd-warning"));
    else if (trial.paged) this.records.replaceChildren(...this.preview(trial.preview, "As it is filled now"));
    else this.tried.replaceChildren(...this.preview(trial.preview, "As it would be filled", false));
  }

  /** @param {Values} preview @param {string} title @param {boolean} [pages] */
  preview({ at, total, summary, rows }, title, pages = true) {
    const head = line(`${title}: ${summary}.`, "mb-summary");
    if (rows.length === 0) return [head];
    const [only, ...others] = rows[0].inputs;
    const alone = only && others.length === 0;
    const heads = ["Records", alone ? `Goes in: ${only[0]}` : "Goes in", "Would be written", "Is there", "Difference"];
    const body = rows.map((row) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, row.record),
        element("td", {}, ...row.inputs.map(([path, text]) => line(alone ? text : `${path}: ${text || "empty"}`))),
        element("td", {}, row.written),
        element("td", {}, row.there),
        element("td", { className: `mb-${row.outcome || "none"}` }, row.difference),
      ),
    );
    const table = element(
      "table",
      { ariaLabel: title },
      element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, ...breakable(text))))),
      element("tbody", {}, ...body),
    );
    const range = element("span", {}, ` records ${at + 1} to ${at + rows.length} of ${total} `);
    return [head, table, ...(pages ? [this.pager(-rows.length, at > 0), range, this.pager(rows.length, at + rows.length < total)] : [])];
  }

  /** @param {number} step @param {boolean} can */
  pager(step, can) {
    const [text, label] = step < 0 ? ["‹", "Earlier records"] : ["›", "Further records"];
    const turn = button(text, label, () => {
      this.at = Math.max(0, this.at + Math.sign(step) * 5);
      this.view.send({ do: "try", key: this.key, at: this.at, paged: true, silent: true });
    });
    turn.ariaDisabled = String(!can);
    return turn;
  }
}

/** @param {string[]} values @param {string} [chosen] */
function options(values, chosen) {
  return values.map((value) => element("option", { value, textContent: value, selected: value === chosen }));
}

/** All scores at once: destination fields downwards, source fields across, each match a square as dark as its score. */
function heatMap(rows, sources, open) {
  const across = new Map(sources.map((source, at) => [source, at]));
  const cells = rows.flatMap((row, down) =>
    (row.near ?? []).map(([source, score]) => {
      const mine = row.sources?.includes(source) && row.kind;
      const cell = element("i", { className: mine ? "mb-chosen" : "", title: `${source} → ${row.key}: ${percent(score)}` });
      cell.style.cssText = `left:${(across.get(source) ?? 0) * 9}px;top:${down * 9}px;--heat:${Math.round(score * 100)}%`;
      cell.addEventListener("click", () => open(row));
      return cell;
    }),
  );
  const likely = rows.filter((row) => row.kind).length;
  const label = `Heat map: ${rows.length} destination fields downwards, ${sources.length} source fields across; ${likely} are filled.`;
  const map = element("div", { className: "mb-map", role: "img", ariaLabel: label }, ...cells);
  map.style.cssText = `width:${sources.length * 9}px;height:${rows.length * 9}px`;
  const frame = { className: "ipd-scroll mb-heat", tabIndex: 0, role: "region", ariaLabel: "Heat map of all scores" };
  return element("div", frame, line(`${label} A framed square is what fills the field.`), map);
}

class MatchView extends View {
  /** @param {Model} model @param {HTMLElement} root */
  constructor(model, root) {
    super(model, root);
    /** @type {Map<string, { how: string, status: string }>} */
    this.wanted = new Map(); // what the reader chose and the kernel has not answered yet
    this.pair = element("select", { ariaLabel: "Pair of collections" });
    this.way = chooser("Direction", ["To iPaaS.com", "From iPaaS.com"], `${this.id}-way`, () => this.turn());
    this.flow = element("select", { ariaLabel: "Flow" });
    this.flowLabel = element("label", { hidden: true }, "Flow ", this.flow);
    this.moves = element("span", { className: "mb-moves", role: "status" });
    this.next = button("Next open pair", "Next pair and direction with open fields", () =>
      this.send({ do: "next", silent: true }),
    );
    this.counter = element("strong", { role: "status", className: "ipd-counter" });
    this.coverage = element("ul", { className: "mb-coverage", ariaLabel: "Coverage and pass rates" });
    this.filter = chooser("Show", Object.keys(FILTERS), `${this.id}-show`, () => this.sift());
    this.search = element("input", { type: "search", placeholder: "Field, source, evidence" });
    this.all = button("Accept the clear ones", "Accept all clear proposals", () => this.acceptClear());
    this.heat = button("Heat map", "Heat map", () => this.toggleHeat());
    this.heat.ariaPressed = "false";
    this.map = element("div", { hidden: true });
    this.shown = element("p", { className: "ipd-shown", role: "status" });
    this.list = new List(this);
    this.panel = new Panel(this);
    this.draw();
    this.start();
    this.search.addEventListener("input", () => this.sift());
    this.pair.addEventListener("change", () => this.turn());
    this.flow.addEventListener("change", () => this.turn(this.flow.value));
    this.onTrial = () => this.panel.trial(model.get("trial"));
    model.on("change:trial", this.onTrial);
    this.panel.show(this.list.row);
  }

  draw() {
    const bar = (/** @type {(Node | string)[]} */ ...parts) => element("div", { className: "ipd-bar" }, ...parts);
    const search = element("label", {}, "Search ", this.search);
    this.root.classList.add("mb");
    if (this.model.get("pairs").length === 0) {
      this.root.append(this.error, element("p", { className: "ipd-empty", textContent: EMPTY }), this.state);
      return;
    }
    this.root.append(
      bar(
        element("label", {}, "Pair ", this.pair),
        this.way.element,
        this.flowLabel,
        this.next,
        this.author(),
        element("span", {}, this.undo, this.redo),
      ),
      this.moves,
      bar(this.counter, this.coverage),
      bar(this.filter.element, this.all, this.heat, search),
      this.error,
      this.conflict,
      this.map,
      element("div", { className: "mb-both" }, this.list.element, this.panel.element),
      this.shown,
      element("p", { className: "ipd-shown" }, KEYS),
      this.state,
    );
  }

  /** Show the field that another board points at. @param {Values} place */
  goTo({ board, collection, about }) {
    if (board !== "MatchBoard" || !this.model.get("pairs").some(({ key }) => key === collection)) return false;
    this.filter.inputs[0].checked = true;
    this.search.value = "";
    this.going = this.send({ do: "go", pair: collection, about, silent: true });
    return true;
  }

  /** Bring what another board pointed at into sight. @param {string} key */
  arrive(key) {
    this.going = undefined;
    this.list.move(Math.max(0, this.list.rows.findIndex((row) => row.key === key)));
    this.list.element.scrollIntoView({ block: "nearest" });
    this.list.element.focus();
  }

  dispose() {
    super.dispose();
    this.model.off("change:trial", this.onTrial);
  }

  /** The state of a row as the reader should see it: what was just chosen, else what the file says. @param {Values} row */
  now(row) {
    const wanted = this.wanted.get(row.key);
    return wanted ? { ...wanted, busy: true } : { how: row.how, status: row.status ?? "", busy: false };
  }

  /** @param {string} key */
  row(key) {
    return this.byKey?.get(key);
  }

  /** Another pair, direction or flow. @param {string} [flow] */
  turn(flow = "") {
    this.flush();
    this.send({ do: "show", pair: this.pair.value, direction: this.way.value(), flow, silent: true });
  }

  /** @param {Values | undefined} row */
  open(row) {
    if (!row) return;
    this.panel.show(row);
    clearTimeout(this.opening);
    if (row.unused || this.model.get("detail").key === row.key) return;
    this.opening = setTimeout(() => this.send({ do: "open", key: row.key, silent: true }), 120);
  }

  /**
   * Say something of a row: at once on the screen, then to the kernel.
   * @param {string} what
   * @param {Values | undefined} row
   * @param {Values} [more]
   */
  say(what, row, more = {}) {
    if (!row || row.unused) return;
    if (what === "accept" && !more.source && !row.kind) return this.tell(`Nothing is proposed for ${row.key}.`);
    if (what === "reject" && row.sources.length === 0) return this.tell(`Nothing is proposed for ${row.key}.`);
    if (what === "clear" && !row.said) return this.tell(`Nothing was said of ${row.key}.`);
    const how = what === "reject" || what === "clear" ? "" : more.source || more.value || more.formula || row.how;
    const status = { accept: "accepted", reject: "rejected", clear: "proposed", fill: "manual" }[what] ?? "proposed";
    this.wanted.set(row.key, { how, status });
    const words = this.panel.key === row.key ? this.panel.words : undefined;
    const said = Object.fromEntries(Object.entries(words ?? {}).map(([name, field]) => [name, field.value.trim()]));
    this.send({ do: what, key: row.key, seen: row.said, ...said, ...more });
    this.list.draw();
    this.panel.refresh();
  }

  /** Accept all that nothing speaks against: at once on the screen, as one request to the kernel. */
  acceptClear() {
    const clear = this.model.get("rows").filter((row) => row.clear);
    for (const row of clear) this.wanted.set(row.key, { how: row.how, status: "accepted" });
    this.send({ do: "accept clear", keys: clear.map((row) => row.key) });
    this.list.draw();
    this.panel.refresh();
  }

  /** Say the same again with other words beside it. @param {Values | undefined} row @param {string} label */
  again(row, label) {
    if (!row) return;
    if (!["accepted", "manual"].includes(row.status)) return this.tell("These words are saved with your choice.");
    const { kind, value, formula } = row;
    const [source] = row.sources;
    const values = Object.fromEntries(row.values);
    const whole = row.values.length ? { kind: "value map", source, values } : { kind, source, value, formula, of: value };
    if (row.status === "accepted") this.say("accept", row, { label });
    else this.say("fill", row, { ...whole, label });
  }

  /** @param {string} text */
  tell(text) {
    setText(this.state, text);
  }

  /** @param {string} [_failed] */
  refresh(_failed) {
    const { waiting } = this;
    for (const key of [...this.wanted.keys()]) if (!waiting.has(key)) this.wanted.delete(key);
    const view = this.model.get("view");
    if (!view.coverage) return;
    this.chosen(view);
    const unused = view.unused.map((row) => ({ ...row, unused: true, sources: [], how: "", status: "" }));
    this.rows = [...this.model.get("rows"), ...unused];
    this.byKey = new Map(this.rows.map((row) => [row.key, row]));
    this.count(view.coverage);
    if (this.shownTitle !== view.title) {
      this.shownTitle = view.title;
      this.root.setAttribute("data-title", view.title);
      this.panel.key = "";
      this.list.first();
      if (this.panel.focused) this.list.element.focus();
    }
    this.sift();
    if (this.panel.key !== this.list.row?.key && !this.panel.focused) this.open(this.list.row);
    this.panel.refresh();
    if (!this.map.hidden) this.drawHeat();
    if (this.going && !this.pending.has(this.going)) this.arrive(view.open);
  }

  /** @param {Values} view */
  chosen(view) {
    const pairs = this.model.get("pairs");
    const titles = pairs.map(({ title, open }) => (open ? `${title} · ${open} open` : title));
    this.countMore(pairs);
    if (this.pair.options.length !== pairs.length) {
      this.pair.replaceChildren(...pairs.map(({ key }) => element("option", { value: key })));
    }
    titles.forEach((title, at) => setText(this.pair.options[at], title));
    const turning = [...this.pending.values()].some((request) => ["show", "go", "next"].includes(request.do));
    if (turning) return;
    this.pair.value = view.pair;
    this.flows(view);
    for (const radio of this.way.inputs) radio.checked = radio.value === view.direction;
    this.list.element.ariaLabel = `Fields of ${view.destination}`;
  }

  /** Let the kernel count the open fields of one more pair, until all are; no choice waits. @param {Values[]} pairs */
  countMore(pairs) {
    const counted = pairs.filter(({ open }) => open !== null).length;
    if (this.gone || counted === this.counted || counted === pairs.length) return;
    this.counted = counted;
    new Promise((done) => done(this.model.send({ do: "count" }))).catch(() => {}); // a choice tells when the kernel is gone
  }

  /** The named flows of the direction, and what the chosen one moves. @param {Values} view */
  flows({ flow, flows, records }) {
    const names = ["", ...flows.map(({ name }) => name)];
    const drawn = names.join("\n");
    if (drawn !== this.flowNames) {
      this.flowNames = drawn;
      this.flow.replaceChildren(...names.map((name) => element("option", { value: name, textContent: name || WHOLE })));
    }
    this.flowLabel.hidden = flows.length === 0;
    this.flow.value = flow;
    const known = flows.find(({ name }) => name === flow);
    const where = known?.condition ? `records where ${known.condition}` : "every record";
    const methods = known?.methods.length ? known.methods.join(", ") : "the methods decided";
    const same = `${records} of the same records ${records === 1 ? "is" : "are"} among them`;
    setText(this.moves, known ? `${flow} moves ${where}, by ${methods}; ${same}. What is said here counts in it alone.` : "");
  }

  /** @param {Values} coverage */
  count({ required, filled, decided, of, blank, flows }) {
    const rest = blank ? `, ${blank} more without a source` : "";
    setText(this.counter, `${decided} of ${of} fields decided${rest}`);
    const clear = this.model.get("rows").filter((row) => row.clear).length;
    setText(this.all, `Accept the ${clear} clear ones`);
    this.all.ariaDisabled = String(clear === 0);
    const passing = flows
      .filter((flow) => flow.records !== null)
      .map(({ name, passed, records }) => meter(name, passed, records, `${passed} of ${records} records pass`));
    this.coverage.replaceChildren(
      meter("required", filled, required, required ? `${filled} of ${required} filled` : "none is known"),
      ...passing,
    );
  }

  sift() {
    const fits = FILTERS[this.filter.value()];
    const wanted = this.search.value.trim().toLowerCase();
    const rows = (this.rows ?? []).filter((row) => fits(row) && (!wanted || searched(row).includes(wanted)));
    this.list.show(rows);
    const all = this.model.get("rows").length;
    setText(this.shown, rows.length === all ? "" : rows.length ? `Showing ${rows.length} of ${all} fields.` : NONE);
  }

  toggleHeat() {
    this.map.hidden = !this.map.hidden;
    this.heat.ariaPressed = String(!this.map.hidden);
    if (!this.map.hidden) this.drawHeat();
  }

  drawHeat() {
    const open = (/** @type {Values} */ row) => this.list.move(this.list.rows.findIndex((other) => other.key === row.key));
    const scroll = this.map.firstElementChild;
    const [left, top] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
    const drawn = heatMap(this.model.get("rows"), this.model.get("view").sources, open);
    this.map.replaceChildren(drawn);
    drawn.scrollTo(left, top);
  }
}

const NONE = "No field fits the filter and the search.";
/** @type {WeakMap<Values, string>} */
const texts = new WeakMap();

/** What is searched of a row. @param {Values} row */
function searched(row) {
  let known = texts.get(row);
  if (known === undefined) {
    known = [row.key, row.title, row.how, row.evidence, row.conflict, row.why, row.like].join(" ").toLowerCase();
    texts.set(row, known);
  }
  return known;
}

function render({ model, el }) {
  const view = new MatchView(model, el);
  return () => view.dispose();
}

export default { render };
