"""CloudWatch Synthetics: canaries, which open an address from AWS again and again and time it.

Reads come first, changes after.  Sources: "CreateCanary", "StartCanary", "DescribeCanaries" (CloudWatch
Synthetics API reference), "Writing a Python canary script" (CloudWatch user guide): the script lies in a
folder `python` of a zip file, and its handler is FILE.FUNCTION.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast

from aws.account import Accounts, Place
from aws.errors import speaking_plainly

NAMESPACE, METRIC, DIMENSION = "CloudWatchSynthetics", "Duration", "CanaryName"
"""What a canary reports of each run, in milliseconds ("CloudWatch metrics published by canaries")."""
RUNTIME = "syn-python-selenium-5.1"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # in the zip file, so that the same script is always the same file
_SCRIPT = '''"""Opens one address as a user would, and fails when it does not answer with 200."""
import time
import urllib.request

URL = {url}


def handler(event, context):
    begun = time.monotonic()
    with urllib.request.urlopen(URL, timeout={timeout}) as answer:
        answer.read()
        if answer.status != 200:
            raise Exception("HTTP %s" % answer.status)
    return "%.3f s" % (time.monotonic() - begun)
'''


class Synthetics(Protocol):
    """The client, as far as it is used here."""

    def describe_canaries(self, **named: object) -> Mapping[str, Any]:
        """A page of canaries."""

    def create_canary(self, **named: object) -> Mapping[str, Any]:
        """Make one, which does not run yet."""

    def start_canary(self, **named: object) -> Mapping[str, Any]:
        """Let it run."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A canary as toban talks about it; the words are Synthetics' own."""

    name: str
    state: str  # CREATING, READY, STARTING, RUNNING, STOPPED, ERROR ...
    why: str = ""

    @property
    def runs(self) -> bool:
        """Whether it runs, or is about to."""
        return self.state in {"STARTING", "RUNNING"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a canary shall be."""

    name: str
    url: str
    minutes: int  # between two runs
    role: str  # the ARN of the role that it runs as
    artifacts: str  # s3://BUCKET/PREFIX, where its runs leave what they saw
    runtime: str = RUNTIME


def client(aws: Accounts, place: Place) -> Synthetics:
    """Synthetics in a place."""
    return cast("Synthetics", aws.client("synthetics", place))


def find(synthetics: Synthetics, name: str) -> Canary | None:
    """The canary of this name.  Raises AwsError."""
    with speaking_plainly(f"looking at the canary {name}"):
        page = synthetics.describe_canaries(Names=[name])
    return next((one for one in _canaries(page) if one.name == name), None)


def create(synthetics: Synthetics, wanted: Wanted, tags: Mapping[str, str]) -> str:
    """Make a canary; returns AWS's request id while it is still being made.

    A name can be given once: a second call is refused.  Raises AwsError.
    """
    with speaking_plainly(f"making the canary {wanted.name}"):
        reply = synthetics.create_canary(
            Name=wanted.name,
            Code={"ZipFile": packed(wanted.url), "Handler": "canary.handler"},
            ArtifactS3Location=wanted.artifacts,
            ExecutionRoleArn=wanted.role,
            Schedule={"Expression": f"rate({wanted.minutes} minute{'s' * (wanted.minutes > 1)})"},
            RuntimeVersion=wanted.runtime,
            Tags=dict(tags),
        )
    return str(reply["ResponseMetadata"].get("RequestId", ""))


def start(synthetics: Synthetics, name: str) -> str:
    """Let a canary run; returns AWS's request id.  Raises AwsError: Refused when it runs already."""
    with speaking_plainly(f"starting the canary {name}"):
        reply = synthetics.start_canary(Name=name)
    return str(reply["ResponseMetadata"].get("RequestId", ""))


def packed(url: str, timeout: int = 30) -> bytes:
    """The canary's script for an address, as the zip file that Synthetics takes; the same each time."""
    script, file = _SCRIPT.format(url=json.dumps(url), timeout=timeout), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("python/canary.py", _EPOCH), script)
    return file.getvalue()


def _canaries(page: Mapping[str, Any]) -> Iterator[Canary]:
    for raw in page.get("Canaries", []):
        status = raw.get("Status", {})
        yield Canary(raw["Name"], status.get("State", ""), status.get("StateReason") or "")
