"""Windows of the browser: one takes long to open, so the next story gets it again, empty."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

DESK = {"viewport": {"width": 1280, "height": 800}}
NO_TOUR = "try { localStorage.setItem('tour', '0') } catch {}"
EMPTY = "() => { sessionStorage.clear(); localStorage.clear() }"


@dataclass
class Windows:
    """The windows of one browser, by how they are described; each has a profile of its own."""

    browser: Browser
    patience: float  # milliseconds
    free: dict[str, list[Page]] = field(default_factory=dict)
    taken: list[tuple[str, Page]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)  # what the page's own script failed with

    def take(self, **described: Any) -> Page:  # Playwright's options of a new context
        """A window as it is described: by default an English desk in the light."""
        key = repr(sorted(described.items()))
        free = self.free.setdefault(key, [])
        page = free.pop() if free else self._opened(described)
        self.taken.append((key, page))
        return page

    def give_back(self) -> list[str]:
        """Empty the windows that were taken; returns what went wrong in them since the last time."""
        for key, page in self.taken:
            page.evaluate(EMPTY)
            page.goto("about:blank")
            self.free[key].append(page)
        wrong = list(self.wrong)
        self.taken.clear()
        self.wrong.clear()
        return wrong

    def _opened(self, described: dict[str, Any]) -> Page:
        context = self.browser.new_context(**(DESK | described))
        context.set_default_timeout(self.patience)
        context.add_init_script(NO_TOUR)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        return context.new_page()
