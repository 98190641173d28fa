// The page comes to life: parts follow the server, people write and click.
import { act, channel, kept, person, send } from "./here.js";
import "./blocks.js";
import { begin as beginComposer } from "./composer.js";
import { wake } from "./external.js";
import { after, follow } from "./live.js";
import { remember } from "./merge.js";
import { begin as beginModal } from "./modal.js";
import { begin as beginPanel } from "./panel.js";
import { begin as beginTour } from "./tour.js";

for (const part of document.querySelectorAll("[data-part]")) remember(part); // as the server sent them
follow(); // first: what follows may ask for a part
beginPanel();
beginComposer();
beginModal();
beginTour();
wake(document.body);

// what was said is read once it is on the screen
function read() {
  if (document.getElementById("messages") && !document.hidden) send("/page/read", { person, channel });
}
const announcer = document.getElementById("announcer");
for (const name of ["messages", "thread"]) {
  after(name, (root, { added, changed }) => {
    wake(root);
    if (changed.length || added.length) read();
    for (const message of added.filter((each) => each.dataset.author && each.dataset.author !== person)) {
      announcer.textContent = `${message.querySelector(".by b").textContent}: ${message.querySelector(".body").innerText.slice(0, 200)}`;
    }
  });
}
after("home", (root) => wake(root));
read();
if (document.body.dataset.tab === "home") act("opens_home", {});

document.addEventListener("click", (event) => {
  const away = event.target.closest("[data-dismiss]")?.closest("[data-ts]");
  if (away) send("/page/dismiss", { person, channel: away.dataset.channel, ts: away.dataset.ts });
});

// drawers, where the screen is narrow
for (const [button, drawer] of [["open-sidebar", "sidebar"], ["open-panel", "panel"]]) {
  const opener = document.getElementById(button);
  const pane = document.getElementById(drawer);
  if (!pane) { opener?.remove(); continue; }
  const turn = (open) => { pane.classList.toggle("open", open); opener.setAttribute("aria-expanded", String(open)); };
  opener.addEventListener("click", () => { const open = !pane.classList.contains("open"); turn(open); if (open) pane.querySelector("a, button")?.focus(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && pane.classList.contains("open")) { turn(false); opener.focus(); } });
}

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it holds for this page */ }
});
addEventListener("storage", (event) => { if (event.key === "theme" && event.newValue) document.documentElement.dataset.theme = event.newValue; });
if (!kept.get("begun") && matchMedia("(min-width: 721px)").matches) { kept.set("begun", "1"); document.getElementById("composer")?.focus(); }
document.body.dataset.awake = ""; // everything is listened to now
document.dispatchEvent(new Event("awake"));
