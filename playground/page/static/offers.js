// What to offer after what was typed so far.  Pure: text and verbs in, offers out.
const MOST = 9;

/** Offers as {whole, shown, help}: `whole` replaces what was typed so far. */
export function offers(typed, verbs, inThread) {
  const at = typed.match(/(^|\s)@(\w*)$/);
  if (at && "toban".startsWith(at[2])) return [{ whole: `${typed.slice(0, typed.length - at[2].length)}toban`, shown: "@toban", help: "" }];
  const mention = typed.match(/^@toban\s+/);
  const head = mention ? mention[0] : "";
  if (!head && (inThread || !typed.startsWith("/"))) return [];
  const line = head ? `/${typed.slice(head.length)}` : typed;
  const back = (text) => (head ? head + text.slice(1) : text);
  return forLine(line, verbs).slice(0, MOST).map((offer) => ({ ...offer, whole: back(offer.whole) }));
}

function forLine(line, verbs) {
  const verb = verbs.find((each) => line.startsWith(`${each.line} `));
  if (!verb) {
    return verbs.filter((each) => each.line.startsWith(line.trimEnd()) && each.line !== line.trimEnd() || each.line === line)
      .map((each) => ({ whole: each.line, shown: `${each.line} ${each.usage}`, help: each.help }));
  }
  const given = line.split(/\s+/);
  const word = given.at(-1);
  const before = line.slice(0, line.length - word.length);
  const option = verb.options.find((each) => each.option === given.at(-2));
  if (option?.choices.length) {
    return option.choices.filter((each) => each.startsWith(word) && each !== word).map((each) => ({ whole: before + each, shown: each, help: option.help }));
  }
  const targets = verb.words.filter((each) => (word ? each.startsWith(word) : given.length <= 3) && each !== word)
    .map((each) => ({ whole: before + each, shown: each, help: "" }));
  const options = verb.options.filter((each) => each.option.startsWith(word) && !given.slice(0, -1).includes(each.option) && each.option !== word)
    .map((each) => ({ whole: before + each.option, shown: each.shape, help: each.help }));
  return word.startsWith("-") ? options : word ? targets : [...targets.slice(0, 4), ...options];
}
