// Lets the service worker keep the studio in this browser, and says when a newer version is here. Whoever only answers
// reviews keeps nothing: the worker holds the drawing tool, too.
(() => {
  const workers = navigator.serviceWorker;
  if (!workers || location.pathname.startsWith("/reviews")) return;

  /** How long a page is left alone before the browser begins to keep the studio. */
  const REST_MS = 4_000;

  let asked = false;
  const offer = (take) => {
    if (document.getElementById("newer")) return;
    const note = Object.assign(document.createElement("div"), { id: "newer" });
    note.setAttribute("role", "status");
    const button = (words, look, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${look}`, textContent: words });
      made.addEventListener("click", act);
      return made;
    };
    const words = Object.assign(document.createElement("span"), { textContent: "A newer version is here." });
    note.append(words, button("Reload", "primary", take), button("Later", "quiet", () => note.remove()));
    document.body.append(note);
  };
  const offerWaiting = (registration) =>
    offer(() => {
      asked = true;
      // Without a worker that waits, another tab has taken it over already.
      if (registration.waiting) registration.waiting.postMessage("take over");
      else location.reload();
    });

  // What is kept is read once more and counted: that waits until the page has long been drawn.
  const rest = () => new Promise((done) => setTimeout(done, REST_MS));

  addEventListener("statecraft:started", async () => {
    await rest();
    const isFirst = !workers.controller;
    let registration;
    try {
      registration = await workers.register("/worker.js", { updateViaCache: "none" });
    } catch {
      // Where the browser refuses, or the host has no worker, the studio works with the network as before.
      return;
    }
    if (!registration) return;
    workers.addEventListener("controllerchange", () => {
      if (asked) location.reload();
      else if (!isFirst) offerWaiting(registration);
    });
    if (registration.waiting && workers.controller) offerWaiting(registration);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && workers.controller) offerWaiting(registration);
      });
    });
    // A page that stays open for days looks again when somebody comes back to it.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") registration.update().catch(() => undefined);
    });
  });
})();
