"""The whole examination: the settings first, since everything else depends on them, then all side by side."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.doctor import settings as of_settings
from bot.doctor.checks import checks
from bot.doctor.finding import Finding
from bot.doctor.fix import mended
from bot.doctor.patient import patient
from bot.doctor.side_by_side import findings
from bot.hush import Hush


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was found, and what was mended before."""

    findings: tuple[Finding, ...]
    mended: tuple[str, ...] = ()


def now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


def examine(environ: Mapping[str, str], *, fix: bool = False, now: Callable[[], datetime] = now) -> Examined:
    """Look at everything; changes nothing unless told to `fix`.  What others said is told without secrets."""
    hush = Hush(environ)
    found, done = _examined(environ, now, fix=fix)
    told = (replace(one, what=hush.plainly(one.what), do=hush.plainly(one.do)) for one in found)
    return Examined(tuple(told), tuple(map(hush.plainly, done)))


def _examined(
    environ: Mapping[str, str], now: Callable[[], datetime], *, fix: bool
) -> tuple[Sequence[Finding], Sequence[str]]:
    settings, found = of_settings.read(environ)
    if settings is None:
        return found, ()
    who = patient(settings, now)
    with closing(who.aws):
        done = tuple(mended(who)) if fix else ()
        return (*found, *findings(list(checks(who)))), done
