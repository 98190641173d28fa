"""Fonts: what Japanese readers get as a picture has Japanese letters."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, Says
from bot.picture import folder
from bot.settings import Settings

NAME = "fonts"
_SAYS = Says(NAME)
_SAMPLE = ("当番の請求書", "サービス別")


def look(settings: Settings) -> Iterator[Finding]:
    """Whether one is installed, where somebody reads Japanese."""
    if "ja" not in {settings.language, *settings.channels.values()}:
        yield _SAYS.ok("No channel reads Japanese, so matplotlib's own font is enough.")
        return
    folder.prepare()
    from bot.picture import fonts  # noqa: PLC0415 - matplotlib, which takes a second

    _families, absent = fonts.chosen(_SAMPLE)
    if absent:
        yield _SAYS.warning(
            "No font with Japanese letters is installed: pictures for Japanese channels are in English.",
            "Install one where toban runs, such as the package fonts-noto-cjk or fonts-ipaexfont-gothic.",
        )
    else:
        yield _SAYS.ok("A font with Japanese letters is installed.")
