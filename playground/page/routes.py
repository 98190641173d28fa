"""Which address of the page leads where."""

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from playground.page.deeds import Deeds
from playground.page.glance import Glance
from playground.page.live import Live
from playground.page.only_here import OnlyHere
from playground.page.pages import STATIC, Pages
from playground.page.stage import Stage


def serve_page(stage: Stage) -> None:
    """Let the local Slack serve the page as well; before it starts."""
    stage.slack.app.add_middleware(OnlyHere)
    stage.slack.serve_too(routes(stage))


def routes(stage: Stage) -> list[BaseRoute]:
    """Return the page's addresses."""
    glance = Glance(stage)
    pages = Pages(stage, glance)
    return [
        Route("/", pages.whole),
        Route("/part/{name}", pages.part),
        Route("/suggestions", pages.offers),
        Route("/files/{id}", pages.file),
        Route("/live", Live(stage, glance).stream),
        Route("/page/{name}", Deeds(stage).do, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
