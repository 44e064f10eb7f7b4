// Loads the code editor when it is first needed, from beside the studio's own files.
export function loadEditor() {
  return import(new URL("../../../editor.js", import.meta.url).href);
}
