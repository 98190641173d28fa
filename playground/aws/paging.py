"""Pages as EC2 cuts them: MaxResults, NextToken."""

from collections.abc import Sequence
from typing import TypeVar

from moto.ec2.exceptions import EC2ClientError

LARGEST = 1000  # rows a page

Row = TypeVar("Row")


def page(
    rows: Sequence[Row], max_results: int | str | None, token: str | None
) -> tuple[Sequence[Row], str | None]:
    """Return one page and the token of the next, or None; a token is simply where it begins.

    Without `max_results` everything comes at once, as from EC2 when there is not too much.
    """
    if token is not None and not token.isdigit():
        raise EC2ClientError("InvalidParameterValue", f"Invalid value '{token}' for nextToken")
    start = int(token or 0)
    size = min(int(max_results), LARGEST) if max_results else len(rows)
    end = start + size
    return rows[start:end], str(end) if end < len(rows) else None
