"""What the page moves besides what people do in the workspace: the bot, the AWS, the clock, the marks.

POST /page/bot    {"do": "kill"}                        start, stop or kill
POST /page/happen {"key": "start-kms", "target": "i-…"}  see happenings.py
POST /page/well   {}                                     everything that was let happen ends
POST /page/clock  {"at": "01:00"}
POST /page/reset  {}
POST /page/read   {"person": "U0SATO", "channel": "C0OPS"}  everything there is on their screen
POST /page/dismiss {"person": "U0SATO", "channel": "C0OPS", "ts": "1700000000.000100"}
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.page import pushed_clock
from playground.page.stage import Stage
from playground.slack.acting import ActingPerson
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.office import Outcome
from playground.slack.shapes import Json, as_object

ZONE = ZoneInfo("Asia/Tokyo")  # the team's


@dataclass(frozen=True, slots=True)
class Deeds:
    """Everything under /page."""

    stage: Stage

    async def do(self, request: Request) -> Response:
        """Serve /page/{name} with a JSON body; 400 tells why something cannot be done."""
        deeds: dict[str, Callable[..., Json]] = {
            "bot": self._bot,
            "happen": self._happen,
            "well": self._well,
            "clock": self._clock,
            "reset": self._reset,
            "read": self._read,
            "dismiss": self._dismiss,
        }
        name = request.path_params["name"]
        if name not in deeds:
            return JSONResponse({"ok": False, "error": f"{name} is none of {sorted(deeds)}"}, 404)
        try:
            said = as_object(await request.json())
            done = await run_in_threadpool(lambda: deeds[name](**said))
        except (CannotDoError, Refusal, KeyError, TypeError, ValueError) as error:
            return JSONResponse({"ok": False, "error": str(error)}, 400)
        return JSONResponse({"ok": True, **done})

    def _bot(self, do: str) -> Json:
        {"start": self.stage.bot.start, "stop": self.stage.bot.stop, "kill": self.stage.bot.kill}[do]()
        return {"doing": self.stage.doing}

    def _happen(self, key: str, target: str = "") -> Json:
        self.stage.mischief.let(self.stage.world, key, target)
        return {}

    def _well(self) -> Json:
        self.stage.mischief.all_well(self.stage.world)
        return {}

    def _clock(self, at: str) -> Json:
        when = pushed_clock.moment(at, datetime.now(UTC), ZONE)
        people = self.stage.slack.workspace.people

        def types(person: str, channel: str, line: str) -> Outcome:
            return ActingPerson(self.stage.slack.office, person).types(channel, line)

        typed = pushed_clock.push(self.stage.schedules, when, types)
        said = [
            {
                "who": people[one.schedule.owner].real_name,
                "line": one.line,
                "channel": self.stage.slack.workspace.channels[one.schedule.channel].name,
                "trouble": one.trouble,
            }
            for one in typed
        ]
        return {"at": f"{when:%Y-%m-%d %H:%M}", "typed": said}

    def _reset(self) -> Json:
        self.stage.begin_anew()
        return {}

    def _read(self, person: str, channel: str) -> Json:
        kept = self.stage.slack.workspace.messages
        there = kept.in_channel(channel) + kept.for_one(channel, person)
        self.stage.reads.note(person, channel, max((each.ts for each in there), default=""))
        return {}

    def _dismiss(self, person: str, channel: str, ts: str) -> Json:
        kept = self.stage.slack.workspace.messages
        for each in kept.for_one(channel, person):
            if each.ts == ts:
                kept.remove(each)
        return {}
