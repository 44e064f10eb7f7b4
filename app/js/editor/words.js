// Explanations as elements. Their Markdown is the simplest there is: paragraphs, `code` and **bold**.

/** The elements of a text. */
export function words(text) {
  const all = document.createElement("div");
  for (const paragraph of (text ?? "").split(/\n{2,}/).filter(Boolean)) {
    const made = document.createElement("p");
    for (const part of paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/)) made.append(styled(part));
    all.append(made);
  }
  return all;
}

function styled(part) {
  const tag = part.length > 2 && part.startsWith("`") ? "code" : part.length > 4 && part.startsWith("**") ? "strong" : null;
  if (!tag) return part;
  const made = document.createElement(tag);
  const edge = tag === "code" ? 1 : 2;
  made.textContent = part.slice(edge, -edge);
  return made;
}
