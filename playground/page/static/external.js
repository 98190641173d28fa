// Menus whose options come from the app: type, wait a moment, choose; several become chips.
import { act, words } from "./here.js";
import { chose, placeOf } from "./blocks.js";
import { chosenValue } from "./fields.js";

let turn = 0;

export function wake(root) {
  for (const menu of root.querySelectorAll(".external:not([data-awake])")) begin(menu);
}

function begin(menu) {
  menu.dataset.awake = "";
  const input = menu.querySelector("input");
  const offers = document.createElement("ul");
  offers.className = "offers";
  offers.setAttribute("role", "listbox");
  offers.id = `offers-${++turn}`;
  offers.hidden = true;
  input.setAttribute("aria-controls", offers.id);
  offers.setAttribute("aria-label", input.placeholder);
  menu.append(offers);
  let timer;
  const look = () => { clearTimeout(timer); timer = setTimeout(() => search(menu, input, offers), 150); };
  input.addEventListener("input", look);
  input.addEventListener("click", look);
  input.addEventListener("keydown", (event) => keyed(event, menu, input, offers));
  input.addEventListener("blur", () => setTimeout(() => hide(input, offers), 150));
  offers.addEventListener("mousedown", (event) => { event.preventDefault(); const item = event.target.closest("[role=option]"); if (item) take(menu, input, offers, item); });
  draw(menu, input);
}

async function search(menu, input, offers) {
  if (input.value.length < Number(menu.dataset.least)) { hide(input, offers); return; }
  const asked = input.value;
  const outcome = await act("looks_up", { ...placeOf(menu), which: menu.dataset.action, query: asked });
  if (input.value !== asked || document.activeElement !== input) return;
  const found = outcome.response ?? {};
  offers.replaceChildren();
  for (const group of found.option_groups ?? [{ options: found.options ?? [] }]) {
    if (group.label) offers.append(line("presentation", group.label.text, null));
    for (const option of group.options) offers.append(line("option", option.text.text, option));
  }
  if (!offers.children.length) offers.append(line("presentation", words.nothing_found, null));
  offers.hidden = false;
  input.setAttribute("aria-expanded", "true");
  select(input, offers, 0);
}

function line(role, text, option) {
  const made = document.createElement("li");
  made.setAttribute("role", role);
  made.textContent = text;
  made.id = `offer-${++turn}`;
  if (option) made.dataset.chosenOption = JSON.stringify(option); else made.className = "group";
  return made;
}

function keyed(event, menu, input, offers) {
  const items = [...offers.querySelectorAll("[role=option]")];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (offers.hidden) { search(menu, input, offers); return; }
    select(input, offers, (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % (items.length || 1));
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!offers.hidden && items[at]) take(menu, input, offers, items[at]);
  } else if (event.key === "Escape" && !offers.hidden) {
    event.preventDefault();
    event.stopPropagation();
    hide(input, offers);
  } else if (event.key === "Backspace" && !input.value) {
    set(menu, input, JSON.parse(menu.dataset.chosen || "[]").slice(0, -1));
  }
}

function select(input, offers, at) {
  [...offers.querySelectorAll("[role=option]")].forEach((item, index) => {
    item.setAttribute("aria-selected", String(index === at));
    if (index === at) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
  });
}

function take(menu, input, offers, item) {
  const option = JSON.parse(item.dataset.chosenOption);
  const before = "several" in menu.dataset ? JSON.parse(menu.dataset.chosen || "[]") : [];
  set(menu, input, [...before.filter((each) => each.value !== option.value), option]);
  hide(input, offers);
}

function set(menu, input, chosen) {
  menu.dataset.chosen = JSON.stringify(chosen);
  input.value = "";
  draw(menu, input);
  menu.dispatchEvent(new Event("change", { bubbles: true }));
  chose(menu, chosenValue(menu));
}

function draw(menu, input) {
  const chips = menu.querySelector(".chips");
  chips.replaceChildren();
  const chosen = JSON.parse(menu.dataset.chosen || "[]");
  for (const option of chosen) {
    const chip = document.createElement("span");
    chip.className = "chip";
    chip.textContent = option.text.text;
    const away = document.createElement("button");
    away.type = "button";
    away.textContent = "✕";
    away.setAttribute("aria-label", `${words.dismiss}: ${option.text.text}`);
    away.addEventListener("click", () => set(menu, input, chosen.filter((each) => each.value !== option.value)));
    chip.append(away);
    chips.append(chip);
  }
  input.setCustomValidity("required" in menu.dataset && !chosen.length ? words.required : "");
}

function hide(input, offers) {
  offers.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
