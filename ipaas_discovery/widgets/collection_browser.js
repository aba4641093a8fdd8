// The live side of CollectionBrowser: a list of all collections, and beside it one of them: schema, records, partners.
import { View, breakable, button, chooser, element, line, setText } from "./board.js";

/** @typedef {import("./board.js").Values} Values */
/** @typedef {import("./board.js").Model} Model */

const DRAWN = 400; // rows drawn at once; a search reaches the others
const FEW = 8; // collections for which nothing is proposed that are listed without a fold
const AT_ONCE = 40; // fields drawn at once; the next follow as one scrolls
const STATES = ["All", "paired", "in no pair", "without a partner", "left out"];
const FIELDS = {
  "All fields": () => true,
  Differences: (field) => field.differs,
  Required: (field) => field.shapes.some((types) => types.endsWith("*")),
  Filled: (field) => (field.shares?.fill ?? 0) > 0,
};
const SORTS = { "as in a record": () => 0, "fullest first": (one, other) => (other.shares?.fill ?? -1) - (one.shares?.fill ?? -1) };

class BrowserView extends View {
  /** @param {Model} model @param {HTMLElement} root */
  constructor(model, root) {
    super(model, root);
    this.chosen = "";
    /** @type {Set<string>} */
    this.folded = new Set();
    /** @type {Set<string>} */
    this.unfolded = new Set(); // sides whose collections without a partner are shown
    this.search = element("input", { type: "search", placeholder: "Name or reason" });
    this.search.addEventListener("input", () => this.list());
    this.states = chooser("Show", STATES, `${this.id}-state`, () => this.list());
    this.counter = element("strong", { role: "status", className: "ipd-counter" });
    this.names = element("div", { className: "ipb-names", role: "group", ariaLabel: "Collections" });
    this.pane = element("div", { className: "ipb-pane" });
    this.reason = element("input", { type: "text", ariaLabel: "Why these are left out", placeholder: "why" });
    this.several = button("Leave these out", "Leave all of these out", () => this.leaveOut());
    this.bulk = element("div", { className: "ipb-out", hidden: true }, this.reason, this.several);
    const tools = [this.counter, this.author(), element("span", {}, this.undo, this.redo)];
    root.classList.add("ipb");
    root.append(
      element("div", { className: "ipd-bar" }, ...tools),
      element("div", { className: "ipd-bar" }, this.states.element, element("label", {}, "Search ", this.search)),
      this.bulk,
      this.error,
      this.conflict,
      element("div", { className: "ipb-both" }, this.names, this.pane),
      this.state,
    );
    this.drawPane();
    this.start();
  }

  refresh() {
    const rows = this.model.get("collections");
    const json = JSON.stringify(rows);
    if (json !== this.drawn) {
      this.drawn = json;
      this.list();
      this.drawHead();
    }
    const of = (state) => rows.filter((row) => row.state === state).length;
    const paired = `${of("paired")} of ${rows.length} collections paired`;
    setText(this.counter, `${paired}, ${of("in no pair")} in no pair, ${of("left out")} left out`);
    const { schema, record } = { schema: this.model.get("schema"), record: this.model.get("record") };
    if (schema.turn !== this.shownSchema) {
      this.shownSchema = schema.turn;
      this.fields();
      this.drawRecord();
    }
    const about = [this.model.get("field"), this.model.get("lists")];
    if (about[0] !== this.about?.[0] || about[1] !== this.about?.[1]) {
      this.about = about;
      this.drawField();
    }
    if (record !== this.shownRecord) {
      this.shownRecord = record;
      this.drawRecord();
    }
  }

  /** @returns {Values | undefined} */
  row() {
    return this.model.get("collections").find((row) => `${row.side} ${row.name}` === this.chosen);
  }

  /**
   * Both collections of a pair, each with the partners that are shown.
   * @param {{ ipaas: string, third_party: string }} pair
   * @returns {[string, string[]][]}
   */
  partners({ ipaas, third_party }) {
    const rows = this.model.get("collections");
    const of = (side, name) => rows.find((row) => row.side === side && row.name === name)?.partners ?? [];
    return [[ipaas, of("iPaaS.com", ipaas)], [third_party, of("third party", third_party)]];
  }

  list() {
    const wanted = this.search.value.trim().toLowerCase();
    const state = this.states.value();
    const rows = this.model.get("collections").filter((row) => {
      const words = [row.name, row.why, ...row.partners].join(" ").toLowerCase();
      const fits = state === "without a partner" ? row.state === "in no pair" && !row.proposed.length : row.state === state;
      return (state === STATES[0] || fits) && words.includes(wanted);
    });
    this.listed = rows;
    const together = rows.length > 1 && rows.every((row) => row.state === "in no pair");
    this.bulk.hidden = !together && !this.bulk.contains(document.activeElement);
    this.several.ariaDisabled = String(!together);
    setText(this.several, `Leave these ${rows.length} out`);
    const held = this.names.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : "";
    const parts = ["iPaaS.com", "third party"].flatMap((side) => {
      const own = rows.filter((row) => row.side === side);
      const rest = state === STATES[0] && !wanted ? own.filter((row) => row.state === STATES[2] && !row.proposed.length) : [];
      const folds = rest.length > FEW && rest.length < own.length;
      const first = folds ? own.filter((row) => !rest.includes(row)) : own;
      return [element("h4", { textContent: `${side} (${own.length})` }), ...this.some(first), ...(folds ? [this.fold(side, rest)] : [])];
    });
    this.names.replaceChildren(...(rows.length ? parts : [line("No collection fits.", "ipb-quiet")]));
    if (held) /** @type {any} */ (this.names.querySelector(`[data-key="${CSS.escape(held)}"]`))?.focus();
  }

  /** The names of collections, as many as are drawn at once. @param {Values[]} rows */
  some(rows) {
    const more = rows.length > DRAWN ? [line(`${rows.length - DRAWN} more: search for them.`, "ipb-quiet")] : [];
    return [...rows.slice(0, DRAWN).map((row) => this.nameOf(row)), ...more];
  }

  /** Those of a side for which nothing is proposed, folded, so that what is paired is seen. @param {string} side @param {Values[]} rows */
  fold(side, rows) {
    const open = this.unfolded.has(side) || rows.some((row) => `${row.side} ${row.name}` === this.chosen);
    const summary = element("summary", { className: "ipb-quiet" }, `${rows.length} more, nothing proposed`);
    const folded = element("details", { open }, summary, ...this.some(rows));
    folded.addEventListener("toggle", () => (folded.open ? this.unfolded.add(side) : this.unfolded.delete(side)));
    return folded;
  }

  /** Leave out all that is listed, for one reason. */
  leaveOut() {
    const rows = this.listed.map(({ side, name }) => ({ side, name }));
    this.send({ do: "leave these out", key: "all of these", rows, seen: "in no pair", why: this.reason.value });
  }

  /** @param {Values} row */
  nameOf(row) {
    const key = `${row.side} ${row.name}`;
    const node = element("button", { type: "button", className: "ipb-name", "data-key": key, title: row.why });
    const partner = row.partners.length ? `↔ ${row.partners.join(", ")}` : row.state;
    node.append(element("span", {}, ...breakable(row.name)), element("span", { className: "ipb-quiet" }, ...breakable(partner)));
    node.ariaLabel = row.name;
    node.ariaPressed = String(key === this.chosen);
    node.addEventListener("click", () => this.choose(key));
    return node;
  }

  /** @param {string} key */
  choose(key) {
    this.chosen = key;
    for (const node of this.names.querySelectorAll(".ipb-name")) {
      node.ariaPressed = String(node.getAttribute("data-key") === key);
    }
    this.drawHead();
    const row = this.row();
    if (row) this.send({ do: "schema", side: row.side, name: row.name, silent: true });
  }

  drawPane() {
    this.head = element("div", {});
    this.fieldSearch = element("input", { type: "search", placeholder: "Field, type, description" });
    this.fieldSearch.addEventListener("input", () => this.fields());
    this.kinds = chooser("Fields", Object.keys(FIELDS), `${this.id}-fields`, () => this.fields());
    this.sort = element("select", { ariaLabel: "Order of the fields" });
    this.sort.append(...Object.keys(SORTS).map((name) => element("option", { value: name, textContent: name })));
    this.sort.addEventListener("change", () => this.fields());
    this.area = element("div", {});
    this.shown = element("p", { className: "ipd-shown", role: "status" });
    this.recordArea = element("div", {});
    const label = element("label", {}, "Search fields ", this.fieldSearch);
    this.tools = element("div", { className: "ipd-bar", hidden: true }, this.kinds.element, this.sort, label);
    this.pane.append(this.head, this.tools, this.area, this.shown, this.recordArea);
    this.head.append(line("Choose a collection to see its schema, its records and its partners.", "ipb-quiet"));
  }

  /** Name, state, partners, and what can be said of the collection. */
  drawHead() {
    const row = this.row();
    if (!row) return;
    const [ours, theirs] = row.side === "iPaaS.com" ? [0, 1] : [1, 0];
    const pairOf = (other) => ({ ipaas: ours === 0 ? row.name : other, third_party: theirs === 1 ? other : row.name });
    const partners = row.partners.map((name) =>
      element("li", { "data-about": name }, `Paired with ${name} `, row.loose ? "" : button("Take apart", `Take ${row.name} and ${name} apart`, () =>
        this.send({ do: "unpair", ...pairOf(name), seen: row.said[name] }))),
    );
    const proposed = row.proposed.map(({ name, score, why }) =>
      element("li", { "data-about": name }, `${name}, ${score}: ${why} `, button("Pair", `Pair ${row.name} and ${name}`, () =>
        this.send({ do: "pair", ...pairOf(name), seen: this.partners(pairOf(name)) }))),
    );
    const seen = row.state === "left out" ? `${row.state}: ${row.why}` : row.state;
    const whole = { side: row.side, name: row.name, seen };
    const typed = this.why?.ariaLabel === `Why ${row.name} is left out` ? this.why.value : "";
    const why = element("input", { type: "text", ariaLabel: `Why ${row.name} is left out`, placeholder: "why", value: typed });
    this.why = why;
    const focused = this.head?.contains(document.activeElement) ? document.activeElement : null;
    const about = focused?.closest("li")?.getAttribute("data-about") ?? "";
    const out = row.state === "left out"
      ? [button("Take in again", `Take ${row.name} in again`, () => this.send({ do: "take in", ...whole }))]
      : row.state === "paired" && !row.loose ? [] : [why, button("Leave out", `Leave ${row.name} out`, () =>
          this.send({ do: "leave out", ...whole, why: why.value }))];
    this.head?.replaceChildren(
      element("h3", {}, ...breakable(row.name), element("span", { className: "ipb-quiet", textContent: ` ${row.side}, ${row.state}` })),
      ...(row.why ? [line(row.why, "ipb-quiet")] : []),
      element("ul", {}, ...partners, ...proposed),
      element("div", { className: "ipb-out" }, ...out),
    );
    if (focused) this.focusHead(about);
  }

  /** Keep the focus where the reader works: at the same partner, or else at the first thing to do. @param {string} about */
  focusHead(about) {
    const same = about && `[data-about="${CSS.escape(about)}"] button`;
    const first = "button, .ipb-out input";
    /** @type {any} */ ((same && this.head?.querySelector(same)) || this.head?.querySelector(first))?.focus();
  }

  /** The schema as a tree-table, narrowed by kind and search, sorted, folded below a name. */
  fields() {
    const schema = this.model.get("schema");
    const all = schema.fields ?? [];
    this.tools.hidden = all.length === 0;
    if (!schema.name) return;
    const wanted = this.fieldSearch.value.trim().toLowerCase();
    const fits = FIELDS[this.kinds?.value() ?? "All fields"];
    const tree = this.sort.value === Object.keys(SORTS)[0] && !wanted;
    const inside = (path) => [...this.folded].some((top) => path.startsWith(`${top}.`) || path.startsWith(`${top}[`) || path.startsWith(`${top}{`));
    const fields = all.filter((field) => fits(field) && searched(field).includes(wanted) && !(tree && inside(field.path)));
    fields.sort(SORTS[this.sort.value]);
    const heads = HEADS.map((text) => element("th", { scope: "col", textContent: text }));
    const body = element("tbody", {});
    const parents = tree ? parentsIn(all) : new Set();
    const draw = () => {
      const next = fields.slice(body.childElementCount, body.childElementCount + AT_ONCE);
      body.append(...next.map((field) => this.fieldRow(field, parents.has(field.path), tree)));
    };
    draw();
    const table = element(
      "table",
      { ariaLabel: `Schema of ${schema.name}`, ariaRowCount: String(fields.length + 1) },
      element("thead", {}, element("tr", {}, ...heads)),
      body,
    );
    const scroll = { className: "ipd-scroll", tabIndex: 0, role: "region", ariaLabel: `Fields of ${schema.name}` };
    const frame = element("div", scroll, table);
    frame.addEventListener("scroll", () => frame.scrollTop + 2 * frame.clientHeight > frame.scrollHeight && draw());
    this.area?.replaceChildren(all.length ? frame : line("Nothing is known of its fields.", "ipb-quiet"));
    setText(/** @type {Node} */ (this.shown), all.length ? `${fields.length} of ${all.length} fields. ${schema.claim ?? ""}` : "");
  }

  /** @param {Values} field @param {boolean} below whether fields stand below it @param {boolean} tree */
  fieldRow(field, below, tree) {
    const { path, depth, shapes, shares, kinds, filled, format, key, examples, description, differs } = field;
    const name = tree ? lastOf(path) : path;
    const toggle = below ? [this.foldButton(path)] : [];
    const open = button("…", `Evidence of ${path}`, () => this.evidence(open, path));
    open.ariaExpanded = "false";
    open.className = "ipb-more";
    const notes = [format, key && "could be a key", differs && "differs"].filter(Boolean).join(", ");
    const bar = shares
      ? [element("span", { className: "ipb-bar", ariaHidden: "true" }, ...["fill", "null", "empty"].map((part) =>
          element("i", { className: `ipb-${part}`, style: `width:${100 * shares[part]}%` })))]
      : [];
    const several = kinds.length > 1 ? [line(kinds.map(([kind, , share]) => `${share} ${kind}`).join(", "), "ipb-quiet")] : [];
    const spread = kinds.length
      ? [element("span", { className: "ipb-bar", ariaHidden: "true" }, ...kinds.map(([kind, share]) =>
          element("i", { className: `ipb-of-${kind}`, style: `width:${100 * share}%` })))]
      : [];
    return element(
      "tr",
      { className: differs ? "ipb-differs" : "" },
      element("th", { scope: "row", title: path, style: `padding-left:${6 + 12 * (tree ? depth : 0)}px` }, ...toggle, ...breakable(name), open),
      ...shapes.map((types) => element("td", { textContent: types || "–" })),
      element("td", {}, ...bar, ...spread, filled, ...several),
      element("td", { textContent: notes }),
      element("td", { textContent: examples }),
      element("td", { textContent: description }),
    );
  }

  /** Open or close everything that is known of a field, below its row. @param {HTMLButtonElement} open @param {string} path */
  evidence(open, path) {
    const { side, name } = this.model.get("schema");
    const row = /** @type {HTMLElement} */ (open.closest("tr"));
    const below = /** @type {HTMLElement | null} */ (row.nextElementSibling);
    const was = open.ariaExpanded === "true";
    open.ariaExpanded = String(!was);
    if (was) return below?.remove();
    const cell = element("td", { colSpan: HEADS.length, className: "ipb-facts" }, line("Looking…", "ipb-quiet"));
    row.after(element("tr", { "data-field": path }, cell));
    this.send({ do: "field", side, name, path, silent: true });
  }

  /** Show what the kernel knows of the field that was asked for. */
  drawField() {
    const { path, facts, list, read } = this.model.get("field");
    const cell = path && this.area?.querySelector(`[data-field="${CSS.escape(path)}"] > td`);
    if (!cell) return;
    const held = cell.contains(document.activeElement);
    const items = facts.flatMap(([head, text]) => [element("dt", { textContent: head }), element("dd", { textContent: text })]);
    const choice = list ? [this.listChoice(list, read)] : [];
    cell.replaceChildren(line(path, "ipb-path"), element("dl", {}, ...items), ...choice);
    if (held) /** @type {any} */ (cell.querySelector("button"))?.focus();
  }

  /** How a list of names and values is read, and the way to say otherwise. @param {string} list @param {string} read */
  listChoice(list, read) {
    const { side, name } = this.model.get("schema");
    const said = this.model.get("lists")[list] ?? read;
    const [other, text] = said === "fold" ? ["unfold", "Take its names for fields"] : ["fold", "Keep it one list"];
    const words = said === "fold" ? `${list} is kept one list` : `The names in ${list} are fields`;
    const later = said === read ? "" : ", from the next opening on";
    const seen = this.model.get("lists")[list] ?? null;
    const say = button(text, `${text}: ${list}`, () => this.send({ do: other, side, name, list, key: list, seen }));
    return element("div", {}, `${words}${later}. `, say);
  }

  /** @param {string} path */
  foldButton(path) {
    const folded = this.folded.has(path);
    const node = button(folded ? "▸" : "▾", `Fields below ${path}`, () => {
      if (!this.folded.delete(path)) this.folded.add(path);
      this.fields();
      /** @type {any} */ (this.area?.querySelector(`[data-fold="${CSS.escape(path)}"]`))?.focus();
    });
    node.setAttribute("data-fold", path);
    node.ariaExpanded = String(!folded);
    return node;
  }

  /** One record, with the way to the one before and the one after. */
  drawRecord() {
    const { name, side, records } = this.model.get("schema");
    const { at, leaves } = this.model.get("record");
    if (!name || !records) {
      this.recordArea?.replaceChildren(...(name ? [line("No record of it was read.", "ipb-quiet")] : []));
      return;
    }
    const go = (to) => () => this.send({ do: "record", side, name, at: to, silent: true });
    const before = button("Previous record", `Previous record of ${name}`, go((at ?? 0) - 1));
    const after = button(at === undefined ? "Show a record" : "Next record", `Next record of ${name}`, go(at === undefined ? 0 : at + 1));
    before.ariaDisabled = String(!at);
    after.ariaDisabled = String(at !== undefined && at >= records - 1);
    const held = this.recordArea?.contains(document.activeElement) ? document.activeElement?.ariaLabel : "";
    const rows = (leaves ?? []).map((leaf) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, ...breakable(leaf.path)),
        leaf.value === null ? element("td", { className: "ipb-absent", textContent: "absent" }) : element("td", { textContent: leaf.value }),
      ),
    );
    const scroll = { className: "ipd-scroll", tabIndex: 0, role: "region", ariaLabel: `Values of record ${at + 1}` };
    const body = () => element("table", { ariaLabel: `Record ${at + 1} of ${name}` }, element("tbody", {}, ...rows));
    const table = leaves ? [element("div", scroll, body())] : [];
    const number = at === undefined ? `${records} records were read.` : `Record ${at + 1} of ${records}`;
    const status = element("span", { role: "status", textContent: number });
    this.recordArea?.replaceChildren(element("div", { className: "ipb-out" }, before, after, status), ...table);
    if (held) for (const node of [before, after]) if (node.ariaLabel === held) node.focus();
  }

  /** Show a collection that another board points at. @param {Values} place */
  goTo({ board, collection, thirdParty }) {
    const key = collection ? `iPaaS.com ${collection}` : `third party ${thirdParty}`;
    if (board !== "CollectionBrowser") return false;
    this.choose(key);
    if (!this.row()) return false;
    this.root.scrollIntoView({ block: "start" });
    /** @type {any} */ (this.head?.querySelector("button"))?.focus();
    return true;
  }
}

/** @type {WeakMap<Values, string>} */
const texts = new WeakMap();

/** What is searched of a field. @param {Values} field */
function searched(field) {
  let known = texts.get(field);
  if (known === undefined) {
    known = `${field.path} ${field.shapes.join(" ")} ${field.format} ${field.description}`.toLowerCase();
    texts.set(field, known);
  }
  return known;
}

/** The paths below which other fields stand. @param {Values[]} fields @returns {Set<string>} */
function parentsIn(fields) {
  const above = fields.flatMap(({ path }) => [...path.matchAll(/[.[{]/g)].map(({ index }) => path.slice(0, index)));
  return new Set(above);
}

/**
 * The last part of a path, with the name of the list's row it belongs to: "{Tax Exempt} value".
 * @param {string} path
 * @returns {string}
 */
function lastOf(path) {
  const parts = path.split(/(?<!\\)\.(?![^{]*\})/);
  const row = parts.at(-2)?.match(/\{.*\}$/);
  return [...(row ?? []), parts.at(-1)].join(" ");
}

const HEADS = ["Field", "Returned", "On create", "On update", "Filled, types", "Format, key", "Examples", "Description"];

function render({ model, el }) {
  const view = new BrowserView(model, el);
  return () => view.dispose();
}

export default { render };
