"""The grammar: a line of text to a verb with its arguments, and back to the one canonical line.

The same for slash commands, mentions, forms, schedules and the command line.  Pure: nothing is read but the
text, nothing kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.arguments import UsageError
from bot.command import Verb
from bot.grammar import help as pages
from bot.grammar.entry import Entry, entry
from bot.grammar.examples import SamplesOf, nothing_known, own_examples
from bot.grammar.fields import Composed, Filled, compose
from bot.grammar.help import HelpPage, HelpWanted, is_help
from bot.grammar.kinds import Vocabulary
from bot.grammar.line import Line, read_line
from bot.grammar.slack_text import kept
from bot.grammar.slot import Slot
from bot.grammar.suggest import hint, nearest
from bot.grammar.token import Token, unquoted
from bot.grammar.typography import plain, shown
from bot.on_demand import OnDemand
from bot.words import Words, words

__all__ = ["Grammar", "HelpPage", "HelpWanted", "Parsed", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line that was understood."""

    verb: Verb[Any]
    args: Any  # of the verb's own argument dataclass
    line: str  # canonical: ec2 stop tag:env=dev --region us-east-1


class Grammar:
    """What can be typed, from the verbs there are and the words the config knows."""

    def __init__(self, verbs: Mapping[str, Verb[Any]], vocabulary: Vocabulary) -> None:
        """The verbs by their names, noun.verb; each is worked out when a line first needs it.

        That raises ValueError when its arguments are declared in a way that no line could give.
        """
        self._vocabulary = vocabulary
        names: dict[str, list[str]] = {}
        for action in verbs:
            noun, _, name = action.partition(".")
            names.setdefault(noun, []).append(name)
        self._nouns = {noun: _entries(noun, those, verbs) for noun, those in names.items()}

    def parse(self, text: str) -> Parsed | HelpWanted:
        """What a line means, typed with or without the slash.

        Raises UsageError when it means nothing; the error quotes no more than one word of it.
        """
        line = self._read(text)
        found = self._find(line.tokens)
        if isinstance(found, HelpWanted):
            return found
        asks = len(line.tokens) == 3 and is_help(line.tokens[2])
        args = None if asks else found.read(line, self._vocabulary)
        if args is None:
            return HelpWanted(found.verb.noun, found.verb.name)
        args = self._with_lines(found, args) if found.lines else args
        return Parsed(found.verb, args, found.write(args))

    def render(self, verb: Verb[Any], args: Any) -> str:
        """The canonical line of a verb with these arguments; `parse` gives them back."""
        return self._entry(verb).write(args)

    def usage(self, verb: Verb[Any]) -> str:
        """One line: ``/ec2 stop <targets> [--region REGION]…``."""
        return pages.usage(verb, tuple(self._entry(verb).slots.values()))

    def wants_form(self, text: str) -> Verb[Any] | None:
        """The verb of a line that names it and nothing else, when it cannot do without arguments."""
        try:
            tokens = self._read(text).tokens
            found = self._find(tokens) if len(tokens) == 2 else None
        except UsageError:
            return None
        if not isinstance(found, Entry):
            return None
        return found.verb if any(slot.declared.required for slot in found.slots.values()) else None

    def verb(self, action: str) -> Verb[Any] | None:
        """The verb of this name, noun.verb; None when there is none."""
        noun, _, name = action.partition(".")
        found = self._nouns.get(noun, {}).get(name)
        return found.verb if found else None

    def slots(self, verb: Verb[Any]) -> tuple[Slot, ...]:
        """The arguments of a verb, for a form."""
        return tuple(self._entry(verb).slots.values())

    def known(self, slot: Slot) -> tuple[str, ...]:
        """The words an argument is one of; () when it is not of that kind."""
        return self._vocabulary.of(slot) or ()

    def compose(self, verb: Verb[Any], filled: Filled) -> Composed:
        """The line that these filled-in fields mean, and what is wrong with which of them."""
        found = self._entry(verb)
        made, mistakes = compose(found, filled, self._vocabulary), {}
        for name in found.lines:
            try:
                self._line("".join(filled.get(name, ())), found, name)
            except UsageError as error:
                mistakes[name] = error.said
        return replace(made, mistakes={**mistakes, **made.mistakes})

    def help(
        self, wanted: HelpWanted, allowed: Callable[[Verb[Any]], bool], samples: SamplesOf = nothing_known
    ) -> HelpPage:
        """The page of help that is wanted; overviews show only verbs that are allowed.

        Its examples can be typed as they are; with `samples` they name what is really there.  Raises
        UsageError when there is no such noun or verb.
        """
        if wanted.noun is None:
            firsts = [
                next((e for e in each.values() if allowed(e.verb)), None) for each in self._nouns.values()
            ]
            shown = [example for found in firsts if found for example in self._examples(found, samples)[:1]]
            return pages.overview(self._verbs(self._nouns), allowed, tuple(shown))
        verbs = self._verbs_of(wanted.noun)
        if wanted.verb is None:
            examples = {name: self._examples(each, samples) for name, each in verbs.items()}
            return pages.about_noun(wanted.noun, self._verbs([wanted.noun]), allowed, examples)
        found = self._verb_of(wanted.noun, verbs, wanted.verb)
        return pages.about(
            found.verb, found.slots, self._examples(found, samples), allowed=allowed(found.verb)
        )

    def _examples(self, found: Entry, samples: SamplesOf) -> tuple[str, ...]:
        return own_examples(found, self._vocabulary, samples)

    def _read(self, text: str) -> Line:
        """The line with its verb as one word: also one that a quoted word leaves out, or of two words."""
        line = self._one_word(read_line(text))
        noun, *rest = line.tokens or (unquoted(""),)
        if not rest or not rest[0].quoted:
            return line
        verbs = self._nouns.get(noun.plain, {}).values()
        left_out = next((unquoted(each.verb.name) for each in verbs if each.verb.default), None)
        return replace(line, tokens=(noun, left_out, *rest)) if left_out else line

    def _one_word(self, line: Line) -> Line:
        """The line with a verb such as run-zone as one word, where it was typed as two."""
        if len(line.tokens) < 3:
            return line
        noun, first, second, *rest = line.tokens
        verbs, joined = self._nouns.get(noun.plain, {}), f"{first.plain}-{second.plain}"
        if first.quoted or second.quoted or first.plain in verbs or joined not in verbs:
            return line
        return replace(line, tokens=(noun, unquoted(joined), *rest))

    def _with_lines(self, found: Entry, args: Any) -> Any:
        """The arguments with the lines among them as they would be stored themselves.  Raises UsageError."""
        return replace(args, **{name: self._line(getattr(args, name), found, name) for name in found.lines})

    def _line(self, text: str, outer: Entry, name: str) -> str:
        """A line that stands inside another one, with its slash; its begin may go without saying.

        Raises UsageError when it means nothing, or holds a line itself.
        """
        begins = outer.slots[name].declared.begins
        whole = text if not begins or plain(text).startswith("/") else f"/{begins} {text}"
        line = self._read(kept(whole))
        inner = self._find(line.tokens)
        if isinstance(inner, Entry) and inner.lines:
            raise UsageError(words("{command} cannot stand inside another line.", command=inner.named))
        parsed = self.parse(kept(line.text))
        if isinstance(parsed, HelpWanted):
            raise UsageError(words("{line} asks for nothing", line=shown(f"/{line.text}")))
        return f"/{parsed.line}"

    def _find(self, tokens: Sequence[Token]) -> Entry | HelpWanted:
        if not tokens:
            return HelpWanted()
        if is_help(tokens[0]) and tokens[0].plain not in self._nouns:
            return self._help_about(tokens[1:])
        noun = tokens[0].plain
        verbs = self._verbs_of(noun, tokens[0].text)
        if len(tokens) == 1:
            return HelpWanted(noun)
        if is_help(tokens[1]) and tokens[1].plain not in verbs:
            return self._help_about([tokens[0], *tokens[2:]])
        behind = tokens[2] if len(tokens) > 2 and not tokens[2].quoted else None
        if behind and tokens[1].plain not in verbs and (more := _behind(tokens[1].plain, verbs)):
            raise UsageError(_no_such(f"{noun} {tokens[1].plain}", behind.text, more))
        return self._verb_of(noun, verbs, tokens[1].plain, tokens[1].text)

    def _help_about(self, tokens: Sequence[Token]) -> HelpWanted:
        names = [token.plain for token in tokens[:2]]
        if names:
            verbs = self._verbs_of(names[0], tokens[0].text)
        if len(names) == 2:
            self._verb_of(names[0], verbs, names[1], tokens[1].text)
        return HelpWanted(*names)

    def _verbs_of(self, noun: str, said: str = "") -> Mapping[str, Entry]:
        if noun not in self._nouns:
            word = said or noun
            lines = [
                f"{name} {verb.replace('-', ' ')}" for name, verbs in self._nouns.items() for verb in verbs
            ]
            near = hint(
                word, self._nouns if nearest(word, self._nouns) else nearest(word, lines) or self._nouns
            )
            raise UsageError(words("There is no command “{word}”. {hint}", word=shown(word), hint=near))
        return self._nouns[noun]

    def _verb_of(self, noun: str, verbs: Mapping[str, Entry], name: str, said: str = "") -> Entry:
        if name not in verbs:
            word = shown(said or name)
            if more := _behind(name, verbs):
                known = ", ".join(more)
                raise UsageError(
                    words("/{noun} {word} needs one word more: {known}.", noun=noun, word=word, known=known)
                )
            raise UsageError(_no_such(noun, said or name, [each.replace("-", " ") for each in verbs]))
        return verbs[name]

    def _verbs(self, nouns: Iterable[str]) -> Sequence[Verb[Any]]:
        return [each.verb for noun in nouns for each in self._nouns[noun].values()]

    def _entry(self, verb: Verb[Any]) -> Entry:
        return self._nouns[verb.noun][verb.name]


def _behind(word: str, verbs: Iterable[str]) -> list[str]:
    """The second words of the verbs that begin so: zone, database … of run."""
    return [name.removeprefix(f"{word}-") for name in verbs if name.startswith(f"{word}-")]


def _no_such(behind: str, word: str, known: Iterable[str]) -> Words:
    """That nothing of this name stands there, and what may have been meant."""
    near = hint(word, known)
    return words("/{noun} has no “{word}”. {hint}", noun=behind, word=shown(word), hint=near)


def _entries(noun: str, names: Sequence[str], verbs: Mapping[str, Verb[Any]]) -> Mapping[str, Entry]:
    return OnDemand(names, lambda name: entry(verbs[f"{noun}.{name}"]))
