"""What lies in the queue, as both its ends know it."""

from tests.bench import environment

ALARMS = 500  # alarms that ring in turn
APPS = 120  # sources, each with a channel of its own
CAUSES = 60  # of a storm
AGAIN = 10  # every so many-th message is delivered twice
PATH = f"/{environment.PROD}/toban"


def channel(app: int) -> str:
    """Where it is told what an app says."""
    return f"C0APP{app:03}"
