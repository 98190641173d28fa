"""One IAM action refused, in whatever client of toban's asks for it, in the words of AWS; and what is called.

As "Troubleshoot access denied error messages" (IAM user guide) has it, the message names the action, also
where AWS asks for a second one, such as ec2:CreateTags, before it makes something with tags.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from aws import trace

PREFIXES = {
    "auto-scaling": "autoscaling",
    "cost-explorer": "ce",
    "elastic-load-balancing-v2": "elasticloadbalancing",
    "route-53": "route53",
    "service-quotas": "servicequotas",
    "sesv2": "ses",
}
PATIENCE = 5.0  # seconds
BATCHES = {"sqs:DeleteMessageBatch": "sqs:DeleteMessage"}
BATCHES |= {"sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility"}
"""Calls whose right has another name ("Actions defined by Amazon SQS", Service Authorization Reference)."""


@dataclass
class Wire:
    """What goes out of every client of toban's, and what is refused of it."""

    listeners: list[set[str]] = field(default_factory=list)  # who hears what is called, by its IAM action
    refused: str = ""  # the call, by that name
    naming: str = ""  # the IAM action that AWS names in its refusal
    hits: int = 0
    lock: RLock = field(default_factory=RLock)
    passing: frozenset[str] | None = None  # all that is not refused; None: whatever is not `refused`
    held: list[str] = field(default_factory=list)  # what was refused for that

    @contextmanager
    def refusing(self, call: str, naming: str) -> Iterator[None]:
        """Refuse this call for want of that right."""
        self.refused, self.naming, self.hits = call, naming, 0
        try:
            yield
        finally:
            self.refused = ""

    @contextmanager
    def listening(self) -> Iterator[set[str]]:
        """What is called meanwhile."""
        heard: set[str] = set()
        self.listeners.append(heard)
        try:
            yield heard
        finally:
            self.listeners = [one for one in self.listeners if one is not heard]

    @contextmanager
    def refusing_all_but(self, these: Collection[str]) -> Iterator[list[str]]:
        """Refuse every other call; which they were, in order."""
        self.passing, self.held = frozenset(these), []
        try:
            yield self.held
        finally:
            self.passing = None

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """One thread's turn to refuse; False within a refusal, or while another's waits for this one."""
        mine = self.lock.acquire(timeout=PATIENCE)
        try:
            yield mine and not self.refused and self.passing is None
        finally:
            if mine:
                self.lock.release()

    def tap(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand in every client that is made from now on."""
        usual = trace.register

        def register(events: Any) -> None:
            usual(events)
            events.register("before-call", self._before_call)

        monkeypatch.setattr(trace, "register", register)

    def _before_call(self, model: Any, **_: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        service = model.service_model.service_id.hyphenize()
        name = f"{PREFIXES.get(service, service)}:{model.name}"
        name = BATCHES.get(name, name)
        for one in self.listeners:
            one.add(name)
        if self.passing is not None and name not in self.passing:
            self.held.append(name)
            return self._refusal(name)
        if name != self.refused:
            return None
        self.hits += 1
        return self._refusal(self.naming)

    def _refusal(self, right: str) -> tuple[AWSResponse, dict[str, Any]]:
        role = "arn:aws:sts::123456789012:assumed-role/toban/toban"
        said = f"User: {role} is not authorized to perform: {right} on resource: * because no identity-based"
        error = {"Code": "AccessDenied", "Message": f"{said} policy allows the {right} action"}
        metadata = {"HTTPStatusCode": 403, "RequestId": "refused", "HTTPHeaders": {}, "RetryAttempts": 0}
        return AWSResponse("", 403, HTTPHeaders(), None), {"Error": error, "ResponseMetadata": metadata}
