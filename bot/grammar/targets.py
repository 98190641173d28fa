"""Targets as text: ids, ``name:web-*``, ``tag:Key=Value``, ``all``."""

from collections.abc import Iterator, Sequence

from bot.arguments import UsageError
from bot.grammar import ids
from bot.grammar.little_words import is_little
from bot.grammar.quoting import in_marks, quote
from bot.grammar.suggest import nearest
from bot.grammar.token import Token, unquoted
from bot.grammar.typography import is_all_wide, plain, shown
from bot.targets import Targets
from bot.words import Words, words

Prefixes = tuple[str, ...]
_SELECTORS = ("tag:", "name:")


def read_targets(tokens: Sequence[Token], prefixes: Prefixes) -> Targets:
    """What these words name together, each once, in the order given.

    `prefixes` are those of the ids wanted; without any, a word that is nothing else is an id.  Raises
    UsageError with what would be right.
    """
    found = [_read(_usual(token), prefixes) for token in tokens]
    everything = any(target.everything for target in found)
    if everything and any(target != Targets(everything=True) for target in found):
        raise UsageError(words("“all” leaves nothing to add; name either all or some."))
    return Targets(
        ids=_once(each for target in found for each in target.ids),
        names=_once(each for target in found for each in target.names),
        tags=tuple(dict.fromkeys(each for target in found for each in target.tags)),
        everything=everything,
    )


def write_targets(targets: Targets) -> str:
    """The canonical text: ids, then names, then tags."""
    said = [in_marks(each) if _is_ours(each) else quote(each, strict=True) for each in targets.ids]
    said += [f"name:{quote(name)}" for name in targets.names]
    said += [
        f"tag:{quote(key, strict=True)}{'=' if value else ''}{_value(value)}" for key, value in targets.tags
    ]
    return " ".join([*said, "all"] if targets.everything else said)


def ways(prefixes: Prefixes) -> Words:
    """The ways to name targets, as an error or the help lists them."""
    if not prefixes:
        return words("names, name:web-*, tag:Key=Value, or all.")
    return words(
        "ids such as {example}, name:web-*, tag:Key=Value, or all.", example=ids.example(prefixes[0])
    )


def _usual(token: Token) -> Token:
    """The word as a plain keyboard would have given it.

    A word that is full-width from its first letter to its last was typed in that mode.
    Quotation marks around a whole ``"tag:Name=web 1"`` are the shell's habit and mean nothing here.
    """
    if is_all_wide(token.bare):
        return token.narrowed()
    if token.quoted and token.text.startswith(_SELECTORS):
        return unquoted(token.text)
    return token


def _read(token: Token, prefixes: Prefixes) -> Targets:
    selector, rest = token.cut(":：")
    if rest is not None and plain(selector.text) == "tag":
        return Targets(tags=(_tag(rest),))
    if rest is not None and plain(selector.text) == "name":
        if not rest.text:
            raise UsageError(words("A name is missing after name: such as name:web-*."))
        return Targets(names=(rest.text,))
    if token.plain == "all" and (prefixes or not token.quoted):
        return Targets(everything=True)
    if not prefixes:
        return Targets(ids=(_name(token, prefixes),))
    return Targets(
        ids=tuple(_id(piece, prefixes) for piece in token.pieces(",，、")) or (_id(token, prefixes),)
    )


def _tag(token: Token) -> tuple[str, str]:
    key, value = token.cut("=＝")
    if not key.text:
        raise UsageError(words("A tag's key is missing: tag:Key=Value, or tag:Key for any value."))
    if value is not None and not value.text:
        raise UsageError(
            words("A value is missing after “=”; tag:{key} means any value.", key=shown(key.text))
        )
    return key.text, value.text if value else ""


def _id(token: Token, prefixes: Prefixes) -> str:
    word = token.plain
    if any(ids.is_id(word, prefix) for prefix in prefixes):
        return word
    if found := ids.prefix_of(word):
        raise UsageError(_other_kind(word, ids.KINDS[found], prefixes))
    raise UsageError(_no_target(token.text, prefixes))


def _name(token: Token, prefixes: Prefixes) -> str:
    if not token.text or token.text.startswith(_SELECTORS):
        raise UsageError(_no_target(token.text, prefixes))
    if not token.quoted and ids.is_full(token.plain) and (found := ids.prefix_of(token.plain)):
        raise UsageError(_other_kind(token.plain, ids.KINDS[found], prefixes))
    return token.text


def _other_kind(word: str, kind: Words, prefixes: Prefixes) -> Words:
    return words(
        "{word} is {kind}; what is wanted here: {ways}", word=shown(word), kind=kind, ways=ways(prefixes)
    )


def _no_target(word: str, prefixes: Prefixes) -> Words:
    if not word:
        return words("An empty word is no target. Targets are {ways}", ways=ways(prefixes))
    head, separator, tail = word.partition(":")
    if separator and (near := nearest(head, ("tag", "name"))):
        said = f"{near[0]}:{tail}"
    elif "=" in word:
        said = f"tag:{word}"
    elif near := nearest(word, ("all",)):
        said = near[0]
    elif any(plain(word).startswith(prefix) for prefix in prefixes):
        return words("“{word}” is not an id: {ways}", word=shown(word), ways=ways(prefixes))
    else:
        said = f"name:{word}"
    return words(
        "“{word}” is no target. Did you mean {nearest}? Targets are {ways}",
        word=shown(word),
        nearest=shown(said),
        ways=ways(prefixes),
    )


def _is_ours(name: str) -> bool:
    """Whether a name, written bare, would be read as a word of the grammar's own."""
    return plain(name) == "all" or is_little(name)


def _value(value: str) -> str:
    return quote(value) if value else ""


def _once(values: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
