// Where people write: Enter sends, / offers commands, arrows choose, @ names the bot.
import { act, channel, kept, person, toast, words, query } from "./here.js";
import { offers as offersFor } from "./offers.js";

let verbs = null;
const known = () => (verbs ??= fetch(`/suggestions${query}`).then((answer) => answer.json()).catch(() => { verbs = null; return []; }));

export function begin() {
  for (const form of document.querySelectorAll("[data-composer]")) awake(form);
}

function awake(form) {
  const field = form.querySelector("textarea");
  const list = form.querySelector(".suggestions");
  const name = `draft/${person}/${channel}/${form.dataset.thread}`;
  field.value ||= kept.get(name) ?? ""; // what was typed before the script woke up stays
  const show = async () => {
    kept.set(name, field.value);
    const all = await known(); // what is typed meanwhile counts: the field is read after it
    draw(field, list, offersFor(field.value.slice(0, field.selectionStart), all, form.dataset.thread !== ""));
  };
  field.addEventListener("input", show);
  field.addEventListener("click", show);
  field.addEventListener("blur", () => hide(field, list));
  field.addEventListener("keydown", (event) => keyed(event, form, field, list, show));
  list.addEventListener("mousedown", (event) => { event.preventDefault(); const item = event.target.closest("[role=option]"); if (item) take(field, list, item, show); });
  form.addEventListener("submit", (event) => { event.preventDefault(); say(form, field, list, name); });
}

function keyed(event, form, field, list, show) {
  if (event.isComposing) return; // Enter ends a Japanese conversion, not the message
  const items = [...list.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    select(field, items, at < 0 && event.key === "ArrowUp" ? items.length - 1 : (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
  } else if (!list.hidden && (event.key === "Tab" || (event.key === "Enter" && at >= 0)) && !event.shiftKey) {
    event.preventDefault();
    take(field, list, items[Math.max(at, 0)], show);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    hide(field, list);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  }
}

async function say(form, field, list, name) {
  const text = field.value.trim();
  if (!text) return;
  const thread = form.dataset.thread;
  if (thread && text.startsWith("/")) { toast(words.no_slash); return; }
  field.value = "";
  kept.set(name, "");
  hide(field, list);
  const outcome = text.startsWith("/")
    ? await act("types", { channel, line: text })
    : await act("says", { channel, text, ...(thread && { thread_ts: thread }) });
  if (!outcome.ok && !field.value) field.value = text;
}

/** Write into the composer for somebody, as the tour does. */
export function write(text) {
  const field = document.getElementById("composer");
  field.value = text;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function draw(field, list, found) {
  if (document.activeElement !== field || !found.length) { hide(field, list); return; }
  list.replaceChildren(...found.map((offer, index) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `${list.id}-${index}`;
    item.dataset.whole = offer.whole;
    const code = document.createElement("b");
    code.textContent = offer.shown;
    const help = document.createElement("span");
    help.className = "faint";
    help.textContent = offer.help;
    item.append(code, help);
    return item;
  }));
  list.hidden = false;
  field.removeAttribute("aria-activedescendant");
}

function select(field, items, at) {
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
  field.setAttribute("aria-activedescendant", items[at].id);
  items[at].scrollIntoView({ block: "nearest" });
}

function take(field, list, item, show) {
  const rest = field.value.slice(field.selectionStart);
  field.value = `${item.dataset.whole} ${rest.trimStart()}`;
  field.setSelectionRange(item.dataset.whole.length + 1, item.dataset.whole.length + 1);
  show();
}

function hide(field, list) {
  list.hidden = true;
  field.removeAttribute("aria-activedescendant");
}
