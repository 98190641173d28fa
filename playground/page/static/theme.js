// Before anything is drawn: the theme that was chosen, so that the page does not flash.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // a browser may refuse storage; then the system's theme holds
}
