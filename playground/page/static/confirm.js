// The question before a dangerous click.
const dialog = document.getElementById("confirm");

/** Ask, and return whether the answer was yes; Esc means no. */
export function confirmed(asked) {
  dialog.querySelector("h2").textContent = asked.title;
  dialog.querySelector(".body").innerHTML = asked.html; // drawn by the server, escaped there
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = asked.no;
  yes.textContent = asked.yes;
  yes.className = `button ${asked.style === "danger" ? "danger" : "primary"}`;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
