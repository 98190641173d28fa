"""Public holidays of countries, from the library `holidays`; a year is worked out when it is first asked for.

The library is imported only where a calendar names a country: it takes a tenth of a second and 15 MB.
"""

from collections.abc import Iterator
from datetime import date

from babel import Locale

from bot.config.mistakes import Mistake, quoted
from bot.grammar.suggest import nearest
from bot.words import Words, words

_LANGUAGES = ("en", "ja")  # in which somebody may have written a country's name


class PublicHolidays:
    """The days on which one of these countries is on holiday: ``date(2026, 11, 23) in holidays``."""

    def __init__(self, countries: tuple[str, ...]) -> None:
        self._countries = countries
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        """Whether a date is one; two threads that ask for a new year at once both work it out."""
        if not isinstance(day, date):
            return False
        if day.year not in self._years:
            self._years[day.year] = frozenset(self._of(day.year))
        return day in self._years[day.year]

    def _of(self, year: int) -> Iterator[date]:
        from holidays import country_holidays  # noqa: PLC0415 - see above

        for country in self._countries:
            code, _, part = country.partition("-")
            yield from country_holidays(code, subdiv=part or None, years=year)


def read_country(value: object) -> str:
    """A country's two letters, with one of its parts or not: ``JP``, ``US-CA``.  Raises Mistake."""
    from holidays import list_supported_countries  # noqa: PLC0415 - see above

    text = value.strip() if isinstance(value, str) else ""
    code, _, part = text.upper().partition("-")
    known = list_supported_countries(include_aliases=False)
    if code not in known:
        near = _nearest(text, known)
        raise Mistake(words("there are no holidays of “{country}”. {hint}", country=quoted(value), hint=near))
    if part and part not in known[code]:
        parts = tuple(f"{code}-{one}" for one in known[code])
        raise Mistake(
            words(
                "there are no holidays of “{country}”. {hint}",
                country=quoted(value),
                hint=words("Choose from {known}.", known=", ".join((code, *parts)[:60])),
            )
        )
    return f"{code}-{part}" if part else code


def _nearest(text: str, known: dict[str, list[str]]) -> Words:
    """The code of the country that is nearly so written, or so called."""
    named = {code.lower(): code for code in known}
    for language in _LANGUAGES:
        named |= {name.lower(): code for code, name in Locale(language).territories.items() if code in known}
    alike = (text.lower(),) if text.lower() in named else nearest(text.lower(), named)
    found = tuple(dict.fromkeys(named[name] for name in alike))
    if not found:
        return words("Write two letters such as JP, US or US-CA.")
    return words("Did you mean {nearest}?", nearest=", ".join(found))
