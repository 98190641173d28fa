// What is wrong with a field is said below it, as Slack does before a form is sent.
import { chosenValue } from "./fields.js";
import { words } from "./here.js";

/** Say below each field of a form what keeps it from being sent; returns whether there is anything. */
export function troubled(form) {
  const wrong = [...form.querySelectorAll("[data-input]")].filter((block) => {
    clear(block);
    const said = whatIsWrong(block);
    if (said) tell(block, said);
    return said;
  });
  if (wrong.length) control(wrong[0])?.focus();
  return wrong.length > 0;
}

/** Take back what was said below the field in which this stands: it is being changed. */
export function forget(element) {
  const block = element.closest("[data-input]");
  if (block) clear(block);
}

const control = (block) => block.querySelector(":is(input, textarea, select):invalid") ?? block.querySelector("input, textarea, select");

function whatIsWrong(block) {
  const field = block.querySelector("[data-action]");
  const empty = [chosenValue(field)].flat().every((value) => value === null || value === "");
  if (empty && "needed" in block.dataset) return words.required;
  return block.querySelector(":invalid")?.validationMessage ?? "";
}

function tell(block, said) {
  const trouble = document.createElement("p");
  trouble.className = "trouble";
  trouble.id = `trouble-${block.dataset.input}`;
  trouble.role = "alert";
  trouble.dataset.testid = "field-error";
  trouble.textContent = said;
  block.append(trouble);
  block.classList.add("troubled");
  control(block)?.setAttribute("aria-invalid", "true");
  describe(block, true);
}

function clear(block) {
  if (!block.querySelector(".trouble")) return;
  block.querySelector(".trouble").remove();
  block.classList.remove("troubled");
  block.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
  describe(block, false);
}

/** A screen reader reads what is said below a field with it. */
function describe(block, troubled) {
  const named = [block.querySelector(".hint[id]")?.id, troubled ? `trouble-${block.dataset.input}` : ""].filter(Boolean).join(" ");
  const field = control(block);
  if (named) field?.setAttribute("aria-describedby", named); else field?.removeAttribute("aria-describedby");
}
