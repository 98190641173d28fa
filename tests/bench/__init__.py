"""How fast and how light toban is, beside a reference measured in the same run: docs/bench.md."""
