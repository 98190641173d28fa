// Parts of the page follow the server: when a topic's version changes, the part is fetched and merged in,
// or, while nobody can see it, as soon as somebody can.
import { query, toast, words } from "./here.js";
import { merge } from "./merge.js";

const parts = new Map(); // name -> {element, topics, old, busy, again}
const listeners = new Map(); // name -> functions called after a merge
let known = JSON.parse(document.body.dataset.versions); // of what the server drew the page from
let lost = false;

export function after(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Fetch one part again; while a fetch is under way, one more is remembered. */
export async function refresh(name, more = "") {
  const part = parts.get(name);
  if (!part) return;
  if (part.busy) { part.again = true; return; }
  part.busy = true;
  try {
    const extra = more || part.more?.() || "";
    const answer = await fetch(`/part/${name}${query || "?"}${extra}`);
    if (answer.ok) merged(name, part.element, await answer.text());
  } catch { /* the stream tells when the server is gone */ }
  part.busy = false;
  if (part.again) { part.again = false; refresh(name); }
}

/** Let a part's address say more, such as a filter. */
export function address(name, more) {
  const part = parts.get(name);
  if (part) part.more = more;
}

function merged(name, element, html) {
  const change = merge(element, html);
  for (const listener of listeners.get(name) ?? []) listener(element, change);
}

function heard(event) {
  const now = JSON.parse(event.data);
  for (const part of parts.values()) {
    if (part.topics.some((topic) => JSON.stringify(known[topic]) !== JSON.stringify(now[topic]))) part.old = true;
  }
  known = now;
  catchUp();
  if (lost) { lost = false; location.reload(); }
}

/** Fetch what became old while nobody could see it. */
export function catchUp() {
  for (const [name, part] of parts) {
    if (part.old && !document.hidden && !part.element.closest("[hidden]")) { part.old = false; refresh(name); }
  }
}

export function follow() {
  for (const element of document.querySelectorAll("[data-part]")) {
    parts.set(element.dataset.part, { element, topics: element.dataset.topics.split(" "), old: false, busy: false, again: false });
  }
  let stream;
  const open = () => {
    stream = new EventSource(`/live${query}`);
    stream.onmessage = heard;
    stream.onerror = () => { if (!lost && stream.readyState !== EventSource.CLOSED) { lost = true; toast(words.lost); } };
  };
  open();
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  document.addEventListener("visibilitychange", catchUp);
}
