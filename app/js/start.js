// Runs before the first paint: applies the remembered theme, and says so when the studio cannot be started.
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
})();
