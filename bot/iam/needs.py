"""Which IAM actions an account needs, and who of toban's needs each: verbs, queues, mail, probes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aws import mail, widget
from aws.account import AccountConfig, Place
from bot.arguments import UsageError
from bot.command import Verb
from bot.grammar.suggest import hint
from bot.iam.table import NEEDS_NOTHING, WITH_KEYS
from bot.probing.aws import IAM as PROBING
from bot.settings import Settings
from bot.verbs import Verbs
from bot.words import words
from jobs import third_door

Needs = Mapping[str, frozenset[str]]
"""IAM action -> the verbs (noun.verb) and actions of toban's that use it."""

THIRD_DOOR, MAIL, PROBES = "events", "mail", "probes"
"""Who needs what no verb asks for."""


def picked(known: Verbs, names: Iterable[str]) -> tuple[Verb[Any], ...]:
    """The verbs of these nouns and noun.verbs; without any, all.  Raises UsageError for what is neither."""
    wanted = tuple(dict.fromkeys(one for text in names for one in text.replace(",", " ").split()))
    nouns = {name.partition(".")[0] for name in known.verbs}
    for name in wanted:
        if name not in nouns and name not in known.verbs:
            near = hint(name, [*nouns, *known.verbs])
            raise UsageError(words("There is no verb and no noun “{name}”. {hint}", name=name, hint=near))
    return tuple(
        verb
        for name, verb in known.verbs.items()
        if not wanted or name in wanted or name.partition(".")[0] in wanted
    )


def needed(verbs: Iterable[Verb[Any]], settings: Settings, account: AccountConfig) -> Needs:
    """What these verbs declare, and what the config asks of this account."""
    found: dict[str, set[str]] = defaultdict(set)
    for who, name in (*_declared(verbs), *_configured(settings, account)):
        found[name].add(who)
        for key_action in WITH_KEYS.get(name, ()):
            found[key_action].add(who)
    return {name: frozenset(found[name]) for name in sorted(found) if name not in NEEDS_NOTHING}


def _declared(verbs: Iterable[Verb[Any]]) -> Iterator[tuple[str, str]]:
    for verb in verbs:
        yield from ((verb.action, name) for name in verb.iam)
        yield from ((action.name, name) for action in verb.actions for name in action.iam)


def _configured(settings: Settings, account: AccountConfig) -> Iterator[tuple[str, str]]:
    if settings.queues:
        pictures = settings.alarms.aws_pictures
        yield from ((THIRD_DOOR, name) for name in third_door.IAM if pictures or name not in widget.IAM)
    if settings.mail and isinstance(settings.mail.by, Place) and settings.mail.by.account == account.name:
        yield from ((MAIL, name) for name in mail.IAM)
    for probe in settings.probes.values():
        if probe.account == account.name:
            yield from ((PROBES, name) for name in PROBING.get(probe.kind, ()))
