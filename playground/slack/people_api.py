"""What people do, over HTTP: for a page, or a script in another process.

POST /people/U0SATO/types   {"channel": "C0OPS", "line": "/ec2 list"}
POST /people/U0SATO/clicks  {"channel": "C0OPS", "ts": "1700000000.000100", "which": "approve"}
POST /people/U0SATO/submits {"view_id": "V0000000001", "said": {"reason/text": "..."}}

A click in a form may tell what is filled in so far: {"view_id": ..., "which": ..., "filled": {...}}.
"""

import dataclasses
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.slack import forms
from playground.slack.acting import ActingPerson
from playground.slack.clicks import Place
from playground.slack.errors import CannotDoError, Refusal
from playground.slack.message import Message
from playground.slack.office import Office, Outcome
from playground.slack.shapes import Json, as_object


@dataclasses.dataclass(frozen=True, slots=True)
class PeopleApi:
    """The addresses under /people."""

    office: Office

    async def act(self, request: Request) -> Response:
        """Serve /people/{user}/{verb}: a verb of ActingPerson, its arguments as a JSON body."""
        try:
            said = as_object(await request.json())
            outcome = await run_in_threadpool(
                self._do, request.path_params["user"], request.path_params["verb"], said
            )
        except (CannotDoError, Refusal, TypeError, ValueError) as error:
            return JSONResponse({"ok": False, "error": str(error)}, 400)
        shown = dataclasses.asdict(dataclasses.replace(outcome, message=None))
        ts = outcome.message.ts if outcome.message else None
        return JSONResponse({"ok": True, **shown, "ts": ts})

    def _do(self, user: str, verb: str, said: Json) -> Outcome:
        person = ActingPerson(self.office, self.office.slack.person(user).id)
        if verb in {"clicks", "chooses", "looks_up"}:
            said["place"] = self._place(user, said)
        if verb == "uses_shortcut" and "ts" in said:
            said["message"] = self._message(user, str(said.pop("channel", "")), str(said.pop("ts")))
        verbs: dict[str, Callable[..., Outcome]] = {
            "types": person.types,
            "says": person.says,
            "mentions": person.mentions,
            "clicks": person.clicks,
            "chooses": person.chooses,
            "looks_up": person.looks_up,
            "submits": person.submits,
            "closes": person.closes,
            "opens_home": person.opens_home,
            "uses_shortcut": person.uses_shortcut,
        }
        if verb not in verbs:
            raise CannotDoError(f"{verb} is none of {sorted(verbs)}")
        return verbs[verb](**said)

    def _place(self, user: str, said: Json) -> Place:
        """Take channel and ts, or view_id, out of what was said, and return what they name."""
        view_id, channel, ts = (str(said.pop(name, "")) for name in ("view_id", "channel", "ts"))
        filled = as_object(said.pop("filled", {}))
        if view_id:
            view = self.office.slack.views.find(view_id)
            forms.hold(view, filled)
            return view
        return self._message(user, channel, ts)

    def _message(self, user: str, channel: str, ts: str) -> Message:
        own = self.office.slack.messages.for_one(channel, user)
        return next((each for each in own if each.ts == ts), None) or self.office.slack.messages.find(
            channel, ts
        )
