// What every module needs: who and where, the page's words, and sending something to the server.
const body = document.body.dataset;
export const person = body.person;
export const channel = body.channel;
export const query = body.query;
export const words = JSON.parse(document.getElementById("words").textContent);

/** Send JSON and return the answer; `ok` is false when it could not be done, and `error` says why. */
export async function send(path, said) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(said),
    });
    return await answer.json();
  } catch (error) {
    return { ok: false, error: String(error) };
  }
}

/** Do something as this person, and show what Slack would show in passing. */
export async function act(verb, said) {
  const outcome = await send(`/people/${person}/${verb}`, said);
  const told = verb === "types" || outcome.response?.response_action === "errors"; // it stands in the channel or form
  const why = outcome.ok ? (told ? "" : outcome.shown) : words.again.replace("{why}", outcome.error);
  if (why) toast(why);
  return outcome;
}

export function toast(text) {
  const made = document.createElement("p");
  made.className = "toast";
  made.dataset.testid = "toast";
  made.textContent = text;
  const toasts = document.getElementById("toasts");
  toasts.append(made);
  toasts.hidePopover(); // and again, so that it lies above a form that was opened since
  toasts.showPopover();
  setTimeout(() => made.remove(), 6000);
}

/** Something that outlives a reload, in this window only. */
export const kept = {
  get: (name) => { try { return sessionStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* then it does not */ } },
};
