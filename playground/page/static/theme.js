// Before anything is drawn: the theme that was chosen, so that the page does not flash.  Its button works from
// the start, while the other scripts are still on their way.
const root = document.documentElement;
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) root.dataset.theme = chosen;
} catch {
  // a browser may refuse storage; then the system's theme holds
}
document.addEventListener("click", (event) => {
  if (!event.target.closest("#theme")) return;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it holds for this page */ }
});
addEventListener("storage", (event) => { if (event.key === "theme" && event.newValue) root.dataset.theme = event.newValue; });
