"""Measure, print one line a figure, and exit 1 when one falls short: `python -m tests.bench --only path`."""

import importlib
import pkgutil
import sys

import click

from tests.bench import areas, environment
from tests.bench.figure import Figure, Measure
from tests.bench.printed import aligned, as_json

AREAS = tuple(found.name for found in pkgutil.iter_modules(areas.__path__))


@click.command()
@click.option("--only", type=click.Choice(AREAS), help="One area.")
@click.option("--figure", default="", help="Only measures with this in their name.")
@click.option("--json", "json_", is_flag=True, help="For programs.")
def main(only: str | None, figure: str, json_: bool) -> None:
    """Measure toban beside its references."""
    environment.clean()
    figures: list[Figure] = []
    for area in (only,) if only else AREAS:
        for measure in _measures(area, figure):
            click.echo(f"measuring {area}: {measure.__module__.rpartition('.')[2]} ...", err=True)
            figures += measure()
    click.echo(as_json(figures) if json_ else aligned(figures))
    sys.exit(0 if all(one.holds for one in figures) else 1)


def _measures(area: str, wanted: str) -> list[Measure]:
    measures: tuple[Measure, ...] = importlib.import_module(f"tests.bench.areas.{area}").MEASURES
    return [one for one in measures if wanted in one.__module__]


if __name__ == "__main__":
    main()
