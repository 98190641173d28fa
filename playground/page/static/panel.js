// The panel: its tabs, the bot's buttons, the menu of things to let happen, the clock, the wire's filter.
import { kept, send, toast, words } from "./here.js";
import { write } from "./composer.js";
import { confirmed } from "./confirm.js";
import { address, catchUp, refresh } from "./live.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab, focus) {
  for (const each of tabs) {
    const on = each === tab;
    each.setAttribute("aria-selected", String(on));
    each.tabIndex = on ? 0 : -1;
    document.getElementById(each.getAttribute("aria-controls")).hidden = !on;
  }
  if (focus) tab.focus();
  kept.set("tab", tab.id);
  catchUp();
}

export function begin() {
  if (!tabs.length) return;
  choose(document.getElementById(kept.get("tab")) ?? tabs[0], false);
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab, false));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose(tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length], true);
    });
  }
  const filter = document.getElementById("wire-filter");
  filter.value = kept.get("filter") ?? "";
  address("wire", () => `&filter=${encodeURIComponent(filter.value)}`);
  filter.addEventListener("input", () => { kept.set("filter", filter.value); refresh("wire"); });
  document.getElementById("clock-form").addEventListener("submit", (event) => { event.preventDefault(); push(document.getElementById("clock-time").value); });
  document.getElementById("reset").addEventListener("click", reset);
  document.querySelector(".panel").addEventListener("click", clicked);
}

async function told(path, said) {
  const answer = await send(path, said);
  if (!answer.ok) toast(words.again.replace("{why}", answer.error));
  return answer;
}

function clicked(event) {
  const button = event.target.closest("button");
  if (!button) return;
  const { bot, happen, clock, well } = button.dataset;
  if (button.dataset.write) write(button.dataset.write);
  if (bot) told("/page/bot", { do: bot });
  if (happen) told("/page/happen", { key: happen, target: document.getElementById(`target-${happen}`)?.value ?? "" });
  if (well !== undefined) told("/page/well", {});
  if (clock) push(clock);
}

async function push(at) {
  const answer = await told("/page/clock", { at });
  if (!answer.ok) return;
  const lines = answer.typed.map((one) => fitted(words.was_due, { at: answer.at, ...one }) + (one.trouble ? ` (${one.trouble})` : ""));
  for (const text of lines.length ? lines : [fitted(words.nothing_due, answer)]) {
    const item = document.createElement("li");
    item.textContent = text;
    document.getElementById("clock-said").prepend(item);
    toast(text);
  }
}

function fitted(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function reset(event) {
  const asked = document.createElement("p");
  asked.textContent = words.reset_sure;
  if (!(await confirmed({ title: words.reset, html: asked.outerHTML, yes: words.reset, no: words.cancel, style: "danger" }))) return;
  event.target.disabled = true;
  await told("/page/reset", {});
  location.assign("/");
}
