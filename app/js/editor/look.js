// How the code editor looks, in the studio's own tokens.
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--d-key)" },
  { tag: [tags.string, tags.content, tags.special(tags.string)], color: "var(--d-string)" },
  { tag: tags.comment, color: "var(--text-3)", fontStyle: "italic" },
  { tag: [tags.typeName, tags.labelName, tags.meta], color: "var(--d-literal)" },
  { tag: tags.number, color: "var(--d-number)" },
  { tag: [tags.bool, tags.null], color: "var(--d-literal)" },
  { tag: tags.invalid, color: "var(--s-failed)" },
]);

export const look = EditorView.theme({
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
  ".cm-tooltip.cm-tooltip-autocomplete": { padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12px", maxHeight: "264px", minWidth: "240px", maxWidth: "420px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { display: "flex", alignItems: "center", gap: "6px", padding: "3px 8px 3px 4px", borderRadius: "6px", lineHeight: "18px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-fill)", color: "var(--on-fill)" },
  ".cm-completionLabel": { flex: "0 1 auto", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionDetail": { flex: "1 1 auto", marginLeft: "auto", textAlign: "right", fontStyle: "normal", fontFamily: "var(--sans)", color: "var(--text-3)", overflow: "hidden", textOverflow: "ellipsis" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo": { padding: "8px 10px", maxWidth: "320px" },
  ".cm-completionIcon": { flex: "none", width: "16px", height: "16px", padding: "0", borderRadius: "4px", textAlign: "center", font: "600 10px/16px var(--mono)", opacity: "1", color: "var(--hue)", background: "color-mix(in srgb, var(--hue) 14%, transparent)" },
  "li[aria-selected] .cm-completionIcon": { color: "inherit", background: "color-mix(in srgb, currentColor 20%, transparent)" },
  ...kinds({
    field: ["F", "--t-pass"], value: ["=", "--t-pass"], state: ["S", "--t-task"], error: ["!", "--t-fail"],
    resource: ["R", "--t-parallel"], variable: ["x", "--t-person"], path: ["$", "--t-choice"], function: ["ƒ", "--t-map"],
    snippet: ["+", "--t-wait"], fix: ["✓", "--t-succeed"],
  }),
  ".cm-completionIcon-deprecated + .cm-completionLabel": { textDecoration: "line-through" },
  ".cm-words, .cm-call": { padding: "8px 10px" },
  ".cm-words p, .cm-call p, .cm-completionInfo p": { margin: "0 0 4px" },
  ".cm-words p:last-child, .cm-call p:last-child, .cm-completionInfo p:last-child": { margin: "0" },
  ".cm-tooltip code": { fontFamily: "var(--mono)", fontSize: "11.5px" },
  ".cm-signature": { display: "block", marginBottom: "4px" },
  ".cm-signature b": { color: "var(--accent)" },
  ".cm-name": { padding: "6px" },
  ".cm-name input": { width: "240px" },
  ".cm-fault": { margin: "4px 2px 0", maxWidth: "240px", color: "var(--s-failed)" },
  ".cm-fault:empty": { display: "none" },
  ".cm-stop": { borderRadius: "3px", boxShadow: "0 0 0 1px color-mix(in srgb, var(--accent) 45%, transparent)" },
});

/** A letter and a hue for each kind of suggestion. */
function kinds(all) {
  const rules = Object.entries(all).map(([kind, [sign, hue]]) => [
    [`.cm-completionIcon-${kind}`, { "--hue": `var(${hue})` }],
    [`.cm-completionIcon-${kind}::after`, { content: `'${sign}'` }],
  ]);
  return Object.fromEntries(rules.flat());
}
