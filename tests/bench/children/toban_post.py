"""The morning's post over a bill that nobody has asked for yet; prints what it took, and its picture.

Argument: where Cost Explorer answers.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from bot.language import Languages
from bot.picture.painter import Painter
from bot.process import for_long
from tests.bench import usage
from tests.bench.bill.at_morning import answer, morning


def main() -> None:
    """Measure the post, then its picture: the first loads matplotlib, the second is what a picture takes."""
    with tempfile.TemporaryDirectory() as folder, morning(Path(folder), sys.argv[1]) as path:
        painter = Painter(Languages.load(), path.zone)
        for_long()  # as `toban run` does
        with usage.measured() as spent:
            plan = answer(path, "cost report")
            assert plan.chart is not None
            assert plan.table is not None
            before = time.process_time()
            first = painter.paint(plan.chart, "en")
            loaded = time.process_time()
            second = painter.paint(plan.chart, "en")
            drawn = time.process_time()
        assert first.png == second.png
        told = {"first": loaded - before, "picture": drawn - loaded, "cpu": spent["cpu"] - (drawn - before)}
        sys.stdout.write(json.dumps(spent | told | {"total": plan.table.rows[-1][1]}) + "\n")


if __name__ == "__main__":
    main()
