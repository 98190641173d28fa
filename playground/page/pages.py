"""The page itself and its parts, rendered here; the script only fetches a part again when it changed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from playground.page import choices, happenings, pushed_clock, sidebar, speech, timeline
from playground.page.drawing import Drawing, templates
from playground.page.glance import Glance
from playground.page.live import versions
from playground.page.only_here import POLICY
from playground.page.place import Place, place_of
from playground.page.stage import Stage
from playground.page.suggestions import suggestions
from playground.slack.errors import Refusal
from playground.slack.shapes import Json

STATIC = Path(__file__).parent / "static"
SHOWN_ON_WIRE = 80  # lines
HEADERS = {"content-security-policy": POLICY, "cache-control": "no-store", "referrer-policy": "no-referrer"}
_SAFE_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain")


@dataclass(frozen=True, slots=True)
class Pages:
    """Everything that is read with GET."""

    stage: Stage
    glance: Glance

    async def whole(self, request: Request) -> Response:
        """Serve /?person=U0SATO&channel=C0OPS, or two people side by side with ?side=1."""
        name = "side.html" if request.query_params.get("side") else "workspace.html"
        return await self._rendered(request, name)

    async def part(self, request: Request) -> Response:
        """Serve /part/{name}: one part of the page, for the same query as the page itself."""
        name = request.path_params["name"]
        if name not in self._parts():
            return PlainTextResponse("no such part", 404)
        return await self._rendered(request, f"parts/{name}.html")

    async def offers(self, request: Request) -> Response:
        """Serve /suggestions?person=U0SATO: what the composer offers."""
        language = self.stage.reader(
            place_of(request.query_params, self.stage.slack.workspace).person
        ).language
        said = json.dumps(suggestions(self.stage.languages, language), ensure_ascii=False)
        return Response(said, media_type="application/json", headers=HEADERS)

    async def file(self, request: Request) -> Response:
        """Serve /files/{id}: what somebody uploaded; only what cannot run opens in the page."""
        try:
            file = self.stage.slack.workspace.files.find(request.path_params["id"])
        except Refusal:
            return PlainTextResponse("no such file", 404)
        shown = file.kind if file.kind in _SAFE_INLINE else "application/octet-stream"
        if file.kind.startswith("text/") or file.kind == "application/json":
            shown = "text/plain"
        way = "inline" if shown in _SAFE_INLINE else "attachment"
        headers = HEADERS | {"x-content-type-options": "nosniff", "content-disposition": way}
        return Response(file.content or b"", media_type=shown, headers=headers)

    async def _rendered(self, request: Request, template: str) -> Response:
        place = place_of(request.query_params, self.stage.slack.workspace)
        filter_ = request.query_params.get("filter", "")
        shown = await run_in_threadpool(self.render, template, place, filter_)
        return HTMLResponse(shown, headers=HEADERS)

    def render(self, template: str, place: Place, wire_filter: str = "") -> str:
        """Return a template, filled for one place; each part reads only what it shows."""
        reader = self.stage.reader(place.person)
        parts = {name: (lambda make=make: make(place, wire_filter)) for name, make in self._parts().items()}
        return (
            templates()
            .get_template(template)
            .render(
                place=place,
                reader=reader,
                stage=self.stage,
                versions=lambda: versions(self.stage, self.glance, place.person),
                scripts=_SCRIPTS,
                channel=self.stage.slack.workspace.channels[place.channel],
                people=sidebar.faces(reader, self.stage.reads),
                preview=timeline.preview,
                say=lambda key, **values: speech.say(key, reader.language, **values),
                look=lambda name: parts[name](),
                words={key: speech.sentences()[key][reader.language] for key in _FOR_THE_SCRIPT},
            )
        )

    def _parts(self) -> Mapping[str, Callable[[Place, str], Json]]:
        return {
            "people": lambda _place, _: {},
            "sidebar": self._sidebar,
            "messages": self._messages,
            "thread": self._thread,
            "modal": self._modal,
            "home": self._home,
            "aws": self._aws,
            "happen": self._happen,
            "wire": self._wire,
            "bot": self._bot,
        }

    def _sidebar(self, place: Place, _: str) -> Json:
        return {"entries": sidebar.entries(self.stage.reader(place.person), self.stage.reads)}

    def _messages(self, place: Place, _: str) -> Json:
        reader = self.stage.reader(place.person)
        return {"rows": timeline.conversation(reader, place.channel, self.stage.slack.url)}

    def _thread(self, place: Place, _: str) -> Json:
        reader = self.stage.reader(place.person)
        rows = timeline.thread(reader, place.channel, place.thread, self.stage.slack.url)
        return {"rows": rows if place.thread else []}

    def _modal(self, place: Place, _: str) -> Json:
        stack = self.stage.slack.views(place.person)
        reader, view = self.stage.reader(place.person), stack[-1] if stack else None
        draw = Drawing(reader, self.stage.slack.url, view.values, view.trouble) if view else None
        return {"view": view, "draw": draw}

    def _home(self, place: Place, _: str) -> Json:
        view = self.stage.slack.home(place.person)
        return {"view": view, "draw": Drawing(self.stage.reader(place.person), self.stage.slack.url)}

    def _aws(self, place: Place, _: str) -> Json:
        zone = self.stage.reader(place.person).zone
        places = self.glance.places()
        return {"places": places, "at": lambda moment: moment.astimezone(zone), "shop": self.stage.shop}

    def _happen(self, _place: Place, _: str) -> Json:
        places = self.glance.places()
        return {
            "menu": happenings.HAPPENINGS,
            "standing": self.stage.mischief.standing(),
            "names": choices.names(places),
            "choices": choices.choices(places),
            "runs": pushed_clock.upcoming(self.stage.schedules, datetime.now(UTC)),
        }

    def _wire(self, _place: Place, wanted: str) -> Json:
        lines = [
            line
            for line in self.stage.slack.wire.lines()
            if wanted.lower() in f"{line.kind} {line.name} {line.body}".lower()
        ]
        return {"lines": lines[-SHOWN_ON_WIRE:][::-1], "pretty": _pretty}

    def _bot(self, _place: Place, _: str) -> Json:
        return {
            "doing": self.stage.doing.value,
            "log": [_told(line) for line in self.stage.bot.last_lines()[-60:]][::-1],
        }


# The browser fetches them all at once, instead of finding one in the other.
_SCRIPTS = tuple(sorted({path.name for path in STATIC.glob("*.js")} - {"early.js", "main.js", "theme.js"}))
_FOR_THE_SCRIPT = (
    "no_slash", "nothing_found", "required", "cancel", "lost", "again", "reset_sure", "reset", "nothing_due",
    "was_due", "next", "done", "close", "dismiss",
)  # fmt: skip


def _told(line: str) -> str:
    """Return a line of the bot's log as people read it: when, how bad, what."""
    try:
        said = json.loads(line)
        return f"{said['at'][11:19]} {said['level']} {said['said']}"
    except (ValueError, KeyError, TypeError):
        return line.rstrip()


def _pretty(body: str) -> str:
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return body  # cut off because it was too long
