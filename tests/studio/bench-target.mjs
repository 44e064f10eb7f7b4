// The studio as a target of the canvas benchmark (`cargo xtask bench studio`). STATECRAFT_ADDRESS is the server's address.
//
// Nodes are known by numbers, since a state's name is its place. Where the studio draws states as one picture instead of an
// element each, a node is its box in that picture.

const address = process.env.STATECRAFT_ADDRESS;

const inPage = {
  drawn(n) {
    const probe = window.statecraft;
    if (!probe || !probe.checked() || probe.states().length < n) return false;
    window.nodes = new Map(probe.states().map((at, i) => [`s${i}`, at]));
    const seen = document.querySelectorAll(".canvas [data-state]").length;
    return seen > 5 || probe.simplified();
  },
  isBackground(el) { return el?.classList.contains("canvas"); },
  nodeIds() {
    const mounted = new Set([...document.querySelectorAll(".canvas [data-state]")].map((el) => el.dataset.state));
    const all = [...window.nodes];
    return (window.statecraft.simplified() ? all : all.filter(([, at]) => mounted.has(at))).map(([id]) => id);
  },
  nodeElement(id) {
    const at = window.nodes.get(id);
    const own = document.querySelector(`.canvas [data-state="${CSS.escape(at)}"]`);
    if (own || !window.statecraft.simplified()) return own;
    const [x, y, width, height] = window.statecraft.box(at);
    const [left, top, zoom] = window.statecraft.view();
    const corner = document.querySelector(".canvas").getBoundingClientRect();
    const box = new DOMRect(corner.left + left + x * zoom, corner.top + top + y * zoom, width * zoom, height * zoom);
    // A pointer has whole pixels: a node that none of them hits cannot be dragged by its middle.
    const middle = [Math.trunc(box.x + box.width / 2), Math.trunc(box.y + box.height / 2)];
    const isHit = middle[0] >= box.left && middle[0] <= box.right && middle[1] >= box.top && middle[1] <= box.bottom;
    if (!isHit) return null;
    return { getBoundingClientRect: () => box, contains: (el) => el.matches(".far .box") };
  },
  textOf(id) { return document.querySelector(`.canvas [data-state="${CSS.escape(window.nodes.get(id))}"]`)?.textContent ?? ""; },
  position(id) { return window.statecraft.box(window.nodes.get(id)).slice(0, 2); },
  viewport() { return window.statecraft.view(); },
  home() { window.statecraft.home(); },
  fit() { window.statecraft.fit(); },
  rename(id, title) { window.nodes.set(id, window.statecraft.rename(window.nodes.get(id), title)); },
  addAfter(id) {
    const added = `s${window.nodes.size}`;
    window.nodes.set(added, window.statecraft.add(window.nodes.get(id)));
    return added;
  },
  extraHeap() { return window.statecraft.memory(); },
};

/** Puts the definition among the drafts of this browser, then leaves the page again. */
async function prepare({ n, origin, page }) {
  const text = await (await fetch(`${origin}/graph-${n}.asl.json`)).text();
  await page.goto(`${address}/favicon.svg`);
  await page.evaluate((text) => localStorage.setItem("statecraft.draft.bench", JSON.stringify({ name: "bench", text, input: "{}" })), text);
  await page.goto("about:blank");
}

/** The studio opens a large drawing a little smaller than it is; the others begin at zoom 1. */
const settle = (page) => page.evaluate(() => window.bench.look("home"));

export default [{ id: "statecraft", label: "Statecraft", url: () => `${address}/pipelines/bench?probe`, prepare, settle, inPage }];
