// Common ground of all boards: elements, the one way to the kernel and back, conflicts, a kernel that is gone, keys.
//
// Python owns every decision. A click is sent as a message, never as a trait: the front end merges trait changes
// while the kernel is busy, and a merged change would be a lost choice. Python answers each message by setting the
// traits and `status` together. All text comes from APIs and is set as text, never as HTML. Python puts this file
// before a board's own into one module.

/** @typedef {{ [name: string]: any }} Values */
/** @typedef {{ get(name: string): any, send(message: Values): unknown, on(event: string, heard: () => void): void,
 *   off(event: string, heard: () => void): void, widget_manager?: any }} Model */

const GONE = new Set(["restarting", "autorestarting", "terminating", "dead"]); // of a kernel, as JupyterLab names it
const PATIENCE = 4000; // milliseconds without an answer after which the reader is told
const PAUSE = 600; // milliseconds without a key after which a text that is being typed is sent
const NO_ANSWER =
  "No answer from the kernel: the last choice is not saved, and the board shows the file again. " +
  "A busy kernel may still save it; if the kernel was restarted, run this cell again.";
const KERNEL_GONE =
  "The kernel is gone: nothing can be saved, and the board shows the file as it was last known. Run this cell again.";

/**
 * Make an element; a value goes to the property of that name, or else to the attribute.
 * @param {string} tag
 * @param {Values} [values]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function element(tag, values = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(values)) {
    if (key in node) /** @type {Values} */ (node)[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {string} text @param {string} [className] @returns {HTMLElement} */
export function line(text, className = "") {
  return element("div", { textContent: text, className });
}

/**
 * A long name, with places where it may break: after an underscore, a dot, a slash.
 * @param {string} name
 * @returns {(Node | string)[]}
 */
export function breakable(name) {
  return name.split(/(?<=[_./])/).flatMap((part, index) => (index ? [element("wbr"), part] : [part]));
}

/**
 * A button; a disabled one would drop the keyboard focus it holds, an aria-disabled one keeps it and does nothing.
 * @param {string} text
 * @param {string} label
 * @param {() => void} action
 * @returns {HTMLButtonElement}
 */
export function button(text, label, action) {
  const node = element("button", { type: "button", textContent: text, ariaLabel: label });
  node.addEventListener("click", () => node.ariaDisabled !== "true" && action());
  return node;
}

/**
 * A group of radio buttons that looks like one bar.
 * @param {string} label
 * @param {string[]} names
 * @param {string} group
 * @param {(name: string) => void} chosen
 * @returns {{ element: HTMLElement, inputs: HTMLInputElement[], value: () => string }}
 */
export function chooser(label, names, group, chosen) {
  const inputs = names.map((name, index) => {
    const input = element("input", { type: "radio", name: group, value: name, checked: index === 0 });
    input.addEventListener("change", () => chosen(name));
    return input;
  });
  const labels = inputs.map((input) => element("label", {}, input, element("span", {}, input.value)));
  const bar = element("div", { role: "radiogroup", ariaLabel: label, className: "ipd-filters" }, ...labels);
  return { element: bar, inputs, value: () => inputs.find((input) => input.checked)?.value ?? names[0] };
}

/** A view of a board. A subclass draws itself, calls `start`, and shows the model in `refresh`. */
export class View {
  /** @param {Model} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.id = Math.random().toString(36).slice(2); // crypto.randomUUID is missing on plain http
    this.sent = 0;
    /** @type {Map<string, Values>} */
    this.pending = new Map(); // id -> the request that waits for its answer
    /** @type {Map<string, Values>} */
    this.requests = new Map(); // the last requests, to be said again after a conflict
    /** @type {Map<Element, () => void>} */
    this.typing = new Map(); // field -> sends what was typed
    this.gone = false;
    this.said = model.get("status").notice || model.get("status").saved; // what was done last
    this.problem = { error: "", own: false }; // an error, and whether it is the answer to a request of this view
    this.undo = button("Undo", "Undo the last choice", () => this.send({ do: "undo" }));
    this.redo = button("Redo", "Redo the choice taken back", () => this.send({ do: "redo" }));
    this.by = element("input", { type: "text", value: model.get("by"), autocomplete: "off" });
    this.state = element("p", { className: "ipd-state", role: "status" });
    this.error = element("p", { className: "ipd-error", role: "alert" });
    this.conflict = element("div", { className: "ipd-conflict", role: "alert", hidden: true });
    root.classList.add("ipd");
  }

  /** Say who decides. */
  author() {
    return element("label", {}, "Decided by ", this.by);
  }

  /** Listen to the model and to keys, and show the model for the first time. */
  start() {
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.leaving = () => this.flush();
    document.addEventListener("visibilitychange", this.leaving);
    this.onStatus = () => this.answered();
    this.onKernel = (/** @type {unknown} */ _, /** @type {string} */ status) => GONE.has(status) && this.lost();
    this.kernel = this.model.widget_manager?.kernel;
    this.kernel?.statusChanged?.connect(this.onKernel);
    this.model.on("change:status", this.onStatus);
    this.onGo = (/** @type {any} */ event) => {
      if (!event.defaultPrevented && this.root.isConnected && this.goTo(event.detail)) event.preventDefault();
    };
    document.addEventListener("ipd-go", this.onGo);
    this.show();
  }

  /**
   * Show what another board points at; true if it is this board's to show.
   * @param {{ board: string, collection: string, thirdParty: string, about: string, kind: string }} _place
   * @returns {boolean}
   */
  goTo(_place) {
    return false;
  }

  dispose() {
    clearTimeout(this.timer);
    this.flush();
    document.removeEventListener("visibilitychange", /** @type {() => void} */ (this.leaving));
    document.removeEventListener("ipd-go", /** @type {any} */ (this.onGo));
    this.model.off("change:status", /** @type {() => void} */ (this.onStatus));
    this.kernel?.statusChanged?.disconnect(this.onKernel);
  }

  /**
   * JupyterLab would take letters and arrows for itself: "b" inserts a cell, "d d" deletes this one.
   * @param {KeyboardEvent} event
   */
  key(event) {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === "s") {
      this.flush();
      return; // saving the notebook stays JupyterLab's
    }
    event.stopPropagation();
    const target = /** @type {Element} */ (event.target);
    const typing = target.matches("input[type=text], input[type=search], textarea");
    if (!command || typing || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    (event.shiftKey ? this.redo : this.undo).click();
  }

  /**
   * Ask the kernel; `key` names the row it is about.
   * @param {Values} request
   * @returns {string} the request's id
   */
  send(request) {
    const id = `${this.id}-${++this.sent}`;
    const whole = { ...request, by: this.by.value.trim(), request: id };
    this.pending.set(id, whole);
    this.requests.set(id, whole);
    if (this.requests.size > 50) this.requests.delete(/** @type {string} */ (this.requests.keys().next().value));
    this.closeConflict();
    if (!request.silent) this.problem = { error: "", own: false };
    setText(this.state, request.silent ? this.state.textContent : "Saving…");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.pending.size && this.giveUp(NO_ANSWER), PATIENCE);
    try {
      if (this.gone) this.lost();
      else Promise.resolve(this.model.send(whole)).catch(() => this.lost());
    } catch {
      this.lost();
    }
    return id;
  }

  /**
   * Send a text while it is typed, and at once when its field is left or the page is hidden.
   * @param {HTMLElement} field
   * @param {() => void} send
   */
  whileTyping(field, send) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const now = () => {
      clearTimeout(timer);
      if (this.typing.delete(field)) send();
    };
    field.addEventListener("input", () => {
      clearTimeout(timer);
      this.typing.set(field, now);
      timer = setTimeout(now, PAUSE);
    });
    field.addEventListener("change", now);
  }

  /** Send at once what is typed and not yet sent. */
  flush() {
    for (const now of [...this.typing.values()]) now();
  }

  /** The rows whose last choice is not answered yet. */
  get waiting() {
    return new Set([...this.pending.values()].flatMap((request) => request.keys ?? [request.key ?? ""]));
  }

  /** Take every answer that is there: JupyterLab shows only the latest of several that come close together. */
  answered() {
    const status = this.model.get("status");
    const answers = [...(status.answers ?? []), status].filter(({ request }) => this.pending.has(request));
    const about = new Map(answers.map((answer) => [answer.request, /** @type {Values} */ (this.pending.get(answer.request))]));
    for (const { request } of answers) this.pending.delete(request);
    if (this.pending.size === 0) clearTimeout(this.timer);
    const failed = answers.findLast(({ error }) => error);
    const spoken = answers.findLast(({ request }) => !about.get(request)?.silent);
    if (failed) this.problem = { error: failed.error, own: true };
    else if (status.error || !this.problem.own || spoken) this.problem = { error: status.error, own: false };
    this.said = answers.findLast(({ saved }) => saved)?.saved || status.notice || status.saved || this.said;
    this.show(failed && about.get(failed.request)?.key);
    for (const { conflict, request } of answers) if (conflict) this.openConflict(conflict, about.get(request) ?? {});
  }

  /** @param {string} [failed] key of the row whose choice was not saved */
  show(failed) {
    this.refresh(failed);
    const { undo, redo } = this.model.get("steps");
    this.undo.ariaDisabled = String(!undo);
    this.redo.ariaDisabled = String(!redo);
    setText(this.error, this.problem.error);
    setText(this.state, this.pending.size ? "Saving…" : this.said);
  }

  /**
   * Show the model; rows that wait for an answer keep what the reader chose.
   * @param {string} [_failed] key of the row whose choice was not saved
   */
  refresh(_failed) {}

  /** Show the file's state again, and say why. @param {string} reason */
  giveUp(reason) {
    const lost = [...this.waiting];
    this.pending.clear();
    clearTimeout(this.timer);
    this.problem = { error: reason, own: false }; // a late answer takes it back
    this.refresh(lost.length === 1 ? lost[0] : undefined);
    setText(this.error, reason);
    this.said = "";
    setText(this.state, "");
  }

  /** The kernel was restarted or ended: this view is of a board that is no more. */
  lost() {
    this.gone = true;
    this.root.classList.add("ipd-gone");
    this.giveUp(KERNEL_GONE);
  }

  /**
   * Show both versions and ask.
   * @param {{ name: string, theirs: string, yours: string }} conflict
   * @param {Values} request
   */
  openConflict({ name, theirs, yours }, request) {
    setText(this.error, "");
    const { seen: _, ...again } = request;
    const versions = element(
      "dl",
      {},
      element("dt", {}, "Theirs, which stands"),
      element("dd", {}, theirs),
      element("dt", {}, "Yours"),
      element("dd", {}, yours),
    );
    const keep = button("Keep theirs", `Keep theirs for ${name}`, () => this.closeConflict());
    const mine = button("Say mine again", `Say mine again for ${name}`, () => this.send(again));
    const title = element("strong", {}, `${name} was changed elsewhere meanwhile.`);
    this.conflict.replaceChildren(title, versions, keep, mine);
    this.conflict.hidden = false;
  }

  closeConflict() {
    if (this.conflict.hidden) return;
    const held = this.conflict.contains(document.activeElement);
    this.conflict.hidden = true;
    this.conflict.replaceChildren();
    if (held) this.undo.focus();
  }
}
