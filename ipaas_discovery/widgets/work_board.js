// The live side of OpenWork: what is open, kind by kind; questions are answered in their rows.
import { View, breakable, button, chooser, element, line, setText } from "./board.js";

/** @typedef {import("./board.js").Values} Values */
/** @typedef {import("./board.js").Model} Model */

const ALL = "All";
const QUESTION = "unanswered";
const AT_ONCE = 100; // rows drawn at once; the next follow as one scrolls
const NOWHERE = "This board is not on this page: show it in a cell of its own, or say it by the command.";

/** One item: what is open, what is proposed, and where it is said, or the answer where it is a question. */
class Item {
  /** @param {Values} item @param {WorkView} view */
  constructor(item, view) {
    this.item = item;
    this.view = view;
    /** @type {Values | null} */
    this.saved = null;
    this.note = element("div", { className: "ipw-note" });
    this.element = item.kind === QUESTION ? this.question() : this.pointer();
    this.text = [item.title, item.about, item.open, item.answer, item.board].join(" ").toLowerCase();
  }

  head() {
    return element("th", { scope: "row" }, ...breakable(this.item.title));
  }

  pointer() {
    const { about, open, answer, board, command } = this.item;
    const go = button(board, `Go to ${this.item.title}, ${about}, on the ${board}`, () => this.go());
    const proposed = answer ? [line(`Proposed: ${answer}`, "ipw-proposed")] : [];
    return element(
      "tr",
      {},
      this.head(),
      element("td", {}, element("strong", {}, ...breakable(about)), line(open), ...proposed),
      element("td", {}, go, element("code", { className: "ipw-command" }, command), this.note),
    );
  }

  question() {
    const { about, answer, title } = this.item;
    this.field = element("textarea", { rows: 2, ariaLabel: `Answer for ${title}: ${about}`, placeholder: answer });
    this.view.whileTyping(this.field, () => this.send(this.field.value));
    const take = answer
      ? [button("Take what is proposed", `Take what is proposed for ${title}: ${about}`, () => this.send(answer))]
      : [];
    const proposed = answer ? [line(`Proposed: ${answer}`, "ipw-proposed")] : [];
    return element(
      "tr",
      {},
      this.head(),
      element("td", {}, element("strong", {}, about), ...proposed),
      element("td", {}, this.field, ...take, this.note),
    );
  }

  /** @param {string} answer */
  send(answer) {
    const { key } = this.item;
    this.view.send({ do: "answer", key, answer, seen: this.saved, label: `answer ${key}` });
  }

  go() {
    const { board, collection, third_party: thirdParty, about, kind } = this.item;
    const detail = { board, collection, thirdParty, about, kind };
    const heard = !document.dispatchEvent(new CustomEvent("ipd-go", { detail, cancelable: true }));
    this.note.replaceChildren(...(heard ? [] : [line(NOWHERE)]));
  }

  /** @param {Values | undefined} answer @param {boolean} failed */
  refresh(answer, failed) {
    this.saved = answer ?? null;
    if (!this.field) return;
    const text = answer?.answer ?? "";
    const typing = this.view.typing.has(this.field);
    if (!typing && !failed && this.field.value.trim() !== text) this.field.value = text;
    this.field.ariaInvalid = String(failed);
    const who = [answer?.by && `by ${answer.by}`, answer?.on && `on ${answer.on}`].filter(Boolean).join(" ");
    this.note.replaceChildren(...(answer ? [line(`Answered ${who}`)] : []));
    this.element.classList.toggle("ipw-answered", Boolean(answer));
  }
}

class WorkView extends View {
  /** @param {Model} model @param {HTMLElement} root */
  constructor(model, root) {
    super(model, root);
    /** @type {Map<string, Item>} */
    this.items = new Map();
    this.kind = ALL;
    /** @type {Item[]} */
    this.fits = []; // what the search and the kind leave
    this.counter = element("strong", { role: "status", className: "ipd-counter" });
    this.search = element("input", { type: "search", placeholder: "Pair, field, text" });
    this.choices = element("div", {});
    this.shown = element("p", { className: "ipd-shown", role: "status" });
    this.body = element("tbody", {});
    this.area = element("div", {});
    this.notes = element("div", { className: "ipd-shown" });
    this.search.addEventListener("input", () => this.list());
    this.take = button("", "Take what is proposed for every question shown", () =>
      this.send({ do: "take all", keys: this.proposed.map(({ item }) => item.key) }),
    );
    const tools = [this.counter, this.author(), element("span", {}, this.undo, this.redo)];
    const label = element("label", {}, "Search ", this.search);
    root.classList.add("ipw");
    root.append(
      element("div", { className: "ipd-bar" }, ...tools),
      element("div", { className: "ipd-bar" }, this.choices, this.take, label),
      this.error,
      this.conflict,
      this.area,
      this.shown,
      this.notes,
      this.state,
    );
    this.start();
  }

  /** @param {string} [failed] */
  refresh(failed) {
    const rows = this.model.get("items");
    const keys = rows.map((row) => row.key).join("\n");
    const kinds = this.model.get("kinds");
    if (keys !== this.keys) {
      const before = this.items;
      this.items = new Map(
        rows.map((row) => {
          const old = before.get(row.key);
          const same = old && JSON.stringify(old.item) === JSON.stringify(row);
          return [row.key, same ? old : new Item(row, this)];
        }),
      );
      this.keys = keys;
      this.chooseKinds(kinds);
      this.list();
    }
    const answers = this.model.get("answers");
    const { waiting } = this;
    for (const [key, item] of this.items) {
      if (!waiting.has(key)) item.refresh(answers[key], key === failed);
    }
    const counts = kinds.map(({ kind, count }) => `${count} ${kind}`).join(", ");
    setText(this.counter, counts ? `Open: ${counts}` : "Nothing is open");
    this.notes.replaceChildren(...this.model.get("notes").map((text) => line(text)));
    this.countProposed();
  }

  /** The questions shown that have a proposal and no answer. @returns {Item[]} */
  get proposed() {
    return this.fits.filter(({ item, saved }) => item.kind === QUESTION && item.answer && !saved);
  }

  countProposed() {
    const { length } = this.proposed;
    setText(this.take, `Take what is proposed (${length})`);
    this.take.ariaDisabled = String(length === 0);
  }

  /** @param {Values[]} kinds */
  chooseKinds(kinds) {
    const names = [ALL, ...kinds.map(({ kind }) => kind)];
    if (names.join() === this.names) return;
    this.names = names.join();
    const held = this.choices.contains(document.activeElement);
    const bar = chooser("Show", names, `${this.id}-kind`, (name) => {
      this.kind = name;
      this.list();
    });
    this.kind = names.includes(this.kind) ? this.kind : ALL;
    for (const input of bar.inputs) input.checked = input.value === this.kind;
    this.choices.replaceChildren(bar.element);
    if (held) bar.inputs.find((input) => input.checked)?.focus();
  }

  list() {
    const wanted = this.search.value.trim().toLowerCase();
    const fits = [...this.items.values()].filter(
      ({ item, text }) => (this.kind === ALL || item.kind === this.kind) && text.includes(wanted),
    );
    this.fits = fits;
    const rows = fits.slice(0, AT_ONCE).map((item) => item.element);
    const focused = document.activeElement;
    const drawn = [...this.body.children];
    if (drawn.length !== rows.length || drawn.some((row, at) => row !== rows[at])) this.body.replaceChildren(...rows);
    if (focused instanceof HTMLElement && this.body.contains(focused)) focused.focus();
    const all = fits.length === this.items.size;
    setText(this.shown, all ? "" : fits.length ? `Showing ${fits.length} of ${this.items.size}.` : "Nothing fits.");
    if (this.items.size === 0) this.area.replaceChildren(element("p", { className: "ipd-empty", textContent: EMPTY }));
    else if (!this.area.contains(this.body)) this.area.replaceChildren(this.table());
    this.countProposed();
  }

  /** Draw the next rows. */
  drawMore() {
    const { childElementCount: drawn } = this.body;
    this.body.append(...this.fits.slice(drawn, drawn + AT_ONCE).map((item) => item.element));
  }

  table() {
    const heads = HEADS.map((text) => element("th", { scope: "col", textContent: text }));
    const head = element("thead", {}, element("tr", {}, ...heads));
    const columns = element("colgroup", {}, ...HEADS.map(() => element("col")));
    const table = element("table", { ariaLabel: "Open work" }, columns, head, this.body);
    const scroll = { className: "ipd-scroll", tabIndex: 0, role: "region", ariaLabel: "What is open" };
    const frame = element("div", scroll, table);
    frame.addEventListener("scroll", () => frame.scrollTop + 2 * frame.clientHeight > frame.scrollHeight && this.drawMore());
    return frame;
  }
}

const HEADS = ["Pair", "What is open", "Say it here"];
const EMPTY = "Nothing is open: every pair is decided, every required field filled, every question answered.";

function render({ model, el }) {
  const view = new WorkView(model, el);
  return () => view.dispose();
}

export default { render };
