// Clicks that come while the page's script is on its way are not lost: they are made again once it is awake.
const early = [];
document.addEventListener("click", (event) => {
  const button = "awake" in document.body.dataset ? null : event.target.closest("button");
  if (!button) return;
  event.preventDefault(); // nothing is sent in the browser's own way
  early.push(button);
}, true);
document.addEventListener("awake", () => { for (const button of early.splice(0)) button.click(); });
