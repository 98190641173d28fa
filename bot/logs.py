"""Logs: one sentence a line, with a stable `action`; as JSON, for whoever collects them.

What a line is about, such as the operation's number, is said once, where the work on it begins, and stands
on every line of that work, also on those of `aws/`, which knows nothing of operations.
"""

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType, TracebackType
from typing import ParamSpec, TypeVar

from bot.hush import Hush

_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_ABOUT: ContextVar[Mapping[str, object]] = ContextVar("about", default=MappingProxyType({}))
T = TypeVar("T")
P = ParamSpec("P")


@contextmanager
def about(**ids: object) -> Iterator[None]:
    """What is logged meanwhile is about these: `operation`, a number, and `ask`, the key of the delivery."""
    token = _ABOUT.set(_ABOUT.get())
    also_about(**ids)
    try:
        yield
    finally:
        _ABOUT.reset(token)


def also_about(**ids: object) -> None:
    """The same, for what is found out on the way, until the innermost `about` ends; None is nothing."""
    _ABOUT.set({**_ABOUT.get(), **{name: one for name, one in ids.items() if one is not None}})


class Threads(ThreadPoolExecutor):
    """Threads in which a line is about what it was about where the work was handed in."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have it done."""
        return super().submit(copy_context().run, partial(fn, *args, **kwargs))


class AsJson(logging.Formatter):
    """A record as one JSON object: at, level, logger, said, what it is about, and what stands in `extra`.

    Whoever logs it, also a library: no secret stands in it.
    """

    def __init__(self, hush: Hush | None = None) -> None:
        """`hush` knows the secrets of this process."""
        super().__init__()
        self._hush = hush or Hush({})

    def format(self, record: logging.LogRecord) -> str:
        """One line; a trace, if any, stands in `trace`."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
            **_ABOUT.get(),
            **{name: value for name, value in vars(record).items() if name not in _USUAL},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(self._hush.deep(line), ensure_ascii=False)


def begin(level: str, environ: Mapping[str, str]) -> None:
    """Log to standard error; libraries only from WARNING on, since Slack's client logs payloads below.

    What nobody caught, in a thread or at the end of all, is logged as well.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson(Hush(environ)))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # its warnings show whole payloads
    logging.getLogger("toban").setLevel(level.upper())
    sys.excepthook, threading.excepthook = _uncaught, _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    said = "nobody caught this"
    logging.getLogger("toban").critical(said, exc_info=(kind, error, trace), extra={"action": "crash"})


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
