"""APScheduler as the clock uses it; imported when the clock starts: nobody at the doors waits for it."""

from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler


def scheduler(looks: int) -> BackgroundScheduler:
    """A scheduler of APScheduler's that does the same thing so many times side by side at most."""
    return BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(looks + 1)},
        # late is better than never: what is too late, the schedule's own grace decides
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": looks},
    )
