"""What every drill may be told: how long, what is asked meanwhile, and what ends it at once."""

from dataclasses import dataclass
from datetime import timedelta

from bot.arguments import Kind, UsageError, arg, emergency_arg
from bot.command import World
from bot.drill import Alarm
from bot.probe import Probe
from bot.words import words
from commands.reading import accounts_arg, regions_arg

LONGEST = 2 * 60 * 60  # seconds that something may stay broken


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of every `/failover run …`."""

    for_: timedelta = arg(
        Kind.DURATION,
        words("how long it stays broken; then it is put back, whoever is there"),
        default=timedelta(minutes=5),
        at_least=5,
        at_most=LONGEST,
    )
    probe: tuple[str, ...] = arg(
        Kind.WORD, words("a probe of the config, which asks how users fare"), default=(), many=True
    )
    before: timedelta = arg(
        Kind.DURATION,
        words("how long all must be well before anything is broken"),
        default=timedelta(seconds=10),
        at_least=3,
        at_most=600,
    )
    after: timedelta = arg(
        Kind.DURATION,
        words("in how long all must be well again once it is put back"),
        default=timedelta(minutes=2),
        at_least=5,
        at_most=3600,
    )
    stop_errors: int = arg(
        Kind.NUMBER,
        words("end it at once when more than so many percent fail for as long as a probe may be away"),
        default=50,
        at_least=1,
        at_most=100,
    )
    stop_alarm: tuple[str, ...] = arg(
        Kind.WORD, words("end it at once when this CloudWatch alarm rings"), default=(), many=True
    )
    account: tuple[str, ...] = accounts_arg()
    region: tuple[str, ...] = regions_arg()
    emergency: str = emergency_arg()


def probes(options: Options, world: World) -> tuple[Probe, ...]:
    """The probes that are meant.  Raises UsageError when none is, or one that the config does not name."""
    known = world.drills.probes()
    if not known:
        raise UsageError(
            words(
                "The config names no probe, and nobody breaks what nobody watches: add a table"
                " [probes.NAME] with an url."
            )
        )
    if not options.probe and len(known) > 1:
        raise UsageError(words("Say with --probe who watches: {known}.", known=", ".join(sorted(known))))
    names = options.probe or tuple(known)
    for name in names:
        if name not in known:
            raise UsageError(
                words(
                    "The config names no probe “{name}”. Choose from {known}.",
                    name=name,
                    known=", ".join(sorted(known)),
                )
            )
    return tuple(known[name] for name in dict.fromkeys(names))


def alarms(options: Options, account: str, region: str) -> tuple[Alarm, ...]:
    """The alarms that end it, in the place of the drill."""
    return tuple(Alarm(account, region, name) for name in dict.fromkeys(options.stop_alarm))
