"""The same whole setup that the doctor is tried on."""

from tests.bot.doctor.conftest import one_local_aws, one_local_slack, setup

__all__ = ["one_local_aws", "one_local_slack", "setup"]
