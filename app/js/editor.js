// The code editor as a module of its own, loaded when the code pane opens. All knowledge stays in Rust: this file shows
// text, reports what was typed and where the cursor is, and draws the findings that it is given. Positions are UTF-16 units.
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  HighlightStyle, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics as lintWith } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration, EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const fromOutside = Annotation.define();
const markState = StateEffect.define();

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

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--d-key)" },
  { tag: tags.string, color: "var(--d-string)" },
  { tag: tags.number, color: "var(--d-number)" },
  { tag: [tags.bool, tags.null], color: "var(--d-literal)" },
  { tag: tags.invalid, color: "var(--s-failed)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "12px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "18px", scrollbarWidth: "thin" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--text-3)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 4px 0 12px", minWidth: "34px" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 4px", cursor: "default" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "2px 0" },
  ".cm-lint-marker": { width: "10px", height: "10px", margin: "2px 2px", borderRadius: "50%" },
  ".cm-lint-marker-error": { content: "''", background: "var(--s-failed)" },
  ".cm-lint-marker-warning": { content: "''", background: "var(--warn)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--hover) 60%, transparent)" },
  ".cm-state": { backgroundColor: "color-mix(in srgb, var(--accent) 9%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--accent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 24%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--accent) 20%, transparent)" },
  ".cm-foldPlaceholder": { background: "var(--hover)", border: "none", color: "var(--text-2)", padding: "0 6px", borderRadius: "4px" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--s-failed) 1px", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--warn) 1px", textUnderlineOffset: "3px" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--s-failed)" },
  ".cm-tooltip": { background: "var(--raised)", color: "var(--text)", border: "none", borderRadius: "8px", boxShadow: "0 0 0 1px var(--line), var(--e-2)", fontFamily: "var(--sans)", fontSize: "12px", maxWidth: "420px" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "none" },
  ".cm-diagnosticAction": { background: "var(--accent-fill)", color: "var(--on-fill)", borderRadius: "4px", padding: "2px 8px", marginLeft: "8px" },
  ".cm-panels": { background: "var(--sunken)", color: "var(--text)", borderColor: "var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 10px", fontFamily: "var(--sans)", fontSize: "12px" },
  ".cm-textfield": { background: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: "6px", padding: "3px 8px", fontSize: "12px" },
  ".cm-button": { background: "var(--raised)", backgroundImage: "none", border: "1px solid var(--line-strong)", borderRadius: "6px", padding: "3px 8px", fontSize: "12px" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 26%, transparent)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--warn) 48%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--accent) 12%, transparent)" },
});

/**
 * Shows `text` in `host`. `on` takes {change(text), cursor(offset), undo(), redo(), fix(index)}.
 * The editor lives in a shadow root, so that its styles are adopted sheets and need no exception from the page's policy.
 */
export function create(host, text, on) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const run = (act) => () => (act(), true);
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), foldGutter(), highlightActiveLine(), highlightActiveLineGutter(),
        drawSelection(), indentOnInput(), bracketMatching(), highlightSelectionMatches(),
        search({ top: true }), indentUnit.of("  "), json(), syntaxHighlighting(colours), look, stateLines,
        EditorState.lineSeparator.of("\n"),
        // Focusable by itself; the attribute says so to tools that look for it.
        EditorView.contentAttributes.of({ "aria-label": "Definition", spellcheck: "false", tabindex: "0" }),
        keymap.of([
          { key: "Mod-z", run: run(on.undo), preventDefault: true },
          { key: "Mod-y", mac: "Mod-Shift-z", run: run(on.redo), preventDefault: true },
          { key: "Mod-Shift-z", run: run(on.redo), preventDefault: true },
          { key: "F8", run: nextDiagnostic }, { key: "Shift-F8", run: previousDiagnostic },
          ...searchKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          const ours = update.transactions.some((one) => one.annotation(fromOutside));
          if (update.docChanged && !ours) on.change(update.state.doc.toString());
          if (update.selectionSet && !ours && !update.docChanged) on.cursor(update.state.selection.main.head);
        }),
      ],
    }),
  });
  return { view, on };
}

/** Takes over another text as the smallest change, so that cursor, folds and scrolling stay. */
export function setDoc(editor, text) {
  const now = editor.view.state.doc.toString();
  if (now === text) return;
  let head = 0;
  while (head < now.length && head < text.length && now[head] === text[head]) head++;
  let tail = 0;
  while (tail < now.length - head && tail < text.length - head && now[now.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  editor.view.dispatch({
    changes: { from: head, to: now.length - tail, insert: text.slice(head, text.length - tail) },
    annotations: fromOutside.of(true),
  });
}

/** Draws findings: [{from, to, severity, message, fix?}]. */
export function setDiagnostics(editor, findings) {
  const length = editor.view.state.doc.length;
  const drawn = findings.map(({ from, to, severity, message, fix }, index) => ({
    from: Math.min(from, length),
    to: Math.min(Math.max(from, to), length),
    severity,
    message,
    actions: fix ? [{ name: fix, apply: () => editor.on.fix(index) }] : [],
  }));
  editor.view.dispatch(lintWith(editor.view.state, drawn));
}

/** Marks the lines from `from` to `to` and brings them into view; `from` below zero marks nothing. */
export function setSelection(editor, from, to, focus) {
  const length = editor.view.state.doc.length;
  const effects = [markState.of(from < 0 ? null : { from: Math.min(from, length), to: Math.min(to, length) })];
  if (from >= 0) effects.push(EditorView.scrollIntoView(Math.min(from, length), { y: "nearest", yMargin: 60 }));
  editor.view.dispatch({
    effects,
    ...(focus && from >= 0 ? { selection: { anchor: Math.min(from, length) } } : {}),
    annotations: fromOutside.of(true),
  });
  if (focus) editor.view.focus();
}

/** Takes the editor away. */
export function destroy(editor) {
  editor.view.destroy();
}
