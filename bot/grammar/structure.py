"""Click reads the structure of a line: which words belong to which argument.

Click gets numbers in place of values (see `options`), so all it can see of a line is its shape.  It prints
nothing, reads no environment and never exits: only its parser runs.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from bot.arguments import Kind, UsageError
from bot.grammar.kinds import no_value
from bot.grammar.options import Arranged
from bot.grammar.slot import Slot
from bot.grammar.suggest import hint
from bot.grammar.targets import ways
from bot.grammar.token import Token
from bot.grammar.typography import shown
from bot.words import Words, words


def click_command(name: str, slots: Sequence[Slot]) -> click.Command:
    """The Click command that has these arguments."""
    return click.Command(
        name,
        params=[_param(slot) for slot in slots],
        add_help_option=False,
        context_settings={"allow_extra_args": True, "auto_envvar_prefix": None},
    )


def assign(
    command: click.Command, arranged: Arranged, slots: Sequence[Slot], named: str
) -> Mapping[str, tuple[Token, ...]]:
    """Which values each argument got; a flag that is there has itself as value.

    `named` is how the command is called in errors.  Raises UsageError for unknown options, missing
    arguments or values, and words that are too much.
    """
    with _speaking_plainly(named, {slot.name: slot for slot in slots}):
        context = command.make_context(named, list(arranged.words), obj=arranged.values)
    if context.args:
        word = shown(arranged.values[int(context.args[0])].text)
        raise UsageError(words("{command} has no place for “{word}”.", command=named, word=word))
    found = {slot.name: _tokens(context.params[slot.name], slot, arranged) for slot in slots}
    return {name: tokens for name, tokens in found.items() if tokens}


def _param(slot: Slot) -> click.Parameter:
    declared = slot.declared
    if not declared.option:
        return click.Argument([slot.name], nargs=-1 if slot.greedy else 1, required=declared.required)
    if declared.kind is Kind.FLAG:
        return click.Option([slot.option, slot.name], is_flag=True)
    # Every option may repeat for Click, so that a second value is refused and not silently the last one wins.
    return click.Option([slot.option, slot.name], multiple=True, required=declared.required)


def _tokens(given: Any, slot: Slot, arranged: Arranged) -> tuple[Token, ...]:
    if given is None or given is False:
        return ()
    if given is True:
        return (Token(slot.option, slot.option),)
    numbers = given if isinstance(given, tuple) else (given,)
    if not all(number.isdecimal() for number in numbers):
        # Click takes the next word for the value, even when that is an option.
        raise UsageError(no_value(slot))
    return tuple(arranged.values[int(number)] for number in numbers)


@contextmanager
def _speaking_plainly(command: str, slots: Mapping[str, Slot]) -> Iterator[None]:
    """Turn Click's exceptions inside the block into ours, by their class."""
    options = {slot.option: slot for slot in slots.values() if slot.declared.option}
    try:
        yield
    except click.NoSuchOption as error:
        near = hint(error.option_name, options)
        word = shown(error.option_name)
        said = words("{command} has no option {word}. {hint}", command=command, word=word, hint=near)
        raise UsageError(said) from error
    except click.BadOptionUsage as error:
        slot = options[error.option_name]
        if slot.declared.kind is Kind.FLAG:
            raise UsageError(words("{option} takes no value.", option=slot.option)) from error
        raise UsageError(no_value(slot)) from error
    except click.MissingParameter as error:
        slot = slots[str(error.param.name if error.param else "")]
        raise UsageError(missing(command, slot)) from error


def missing(command: str, slot: Slot) -> Words:
    """The sentence for an argument that is needed and not there."""
    if slot.declared.kind is Kind.TARGETS:
        return words(
            "{command} needs to know on what: {ways}", command=command, ways=ways(slot.declared.prefixes)
        )
    return words("{command} needs {argument}.", command=command, argument=slot.label)
