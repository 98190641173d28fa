// What stands in a form's fields, as the people's door takes it: {"block/action": value}.

/** The value of one field, or null when it is empty. */
export function chosenValue(field) {
  const kind = field.dataset.type;
  if (kind === "checkboxes") return [...field.querySelectorAll(":checked")].map((box) => box.value);
  if (kind === "radio_buttons") return field.querySelector(":checked")?.value ?? null;
  if (kind.includes("external")) {
    const chosen = JSON.parse(field.dataset.chosen || "[]");
    return kind.startsWith("multi") ? chosen : chosen[0] ?? null;
  }
  if (field.multiple) return [...field.selectedOptions].map((option) => option.value);
  if (kind === "datetimepicker") return field.value ? Math.floor(new Date(field.value).getTime() / 1000) : null;
  return field.value === "" ? null : field.value;
}

/** Every field of a form; with `whole` false only those that hold something. */
export function filled(form, whole = false) {
  const said = {};
  for (const field of form.querySelectorAll("[data-action]")) {
    if (["button", "overflow", "workflow_button"].includes(field.dataset.type)) continue;
    const value = chosenValue(field);
    if (whole || value !== null) said[`${field.dataset.block}/${field.dataset.action}`] = value;
  }
  return said;
}

/** Put back what was filled in, where the same field is still there. */
export function fill(form, said) {
  for (const field of form.querySelectorAll("[data-action]")) {
    const value = said[`${field.dataset.block}/${field.dataset.action}`];
    if (value === undefined || value === null) continue;
    const kind = field.dataset.type;
    if (kind.includes("external")) field.dataset.chosen = JSON.stringify(Array.isArray(value) ? value : [value]);
    else if (["checkboxes", "radio_buttons"].includes(kind)) for (const box of field.querySelectorAll("input")) box.checked = [value].flat().includes(box.value);
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else if (kind !== "datetimepicker") field.value = value;
  }
}
