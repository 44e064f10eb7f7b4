// Runs before the first paint: applies the remembered theme, starts the program that the address needs (the studio, or the
// pages around it), and says so when it cannot be started.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("statecraft:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's setting decides then.
  }
  const explain = (event) => {
    const note = document.getElementById("start");
    if (!note) return;
    const why = event.reason?.message ?? event.message ?? "";
    note.textContent = `The studio could not be started. Load the page again; a current browser is needed. ${why}`;
  };
  addEventListener("error", explain);
  addEventListener("unhandledrejection", explain);

  // A link with a pipeline in it leads to the first page, which every host has, and is opened by the studio.
  const holdsPipeline = () => location.pathname === "/" && location.hash.startsWith("#pipeline=");
  if (holdsPipeline()) history.replaceState(null, "", `/open${location.hash}`);
  addEventListener("hashchange", () => holdsPipeline() && location.reload());

  const name = /^\/(open|pipelines\/[^/]+(\/runs\/[^/]+)?)\/?$/.test(location.pathname) ? "studio" : "home";
  addEventListener("DOMContentLoaded", async () => {
    const program = document.querySelector(`meta[name="program:${name}"]`);
    const [script, wasm] = program.content.split(" ");
    const module_or_path = fetch(wasm);
    const { default: start } = await import(script);
    await start({ module_or_path });
    dispatchEvent(new Event("statecraft:started"));
  });
})();
