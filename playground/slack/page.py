"""The plain page: channels and their messages."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from playground.slack.workspace import Workspace

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Page:
    """Renders the workspace for a browser."""

    slack: Workspace
    templates: Environment

    def show(self, request: Request) -> Response:
        """Serve /?channel=C0OPS."""
        name = request.query_params.get("channel", "C0OPS")
        channel = self.slack.channels.get(name) or self.slack.channels["C0OPS"]
        shown = self.templates.get_template("page.html").render(
            team=self.slack.team,
            people=self.slack.people,
            channels=list(self.slack.channels.values()),
            channel=channel,
            messages=self.slack.messages.in_channel(channel.id),
        )
        return HTMLResponse(shown)


def page_of(slack: Workspace) -> Page:
    """Return the page of a workspace."""
    return Page(slack, Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True))
