"""Slack's Web API over HTTP: form-encoded or JSON, the token in a header or in the body."""

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from playground.slack.errors import Refusal
from playground.slack.methods.call import Call, Method
from playground.slack.methods.table import WITH_APP_TOKEN, WITHOUT_TOKEN
from playground.slack.mishaps import Mishaps
from playground.slack.response_urls import ResponseUrls
from playground.slack.shapes import Json, as_object
from playground.slack.wire import Wire
from playground.slack.workspace import Workspace

SCOPES = "x-oauth-scopes"  # what the token was granted, with every answer ("auth.test", Slack)


@dataclass(slots=True)
class Tokens:
    """The tokens this workspace knows: the bot's (xoxb-) and the app's (xapp-)."""

    bot: str  # the newest of them
    app: str
    refused: dict[str, str] = field(default_factory=dict)  # those it takes no more, with the code for it
    older: set[str] = field(
        default_factory=set
    )  # the bot's former ones, which are good until they are refused
    refresh: str = ""  # with what the newest is renewed; "" where tokens do not expire
    client: tuple[str, str] = ("", "")  # the app's id and secret

    def take_back(self, code: str = "token_revoked") -> None:
        """Take none of the bot's tokens any more."""
        self.refused |= dict.fromkeys({self.bot, *self.older}, code)

    def issue(self, token: str = "") -> str:
        """Give the bot a new token, or take one again."""
        self.older.add(self.bot)
        self.bot = token or f"xoxb-{secrets.token_hex(12)}"
        self.refused.pop(self.bot, None)
        return self.bot

    def rotate(self) -> None:
        """From now on they expire: by `take_back("token_expired")`, whenever a test wants it."""
        if not self.refresh:
            self.client = (f"{secrets.randbelow(10**12)}.1", secrets.token_hex(16))
        self.renew(self.refresh)

    def renew(self, refresh: str) -> str:
        """Exchange a refresh token, once.  Raises Refusal invalid_refresh_token."""
        if refresh != self.refresh:
            raise Refusal("invalid_refresh_token")
        self.refresh = f"xoxe-1-{secrets.token_hex(24)}"
        return self.issue(f"xoxe.xoxb-1-{secrets.token_hex(24)}")

    def check(self, method: str, token: str) -> None:
        """Raise Refusal not_authed, invalid_auth, not_allowed_token_type, or as it was taken back."""
        if method in WITHOUT_TOKEN:
            return
        if not token:
            raise Refusal("not_authed")
        if token in self.refused:
            raise Refusal(self.refused[token])
        if token not in (self.bot, self.app, *self.older):
            raise Refusal("invalid_auth")
        if (token == self.app) != (method in WITH_APP_TOKEN):
            raise Refusal("not_allowed_token_type")


@dataclass(frozen=True, slots=True)
class WebApi:
    """The HTTP endpoints an app calls: methods, response urls, upload urls."""

    slack: Workspace
    methods: Mapping[str, Method]
    urls: ResponseUrls
    tokens: Tokens
    wire: Wire
    mishaps: Mishaps
    scopes: Sequence[str]

    async def method(self, request: Request) -> Response:
        """Serve /api/{method}."""
        name = request.path_params["method"]
        args = await _arguments(request) | _basic(request)
        self.wire.note("in", "web_api", name, args)
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or str(
            args.get("token") or ""
        )
        base = str(request.base_url).rstrip("/")

        def carry_out() -> Response:
            body = self._answer(name, token, Call(self.slack, args, base))
            self.wire.note("out", "web_api", name, body)
            granted = {SCOPES: ",".join(self.scopes)} if token == self.tokens.bot else {}
            return JSONResponse(body, headers=granted)

        return await self.mishaps.around(request, name, str(args.get("channel")), carry_out)

    async def response_url(self, request: Request) -> Response:
        """Serve /respond/{name}."""
        name, body = request.path_params["name"], await _arguments(request)
        self.wire.note("in", "response_url", "response_url", body)

        def carry_out() -> Response:
            try:
                self.urls.use(name, body)
            except Refusal as refusal:
                gone = refusal.code in {"expired_url", "used_url"}
                self.wire.note("out", "response_url", "response_url", refusal.as_slack())
                return JSONResponse(refusal.as_slack(), 404 if gone else 200)
            return PlainTextResponse("ok")

        return await self.mishaps.around(request, "response_url", "", carry_out)

    async def upload(self, request: Request) -> Response:
        """Serve /upload/{secret}: the bytes of one file, raw or as a form."""
        secret, content = request.path_params["secret"], await _content(request)
        self.wire.note("in", "upload", "upload", {"bytes": len(content)})

        def carry_out() -> Response:
            known = self.slack.files.fill(secret, content)
            return PlainTextResponse(f"OK - {len(content)}" if known else "not found", 200 if known else 404)

        return await self.mishaps.around(request, "upload", "", carry_out)

    def _answer(self, name: str, token: str, call: Call) -> Json:
        if name not in self.methods:
            return Refusal("unknown_method").as_slack()
        try:
            self.tokens.check(name, token)
            return {"ok": True, **self.methods[name](call)}
        except Refusal as refusal:
            return refusal.as_slack()


def _basic(request: Request) -> Json:
    """The app's id and secret, which some methods take as a user and a password (RFC 7617)."""
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return {}
    user, _, password = base64.b64decode(said).decode().partition(":")
    return {"client_id": user, "client_secret": password}


async def _arguments(request: Request) -> Json:
    """Return the arguments of a call, from the query and the body; a body that cannot be read gives none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    asked: Json = dict(request.query_params)
    if kind == "multipart/form-data":
        async with request.form() as form:
            return asked | {key: value for key, value in form.items() if isinstance(value, str)}
    body = (await request.body()).decode("utf-8", "replace")
    if kind == "application/json" or body.startswith("{"):
        try:
            return asked | as_object(json.loads(body or "{}"))
        except ValueError:
            return asked
    return asked | dict(parse_qsl(body, keep_blank_values=True))


async def _content(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if isinstance(value, UploadFile):
                return await value.read()
    return b""
