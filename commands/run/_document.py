"""Whether a document can be run as somebody asks: is it there, and do the parameters fit what it declares?"""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from aws import document
from aws.account import Place
from aws.document import Document, Parameter
from bot.arguments import UsageError
from bot.command import World
from bot.words import Words, words

IAM = ("ssm:DescribeDocument", "ssm:GetDocument", "ssm:ListDocuments")
Given = Mapping[str, Sequence[str]]


def given(pairs: Iterable[str]) -> Given:
    """The parameters from ``name=value`` words; a name that comes again adds a value.

    Raises UsageError, which repeats no value.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name.strip():
            raise UsageError(
                words("A parameter is written as name=value, with quotation marks where it holds spaces.")
            )
        found[name.strip()].append(value)
    return found


def find(world: World, place: Place, name: str) -> Document:
    """The document of this name in a place.  Raises UsageError when it cannot be run, AwsError."""
    ssm = world.aws.ssm(place)
    found = document.find(ssm, name)
    if found is None:
        raise UsageError(
            words(
                "There is no document “{name}” in {region} of {account}. {hint}",
                name=name,
                region=place.region,
                account=place.account,
                hint=_nearest(name, document.names(ssm)),
            )
        )
    if found.type != document.COMMAND:
        raise UsageError(
            words(
                "“{name}” is a document of the type {type}; Run Command runs those of the type Command.",
                name=name,
                type=found.type,
            )
        )
    return found


def must_fit(found: Document, parameters: Given) -> None:
    """Raise UsageError for a parameter that is missing, unknown, or not allowed its value.  Pure."""
    declared = {each.name: each for each in found.parameters}
    for name in parameters:
        if name not in declared:
            hint = _nearest(name, declared)
            raise UsageError(
                words(
                    "{document} has no parameter “{name}”. {hint}", document=found.name, name=name, hint=hint
                )
            )
    missing = [each.name for each in found.parameters if each.required and each.name not in parameters]
    if missing:
        raise UsageError(
            words(
                "{document} also needs {names}: --parameters {example}=…",
                document=found.name,
                names=", ".join(missing),
                example=missing[0],
            )
        )
    for name, values in parameters.items():
        _must_be_allowed(found.name, declared[name], values)


def _must_be_allowed(named: str, declared: Parameter, values: Sequence[str]) -> None:
    if declared.type == "String" and len(values) > 1:
        raise UsageError(words("{name} of {document} takes one value.", name=declared.name, document=named))
    for value in values:
        if "{{" in value:  # only Systems Manager knows what it stands for
            continue
        if declared.allowed and value not in declared.allowed:
            raise UsageError(
                words(
                    "{name} of {document} is one of {allowed}.",
                    name=declared.name,
                    document=named,
                    allowed=", ".join(declared.allowed),
                )
            )
        if declared.pattern and not _fits(declared.pattern, value):
            raise UsageError(
                words(
                    "{name} of {document} must fit {pattern}.",
                    name=declared.name,
                    document=named,
                    pattern=declared.pattern,
                )
            )


def _fits(pattern: str, value: str) -> bool:
    """Whether it fits, as far as can be told: a pattern that Python cannot read is left to AWS."""
    try:
        return re.fullmatch(pattern, value) is not None
    except re.error:
        return True


def _nearest(word: str, known: Iterable[str]) -> Words:
    there = sorted(known)
    by_form = {name.lower(): name for name in there}
    close = [by_form[form] for form in difflib.get_close_matches(word.lower(), by_form, 3)]
    if close:
        return words("Did you mean {nearest}?", nearest=", ".join(close))
    if not there:
        return words("There are none.")
    return words("Choose from {known}.", known=", ".join(there[:40]))
