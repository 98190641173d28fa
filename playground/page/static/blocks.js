// Clicks and choices in blocks: found by their data- attributes, asked about first, sent as this person.
import { act } from "./here.js";
import { confirmed } from "./confirm.js";
import { chosenValue, filled } from "./fields.js";

/** Where an element stands: a form or home tab, or a message. */
export function placeOf(element) {
  const view = element.closest("[data-view]");
  if (view) return { view_id: view.dataset.view, filled: view.tagName === "DIALOG" ? filled(view, true) : {} };
  const message = element.closest("[data-ts]");
  return message ? { channel: message.dataset.channel, ts: message.dataset.ts } : null;
}

async function act_on(element, verb, said) {
  const place = placeOf(element);
  if (!place || element.classList.contains("busy")) return;
  if (element.dataset.confirm && !(await confirmed(JSON.parse(element.dataset.confirm)))) return;
  element.classList.add("busy");
  await act(verb, { ...place, ...said });
  element.classList.remove("busy");
}

/** Whether a change of this field is told the app at once. */
function speaks(element) {
  const input = element.closest("[data-input]");
  return !input || "dispatch" in input.dataset;
}

export function chose(element, value) {
  if (speaks(element)) act_on(element, "chooses", { which: element.dataset.action, value });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-type='button']");
  if (button) {
    act_on(button, "clicks", { which: button.dataset.action, value: button.dataset.value });
    return;
  }
  const option = event.target.closest("[data-option]");
  if (option) {
    const menu = option.closest("[data-action]");
    menu.open = false;
    act_on(menu, "chooses", { which: menu.dataset.action, value: option.dataset.option });
  }
  const shortcut = event.target.closest("[data-shortcut]");
  if (shortcut) {
    shortcut.closest("details").open = false;
    act_on(shortcut, "uses_shortcut", { callback_id: shortcut.dataset.shortcut });
  }
});

document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-action]");
  if (!field || field.dataset.type.includes("external") || field.dataset.type === "button") return;
  if (field.dataset.type.endsWith("_input") && !field.closest("[data-dispatch]")) return;
  chose(field, chosenValue(field));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.overflow[open]")) { open.open = false; open.querySelector("summary").focus(); }
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.overflow[open]")) if (!open.contains(event.target)) open.open = false;
});
