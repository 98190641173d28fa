"""The tables of what listens on this machine: pages for monitors, and the door for Slack's requests."""

from typing import Annotated

from pydantic import PlainValidator

from bot.config import health, http
from bot.config.kinds import Table

_Listen = Annotated[health.Listen, PlainValidator(health.read_listen)]


class HealthTable(Table):
    """``[health]``"""

    listen: _Listen = health.HERE


class HttpTable(Table):
    """``[http]``"""

    url: Annotated[str, PlainValidator(http.read_url)]
    listen: _Listen = http.HERE
