// Forms: shown as soon as the app opens one, kept filled in while it changes, sent or closed.
import { act } from "./here.js";
import { wake } from "./external.js";
import { fill, filled } from "./fields.js";
import { after } from "./live.js";
import { forget, troubled } from "./troubles.js";

const root = document.getElementById("modal");
let held = { id: "", said: {}, focus: "" };
let before = null; // what had the focus before the form came

for (const kind of ["input", "change"]) root.addEventListener(kind, (event) => { forget(event.target); note(); });
root.addEventListener("focusin", (event) => { if (event.target.id) held.focus = event.target.id; });

function note() {
  const dialog = root.querySelector("dialog");
  if (dialog) held = { ...held, id: dialog.dataset.view, said: filled(dialog, true) };
}

function show() {
  const dialog = root.querySelector("dialog");
  if (!dialog) { before?.focus?.(); before = null; return; }
  for (const field of dialog.querySelectorAll("[data-epoch]")) if (field.dataset.epoch) field.value = local(Number(field.dataset.epoch));
  if (dialog.open && held.id === dialog.dataset.view) fill(dialog, held.said);
  wake(dialog);
  if (dialog.open) { (dialog.querySelector("[aria-invalid]") ?? document.getElementById(held.focus))?.focus(); return; }
  held = { id: "", said: {}, focus: "" };
  before ??= document.activeElement;
  dialog.showModal();
  (dialog.querySelector("[aria-invalid], [autofocus]") ?? dialog.querySelector(".blocks input, .blocks textarea, .blocks select"))?.focus();
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(dialog); });
}

function local(seconds) {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function close(dialog) {
  act("closes", { view_id: dialog.dataset.view });
  dialog.close();
  dialog.remove();
  before?.focus?.();
  before = null;
}

root.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) close(event.target.closest("dialog"));
});
root.addEventListener("submit", async (event) => {
  event.preventDefault();
  const dialog = event.target.closest("dialog");
  if (troubled(event.target)) return;
  const button = dialog.querySelector("[type=submit]");
  button.disabled = true;
  const outcome = await act("submits", { view_id: dialog.dataset.view, said: filled(dialog) });
  button.disabled = false;
  if (outcome.ok && outcome.acked && !outcome.shown && !outcome.response) { dialog.close(); dialog.remove(); }
});

/** Show the form that is there, and every one that comes. */
export function begin() {
  after("modal", show);
  show();
}
