"""Logs: one sentence a line, with a stable `action`; as JSON, for whoever collects them."""

import json
import logging
import sys
from datetime import UTC, datetime

_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class AsJson(logging.Formatter):
    """A record as one JSON object: at, level, logger, said, and what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a trace, if any, stands in `trace`."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "said": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _USUAL},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def begin(level: str) -> None:
    """Log to standard error; libraries only from WARNING on, since Slack's client logs payloads below."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # its warnings show whole payloads
    logging.getLogger("toban").setLevel(level.upper())
