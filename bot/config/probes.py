"""Values of the tables ``[probes.NAME]``: from what TOML gives to what they mean, or a `Mistake`."""

import math
import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from aws.redaction import holds_a_secret
from bot.config.mistakes import Mistake, quoted
from bot.grammar.duration import read_duration, write_duration
from bot.words import words

_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*\.?")
_GROUP = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?")  # "CreateTargetGroup"
_METRIC = re.compile(r"[\w.#:-][\w.#:/-]{0,253}/[^/\s][^/]{0,254}", re.ASCII)  # "MetricDatum"
_STATISTIC = re.compile(
    r"SampleCount|Average|Sum|Minimum|Maximum|IQM|(?:p|tm|wm|tc|ts)[0-9]{1,2}(?:\.[0-9]{1,10})?"
)  # "CloudWatch statistics definitions"
_INSTANCE = re.compile(r"m?i-[0-9a-f]{8,17}")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?)\s?%")
_LONGEST = 2000  # characters of an URL, and of a command


def read_url(value: object) -> str:
    """What a user would open: http or https, without a name, a password or a token in it."""
    if not isinstance(value, str) or not _is_url(value):
        shown = "…" if "@" in str(value) else quoted(value)  # before it a password may stand
        raise Mistake(words("“{url}” is no URL, such as https://shop.example/health.", url=shown))
    if "@" in urlsplit(value).netloc or holds_a_secret(value):
        raise Mistake(words("an URL that is probed may not carry a name, a password or a token."))
    return value


def read_tcp(value: object) -> str:
    """``host:port``, an IPv6 address in brackets."""
    text = value if isinstance(value, str) else ""
    if not _is_url(f"tcp://{text}") or not re.search(r":[0-9]{1,5}$", text) or set(text) & set("@/?#"):
        shown = "…" if "@" in text else quoted(value)
        raise Mistake(words("“{server}” is no host with its port, such as db.example:5432.", server=shown))
    return text


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is none, a bracket that is left open
        return False
    printable = text.isascii() and text.isprintable() and " " not in text and len(text) <= _LONGEST
    known = parts.scheme in {"http", "https", "tcp"} and (bool(_HOST.fullmatch(host)) or _is_address(host))
    return printable and known and port != 0 and not parts.fragment


def _is_address(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def read_target_group(value: object) -> str:
    """A target group by its name."""
    return _fits(_GROUP, value, Mistake(words("“{name}” is no name of a target group.", name=quoted(value))))


def read_metric(value: object) -> str:
    """A metric by its namespace and its name: ``AWS/ApplicationELB/TargetResponseTime``."""
    example = words(
        "“{metric}” is no metric with its namespace, such as AWS/ApplicationELB/TargetResponseTime.",
        metric=quoted(value),
    )
    return _fits(_METRIC, value, Mistake(example))


def read_statistic(value: object) -> str:
    """One of CloudWatch's statistics."""
    why = words("“{statistic}” is no statistic, such as Average, Maximum or p99.", statistic=quoted(value))
    return _fits(_STATISTIC, value, Mistake(why))


def read_dimensions(value: object) -> tuple[tuple[str, str], ...]:
    """The dimensions of a metric, which AWS takes at most 30 of, in the order of their names."""
    if (
        not isinstance(value, Mapping)
        or len(value) > 30
        or not all(isinstance(one, str) and one for pair in value.items() for one in pair)
    ):
        example = '{ LoadBalancer = "app/web/50dc6c495c0c" }'
        raise Mistake(words("it must be a table of texts, such as {example}.", example=example))
    return tuple(sorted(value.items()))


def read_command(value: object) -> str:
    """A command for a shell of an instance; a secret may only be named by reference."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST:
        raise Mistake(words("it must be a command in quotes, of at most {most} characters.", most=_LONGEST))
    if holds_a_secret(value):
        raise Mistake(words("a command that is probed may not carry a password or a token."))
    return value


def read_instance(value: object) -> str:
    """The id of an instance."""
    why = words("“{id}” is no id of an instance, such as i-0123456789abcdef0.", id=quoted(value))
    return _fits(_INSTANCE, value, Mistake(why))


def read_status(value: object) -> int:
    """An HTTP status that counts as an answer."""
    if not isinstance(value, int) or isinstance(value, bool) or not 200 <= value <= 599:
        raise Mistake(words("it must be an HTTP status from 200 to 599, without quotes."))
    return value


def read_share(value: object) -> float:
    """A share as percents: ``"1%"``, ``"0.5%"``; returned from 0 to 1."""
    found = _SHARE.fullmatch(value) if isinstance(value, str) else None
    if not found or float(found[1]) > 100:
        raise Mistake(
            words("“{share}” is no share; write it like 1% or 0.5%, in quotes.", share=quoted(value))
        )
    return float(found[1]) / 100


def read_bound(value: object) -> float:
    """A number that a value is held against."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise Mistake(words("it must be a number, without quotes."))
    return float(value)


def read_span(value: object) -> timedelta:
    """A span of time such as ``100ms`` or ``1s``; what is too short or too long depends on what is asked."""
    span = read_duration(value) if isinstance(value, str) else None
    if span is None:
        why = words("“{span}” is not a span of time; write it like 100ms, 2s or 1m.", span=quoted(value))
        raise Mistake(why)
    return span


def within(span: timedelta, least: timedelta, most: timedelta) -> timedelta:
    """The span, if it is neither too short nor too long."""
    if not least <= span <= most:
        said = {"least": write_duration(least), "most": write_duration(most)}
        raise Mistake(words("it must be from {least} to {most}.", **said))
    return span


def _fits(pattern: re.Pattern[str], value: object, otherwise: Mistake) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise otherwise
    return value
