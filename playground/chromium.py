"""The browser for tests and pictures: the Chromium that is on this machine."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox",  # as root, in a container, there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's /dev/shm is small
    "--no-first-run",
    "--disable-quic",  # and nothing that asks the world for something
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # pictures come out alike everywhere
)


def find(environ: Mapping[str, str] = os.environ) -> str:
    """Return the program that TOBAN_BROWSER names, or else the first that is found; "" without any."""
    wanted = environ.get("TOBAN_BROWSER")
    names = (wanted,) if wanted else NAMES
    return next((found for name in names if (found := shutil.which(name, path=environ.get("PATH")))), "")


@contextmanager
def chromium(program: str) -> Iterator[Browser]:
    """Run it without a window.

    While it runs, this thread can run no asyncio loop of its own (Playwright's page "Library", sync API).
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()
