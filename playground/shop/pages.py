"""What the shop's web servers show."""

from playground.shop.http import Reply

HEALTH, PICTURE = "/health", "/pictures/asagao.svg"
WELCOME = "Asagao Shop"
"""What a probe may look for: it stands in a page that is well, and in no other."""

_FLOWER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'


def front(region: str, server: str, stored: str) -> Reply:
    """The page: who made it, and where the database that it asked is."""
    body = f"<h1>{WELCOME}</h1>\n<p>{server} ({region})</p>\n<p>database in {stored}</p>\n"
    return Reply(200, body, server)


def picture(server: str, *, denied: bool) -> Reply:
    """What lies in the bucket; S3's own refusal is passed on."""
    return failure(403, server) if denied else Reply(200, _FLOWER, server)


def failure(status: int, server: str = "") -> Reply:
    """A page that is none."""
    return Reply(status, f"<h1>{status}</h1>\n", server)
