"""What nobody may read is blacked out of what a process says of itself: its log, its last words, its doctor.

A secret is known by its value, when the process was given it in a variable that says so by its name, or
by its form.  All else that leaves is made of rows and of answers, which are cleaned where they come in
(`aws/redaction.py`, `aws/said.py`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from aws.redaction import HIDDEN, formless, redacted

_NAMES = re.compile(r"TOKEN|SECRET|PASS|CREDENTIAL|AUTH|(?:^|_)KEY(?:_|$)|SMTP_USER$")
_REFERS = re.compile(r"_(?:FILE|PATH|DIR|ID|URL|URI)$")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)([^\s@/]+)(?=@)")
_LEAST = 8  # characters; a shorter one would black out half of what is said
_HOOK = re.compile(r"(https?://hooks\.slack(?:-gov)?\.com/)[^\s\"'<>]+")  # whoever has one writes as toban
_ANSWER = re.compile(r"(response_url\\?[\"']?\s*[:=]\s*\\?[\"']?)[^\s\"',}]+")
_TICKET = re.compile(r"(\bwss?://[^\s\"'<>?]+\?)[^\s\"'<>]+")  # and with this one listens as it


class Hush:
    """Blacks out the secrets of one process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """`environ`: the variables the process was started with."""
        known = {one for name, value in environ.items() for one in _secrets(name, value)}
        longest = sorted(known, key=len, reverse=True)  # one may be a part of another
        self._known = re.compile("|".join(map(re.escape, longest))) if longest else None

    def __call__(self, text: str) -> str:
        """The text without them, and without what the word before it gives away; whoever wrote it."""
        return redacted(self.plainly(text))

    def plainly(self, text: str) -> str:
        """The same for sentences of ours, which may say “the token: make a new one”."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for address in (_HOOK, _ANSWER, _TICKET, _PASSWORD):
            text = address.sub(rf"\g<1>{HIDDEN}", text)
        return formless(text)

    def deep(self, value: object) -> object:
        """The same for every text in a structure of JSON; anything else becomes its text."""
        match value:
            case None | bool() | int() | float():
                return value
            case Mapping():
                return {str(key): self.deep(one) for key, one in value.items()}
            case list() | tuple() | set() | frozenset():
                return [self.deep(one) for one in value]
            case _:
                return self(str(value))


def _secrets(name: str, value: str) -> Iterator[str]:
    """What of a variable nobody may read: all of it, or the password in an address."""
    value, upper = value.strip(), name.upper()
    for _before, found in _PASSWORD.findall(value):
        yield from _long_enough([found, unquote(found)])
    if _NAMES.search(upper) and not _REFERS.search(upper):
        yield from _long_enough([value])


def _long_enough(values: Iterable[str]) -> Iterator[str]:
    return (one for one in values if len(one) >= _LEAST)
