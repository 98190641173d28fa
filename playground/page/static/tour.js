// The first minute, in five steps: a card that does not stand in the way, and shows what it speaks of.
import { channel, person, words } from "./here.js";
import { write } from "./composer.js";

const card = document.getElementById("tour");
const store = {
  get: () => { try { return localStorage.getItem("tour"); } catch { return "0"; } },
  set: (value) => { try { localStorage.setItem("tour", value); } catch { /* then it begins anew */ } },
};
let step = 1;

export function begin() {
  if (!card) return;
  document.getElementById("tour-open").addEventListener("click", () => show(1, true));
  card.addEventListener("click", clicked);
  card.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  const left = store.get() ?? "1";
  if (left !== "0" && !new URLSearchParams(location.search).has("quiet")) show(Number(left), false);
}

function clicked(event) {
  const to = event.target.closest("[data-tour]")?.dataset.tour;
  if (to === "close") close();
  if (to === "back") show(step - 1, true);
  if (to === "next") step === 5 ? close() : show(step + 1, true);
  const typed = event.target.closest("[data-type]")?.dataset;
  if (!typed) return;
  if (person === typed.person && channel === typed.to) { write(typed.type); return; }
  try { sessionStorage.setItem(`draft/${typed.person}/${typed.to}/`, typed.type); } catch { /* then it is not there */ }
  location.assign(`/?person=${typed.person}&channel=${typed.to}`);
}

function show(to, focus) {
  step = Math.min(5, Math.max(1, to));
  store.set(String(step));
  card.hidden = false;
  for (const each of card.querySelectorAll("[data-step]")) each.hidden = Number(each.dataset.step) !== step;
  card.querySelector("[data-tour=back]").disabled = step === 1;
  card.querySelector("[data-tour=next]").textContent = step === 5 ? words.done : words.next;
  point();
  if (focus) card.focus();
}

function point() {
  for (const each of document.querySelectorAll(".pointed")) each.classList.remove("pointed");
  if (card.hidden) return;
  const at = card.querySelector(`[data-step="${step}"]`).dataset.at;
  const element = document.getElementById(at);
  (element?.closest(".composer-box") ?? element)?.classList.add("pointed");
}

function close() {
  card.hidden = true;
  store.set("0");
  point();
  document.getElementById("composer")?.focus();
}
