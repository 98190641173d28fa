"""How long things take in the shop that AWS does not time."""

from dataclasses import dataclass


@dataclass(slots=True)
class Timing:
    """Seconds; `scale` makes all of them, and AWS's checks and TTLs too, shorter or longer from now on."""

    scale: float = 1.0
    boot: float = 40.0  # from an instance that runs to a web server that answers
    reconnect: float = 36.0
    """From a completed failover to the last web server that has noticed: its pool holds dead connections and
    an old address.  With the 54 s of RDS's own that makes the 90 s that users were out."""

    patience: float = 1.0
    """How long somebody waits who is not answered at all, before it says 504; not scaled.  A load balancer
    waits 10 s for a connection; here a probe that waits for two seconds is to be told the 504."""
    without: float = 1.2  # how long a web server waits for its cache, before it goes on without; not scaled
    longest: float = 10.0  # how long the balancer waits for an answer of a server that it reaches; not scaled

    def of(self, seconds: float) -> float:
        """Return how long that takes here."""
        return seconds * self.scale
