"""Did you mean …?"""

import difflib
from collections.abc import Iterable

from bot.grammar.typography import plain
from bot.words import Words, words


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> tuple[str, ...]:
    """The known words that look most like this one, best first, at most three.

    `likeness` is how much they must share, from 0 to 1 (difflib's ratio).
    """
    by_form = {plain(name): name for name in known}
    close = difflib.get_close_matches(plain(word)[:60], by_form, cutoff=likeness)
    return tuple(by_form[form] for form in close)


def hint(word: str, known: Iterable[str]) -> Words:
    """A sentence with the nearest known words, or with all of them when none is near."""
    names = tuple(known)
    near = nearest(word, names)
    if near:
        return words("Did you mean {nearest}?", nearest=", ".join(near))
    if not names:
        return words("There are none.")
    return words("Choose from {known}.", known=", ".join(names[:40]))
