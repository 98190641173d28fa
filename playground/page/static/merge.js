// Merge new HTML into a list of elements with ids: what did not change stays, with its focus and open menus.
const sources = new WeakMap(); // element -> the HTML the server sent for it

export function remember(root) {
  for (const element of root.children) sources.set(element, element.outerHTML);
}

/** Bring root's children to those of the HTML; returns the elements that are new, and those that changed. */
export function merge(root, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const wanted = [...template.content.children];
  const there = new Map([...root.children].map((element) => [element.id, element]));
  const added = [], changed = [];
  let at = null;
  for (const fresh of wanted) {
    const old = there.get(fresh.id);
    const source = fresh.outerHTML;
    let element = old;
    if (!old) { element = fresh; added.push(fresh); }
    else if (sources.get(old) !== source) { element = swap(old, fresh); changed.push(element); }
    sources.set(element, source);
    there.delete(fresh.id);
    const next = at ? at.nextElementSibling : root.firstElementChild;
    if (next !== element) root.insertBefore(element, next);
    at = element;
  }
  for (const gone of there.values()) gone.remove();
  return { added, changed };
}

function swap(old, fresh) {
  if (old.tagName === "DIALOG") { // it stays open; only what it holds is new
    old.replaceChildren(...fresh.childNodes);
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    return old;
  }
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const again = held && selector(held);
  for (const open of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  if (old.tagName === "DETAILS" && old.open) fresh.open = true;
  for (const chosen of old.querySelectorAll("select[id]")) {
    const same = fresh.querySelector(`#${CSS.escape(chosen.id)}`);
    if (same && [...same.options].some((option) => option.value === chosen.value)) same.value = chosen.value;
  }
  old.replaceWith(fresh);
  if (held) (again && fresh.matches(again) ? fresh : (again && fresh.querySelector(again)) || fresh).focus({ preventScroll: true });
  return fresh;
}

function selector(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.action) return `[data-action="${CSS.escape(element.dataset.action)}"][data-value="${CSS.escape(element.dataset.value ?? "")}"]`;
  if (element.dataset.testid) return `[data-testid="${CSS.escape(element.dataset.testid)}"]`;
  return "";
}
