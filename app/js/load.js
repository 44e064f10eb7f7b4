// Loads the code editor when it is first needed: the one that belongs to this page.
export function loadEditor() {
  return import(document.querySelector('meta[name="program:editor"]').content);
}
