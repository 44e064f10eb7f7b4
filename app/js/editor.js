// The code editor as a module of its own, loaded when the code pane opens. All knowledge stays in Rust: this file shows
// text, reports what was typed and where the cursor is, and shows the answers that it is given. Positions are UTF-16 units.
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { autocompletion, acceptCompletion, closeCompletion, completionKeymap, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics as lintWith } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, ChangeSet, Compartment, EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers,
  showTooltip,
} from "@codemirror/view";
import { colours, look } from "./editor/look.js";
import { words } from "./editor/words.js";

const fromOutside = Annotation.define();
const markState = StateEffect.define();
const showStops = StateEffect.define();
const showCall = StateEffect.define();
const showName = StateEffect.define();

/** Above this many units, typing is reported and suggestions are looked up after a pause or when asked for. */
const LARGE = 60_000;
/** How long such a pause is, in milliseconds. */
const PAUSE = 150;

const languages = { json, yaml };

// What is pasted, dropped or put by a replacement ends its lines as Rust takes them to be shown: with one unit.
const plainLineEnds = EditorState.transactionFilter.of((transaction) => {
  const changes = [];
  transaction.changes.iterChanges((_from, _to, from, _end, inserted) => {
    for (const { 0: found, index } of inserted.toString().matchAll(/\r\n?/g)) {
      changes.push({ from: from + index, to: from + index + found.length, insert: "\n" });
    }
  });
  return changes.length ? [transaction, { changes, sequential: true }] : transaction;
});

// The lines of the state that is selected elsewhere.
const stateLines = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    lines = lines.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markState)) continue;
      lines = effect.value ? linesOf(transaction.state, effect.value) : Decoration.none;
    }
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function linesOf(state, { from, to }) {
  const line = Decoration.line({ class: "cm-state" });
  const marks = [];
  const end = Math.min(to, state.doc.length);
  for (let at = state.doc.lineAt(Math.min(from, end)); ; at = state.doc.line(at.number + 1)) {
    marks.push(line.range(at.from));
    if (at.to >= end || at.number === state.doc.lines) break;
  }
  return Decoration.set(marks);
}

// The places of a suggestion that are still to be filled in: Tab goes from one to the next.
const stops = StateField.define({
  create: () => null,
  update(held, transaction) {
    for (const effect of transaction.effects) if (effect.is(showStops)) return effect.value;
    if (!held || !transaction.docChanged) return held;
    const map = (at, side) => transaction.changes.mapPos(at, side);
    return { ...held, places: held.places.map(({ from, to }) => ({ from: map(from, -1), to: map(to, 1) })) };
  },
  provide: (field) => EditorView.decorations.from(field, (held) => {
    const mark = Decoration.mark({ class: "cm-stop" });
    const filled = held ? held.places.filter(({ from, to }) => from < to) : [];
    return Decoration.set(filled.map(({ from, to }) => mark.range(from, to)), true);
  }),
});

function goToStop(step) {
  return (view) => {
    const held = view.state.field(stops);
    if (!held) return false;
    const at = held.at + step;
    const place = held.places[at];
    if (!place) return leaveStops(view);
    const last = at === held.places.length - 1;
    view.dispatch({
      selection: { anchor: place.from, head: place.to },
      effects: showStops.of(last ? null : { ...held, at }),
      scrollIntoView: true,
    });
    return true;
  };
}

function leaveStops(view) {
  if (!view.state.field(stops)) return false;
  view.dispatch({ effects: showStops.of(null) });
  return true;
}

/** A tooltip that a state field holds: `{pos, dom}`, or nothing. Editing keeps it beside its text. */
function tooltipField(effectType) {
  return StateField.define({
    create: () => null,
    update(held, transaction) {
      for (const effect of transaction.effects) if (effect.is(effectType)) return effect.value;
      if (!held || !transaction.docChanged) return held;
      return { ...held, pos: transaction.changes.mapPos(held.pos) };
    },
    provide: (field) => showTooltip.from(field),
  });
}

const call = tooltipField(showCall);
const name = tooltipField(showName);

function tooltip(pos, dom, above = true) {
  return { pos, above, create: () => ({ dom, mount: () => dom.querySelector("input")?.select() }) };
}

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** One living editor: the view, what it reports to, and what was typed and not reported yet. */
class Editor {
  constructor(host, text, language, on) {
    this.on = on;
    this.pending = null;
    this.timer = 0;
    this.mending = false;
    this.grown = [];
    this.language = new Compartment();
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.view = new EditorView({ root, parent: root, state: EditorState.create({ doc: text, extensions: this.extensions(language) }) });
    this.leaving = () => this.flush();
    addEventListener("beforeunload", this.leaving, true);
  }

  extensions(language) {
    return [
      lineNumbers(), lintGutter(), foldGutter(), highlightActiveLine(), highlightActiveLineGutter(),
      drawSelection(), indentOnInput(), bracketMatching(), highlightSelectionMatches(),
      search({ top: true }), indentUnit.of("  "), this.language.of(languages[language]()), syntaxHighlighting(colours), look,
      stateLines, stops, call, name,
      EditorState.lineSeparator.of("\n"), plainLineEnds,
      // Focusable by itself; the attribute says so to tools that look for it.
      EditorView.contentAttributes.of({ "aria-label": "Definition", spellcheck: "false", tabindex: "0" }),
      autocompletion({ override: [(context) => this.suggestions(context)], maxRenderedOptions: 60, interactionDelay: 0 }),
      hoverTooltip((_, at) => this.explained(at), { hoverTime: 400 }),
      Prec.highest(keymap.of([
        { key: "Tab", run: acceptCompletion },
        { key: "Tab", run: goToStop(1), shift: goToStop(-1) },
        { key: "Escape", run: (view) => this.hide(showCall, call) || (leaveStops(view), false) },
      ])),
      keymap.of([...this.keys(), ...completionKeymap, ...searchKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
      EditorView.domEventHandlers({
        blur: () => this.flush(),
        // A key that may be a command finds the text as it is.
        keydown: (event) => void ((event.ctrlKey || event.altKey || event.metaKey) && this.flush()),
        mousedown: (event, view) => this.clicked(event, view),
      }),
      EditorView.updateListener.of((update) => this.updated(update)),
    ];
  }

  keys() {
    const command = (name) => () => (this.flush(), this.on.command(name), true);
    const here = (act) => (view) => act.call(this, view.state.selection.main.head);
    return [
      { key: "Mod-z", run: command("undo"), preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: command("redo"), preventDefault: true },
      { key: "Mod-Shift-z", run: command("redo"), preventDefault: true },
      { key: "Shift-Alt-f", run: command("format"), preventDefault: true },
      { key: "F8", run: nextDiagnostic }, { key: "Shift-F8", run: previousDiagnostic },
      { key: "F12", run: here(this.goToDefinition) }, { key: "Shift-F12", run: here(this.goToNextUse) },
      { key: "F2", run: here(this.askName) },
      { key: "Mod-.", run: () => this.offerFixes(), preventDefault: true },
      { key: "Mod-Shift-Space", run: here((at) => this.showCall(at)), preventDefault: true },
      { key: "Shift-Alt-ArrowRight", run: () => this.grow(), preventDefault: true },
      { key: "Shift-Alt-ArrowLeft", run: () => this.shrink(), preventDefault: true },
    ];
  }

  /** Asks Rust; what was typed counts. */
  ask(what, at, word = "") {
    this.flush();
    const answer = this.on.ask(what, at, word);
    return answer ? JSON.parse(answer) : null;
  }

  isLarge() {
    return this.view.state.doc.length > LARGE;
  }

  updated(update) {
    const ours = update.transactions.some((one) => one.annotation(fromOutside));
    if (update.docChanged && !ours) this.typed(update);
    if (update.selectionSet && !ours && !update.docChanged) {
      this.flush();
      this.on.cursor(update.state.selection.main.head);
    }
    if (update.docChanged || update.selectionSet) this.followCall(update);
  }

  typed(update) {
    const picked = update.transactions.some((one) => one.annotation(pickedCompletion));
    if (picked) this.flush();
    this.pending = this.pending ? this.pending.compose(update.changes) : update.changes;
    clearTimeout(this.timer);
    if (picked || !this.isLarge()) this.flush(picked);
    else this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Reports what was typed. */
  flush(isStep = false) {
    clearTimeout(this.timer);
    const changes = this.pending;
    if (!changes) return;
    this.pending = null;
    const flat = [];
    changes.iterChanges((from, to, _from, _to, inserted) => flat.push(from, to, inserted.toString()));
    this.on.change(flat, isStep);
  }

  /** Makes a change that Rust knows, over what was typed and not reported yet. */
  apply(edits) {
    let changes = ChangeSet.of(edits, this.pending ? this.pending.length : this.view.state.doc.length);
    if (this.pending) {
      const typed = this.pending;
      this.pending = typed.map(changes, true);
      changes = changes.map(typed);
    }
    this.view.dispatch({ changes, annotations: fromOutside.of(true) });
  }

  /** A place in the text that Rust knows, in the text that was typed meanwhile. */
  place(at, side) {
    const moved = this.pending ? this.pending.mapPos(Math.min(at, this.pending.length), side) : at;
    return Math.min(moved, this.view.state.doc.length);
  }

  suggestions(context) {
    const at = context.pos;
    if (this.mending) {
      this.mending = false;
      const mend = (index) => (view) => (closeCompletion(view), this.on.fix(index));
      const options = this.ask("fixes", at).map(({ index, label }) => ({ label, type: "fix", apply: mend(index) }));
      return options.length ? { from: at, options, filter: false } : null;
    }
    const before = context.state.sliceDoc(Math.max(0, at - 1), at);
    if (!context.explicit && (this.isLarge() || !/[\p{L}\p{N}_"'$.]/u.test(before))) return null;
    const { items, also } = this.ask("complete", at);
    if (!items.length) return null;
    const options = items.map((item) => ({
      label: item.label, detail: item.detail, type: item.deprecated ? `${item.kind} deprecated` : item.kind,
      info: item.docs ? () => words(item.docs) : undefined,
      apply: (_, completion) => this.put(item, also, completion),
    }));
    return { from: Math.min(at, items[0].from), options, filter: false };
  }

  /** Writes a suggestion, with what belongs to it, and goes to its first place to fill in. */
  put({ from, to, insert, stops: places }, also, completion) {
    const before = also.filter((edit) => edit.to <= from);
    const start = before.reduce((at, edit) => at + edit.insert.length - (edit.to - edit.from), from);
    const held = places.map((place) => ({ from: start + place.from, to: start + place.to }));
    const [first] = held;
    this.view.dispatch({
      changes: [...also, { from, to, insert }],
      selection: first ? { anchor: first.from, head: first.to } : { anchor: start + insert.length },
      effects: showStops.of(held.length > 1 ? { places: held, at: 0 } : null),
      annotations: pickedCompletion.of(completion),
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  }

  offerFixes() {
    closeCompletion(this.view);
    this.mending = true;
    startCompletion(this.view);
    return true;
  }

  explained(at) {
    const found = this.ask("hover", at);
    if (!found) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: element("div", "cm-words", words(found.text)) }) };
  }

  clicked(event, view) {
    if (event.button !== 0 || !(event.ctrlKey || event.metaKey)) return false;
    const at = view.posAtCoords(event);
    return at !== null && this.goToDefinition(at);
  }

  goToDefinition(at) {
    return this.go(this.ask("named", at)?.target);
  }

  goToNextUse(at) {
    const named = this.ask("named", at);
    if (!named) return true;
    return this.go(named.places.find(({ from }) => from > named.here.from) ?? named.places[0]);
  }

  go(target) {
    if (!target) return true;
    this.view.focus();
    this.view.dispatch({
      selection: { anchor: target.from, head: target.to },
      effects: EditorView.scrollIntoView(target.from, { y: "nearest", yMargin: 60 }),
    });
    this.on.command("reveal");
    return true;
  }

  askName(at) {
    const named = this.ask("named", at);
    if (!named) return true;
    const input = element("input", "cm-textfield");
    input.value = named.name;
    input.setAttribute("aria-label", `New name of ${named.name}`);
    const fault = element("p", "cm-fault");
    fault.setAttribute("role", "alert");
    const close = () => (this.hide(showName, name), this.view.focus());
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close();
      if (event.key !== "Enter") return;
      event.preventDefault();
      const refused = this.ask("rename", named.here.from + 1, input.value);
      if (refused) fault.textContent = refused.error;
      else close();
    });
    input.addEventListener("blur", () => this.hide(showName, name));
    this.view.dispatch({ effects: showName.of(tooltip(named.here.from, element("div", "cm-name", input, fault))) });
    return true;
  }

  hide(effectType, field) {
    if (!this.view.state.field(field)) return false;
    this.view.dispatch({ effects: effectType.of(null) });
    return true;
  }

  showCall(at) {
    const found = this.ask("call", at);
    const shown = found && tooltip(at, element("div", "cm-call", signature(found), words(found.docs)));
    if (shown || this.view.state.field(call)) this.view.dispatch({ effects: showCall.of(shown) });
    return true;
  }

  /** Help with a call comes when its arguments begin, and goes with them. */
  followCall({ state, docChanged, transactions }) {
    const at = state.selection.main.head;
    const opens = docChanged && transactions.some((one) => one.isUserEvent("input")) && /[(,]/.test(state.sliceDoc(at - 1, at));
    if (this.isLarge() || !(opens || state.field(call))) return;
    queueMicrotask(() => this.showCall(this.view.state.selection.main.head));
  }

  grow() {
    const { from, to } = this.view.state.selection.main;
    const larger = (part) => part.from <= from && part.to >= to && part.to - part.from > to - from;
    const part = this.ask("around", from).find(larger);
    if (!part) return true;
    const isNext = this.grown.at(-1)?.after === `${from}-${to}`;
    this.grown = [...(isNext ? this.grown : []), { from, to, after: `${part.from}-${part.to}` }];
    this.select(part);
    return true;
  }

  shrink() {
    const { from, to } = this.view.state.selection.main;
    const last = this.grown.pop();
    if (last?.after === `${from}-${to}`) this.select(last);
    else this.grown = [];
    return true;
  }

  select({ from, to }) {
    this.view.dispatch({ selection: { anchor: from, head: to }, annotations: fromOutside.of(true) });
  }
}

function signature({ label, parameters, active }) {
  const part = parameters[active];
  const line = element("code", "cm-signature");
  if (!part) line.append(label);
  else line.append(label.slice(0, part.from), element("b", "", label.slice(part.from, part.to)), label.slice(part.to));
  return line;
}

/**
 * Shows `text` in `host`. `on` takes {change(edits, isStep), cursor(offset), ask(what, offset, word), command(name), fix(index)}.
 * The editor lives in a shadow root, so that its styles are adopted sheets and need no exception from the page's policy.
 */
export function create(host, text, language, on) {
  return new Editor(host, text, language, on);
}

/** Takes over a change that was made elsewhere: [{from, to, insert}]. */
export function apply(editor, edits) {
  editor.apply(edits);
}

/** Colours the text as `json` or `yaml`. */
export function setLanguage(editor, language) {
  editor.view.dispatch({ effects: editor.language.reconfigure(languages[language]()) });
}

/** Reports what was typed and not reported yet. */
export function flush(editor) {
  editor.flush();
}

/** Draws findings: [{from, to, severity, message, fix?}]. */
export function setDiagnostics(editor, findings) {
  const drawn = findings.map(({ from, to, severity, message, fix }, index) => ({
    from: editor.place(from, -1),
    to: editor.place(Math.max(from, to), 1),
    severity,
    message,
    actions: fix ? [{ name: fix, apply: () => editor.on.fix(index) }] : [],
  }));
  editor.view.dispatch(lintWith(editor.view.state, drawn));
}

/** Marks the lines from `from` to `to` and brings them into view; `from` below zero marks nothing. */
export function setSelection(editor, from, to, focus) {
  const range = from < 0 ? null : { from: editor.place(from, -1), to: editor.place(to, 1) };
  const effects = [markState.of(range)];
  if (range) effects.push(EditorView.scrollIntoView(range.from, { y: "nearest", yMargin: 60 }));
  editor.view.dispatch({
    effects,
    ...(focus && range ? { selection: { anchor: range.from } } : {}),
    annotations: fromOutside.of(true),
  });
  if (focus) editor.view.focus();
}

/** Takes the editor away. */
export function destroy(editor) {
  removeEventListener("beforeunload", editor.leaving, true);
  clearTimeout(editor.timer);
  editor.view.destroy();
}
