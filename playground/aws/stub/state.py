"""The whole state of a stub: its places, and what it was asked."""

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from playground.aws.answer import GAP, Answer, error, new_request_id
from playground.aws.call import Call
from playground.aws.stub import identity, metrics, systems, xml
from playground.aws.stub.buckets import Buckets
from playground.aws.stub.changes import CHANGES
from playground.aws.stub.paging import Pages
from playground.aws.stub.place import Place
from playground.aws.stub.planting import plant
from playground.aws.stub.reads import READS
from playground.aws.stub.refused import Refused
from playground.aws.stub.size import Size
from playground.aws.stub.table import UnknownFilter


@dataclass(slots=True)
class State:
    """Places are built when first asked for; `limited` turns EC2's token buckets on."""

    size: Size = field(default_factory=Size)
    limited: bool = False
    completes_after: float = 0.0  # seconds until a new snapshot is completed
    calls: Counter[str] = field(default_factory=Counter)  # by action
    outcomes: Counter[str] = field(default_factory=Counter)  # "ok" or the error code
    _places: dict[tuple[str, str], Place] = field(default_factory=dict)
    _pages: Pages = field(default_factory=Pages)
    _buckets: Buckets = field(default_factory=lambda: Buckets(time.monotonic))

    def answer(self, call: Call) -> Answer:
        """Answer one call and count it."""
        try:
            result = self._answer(call)
        except Refused as refused:
            result = error(call, refused.code, str(refused), refused.status)
        except UnknownFilter as unknown:
            result = error(call, GAP, f"{call.action}: no filter {unknown}")
        self.calls[call.action] += 1
        self.outcomes[result.outcome] += 1
        return result

    def reset(self) -> None:
        """Go back to the beginning."""
        self.calls.clear()
        self.outcomes.clear()
        self._places.clear()
        self._pages = Pages()
        self._buckets = Buckets(time.monotonic)

    def place(self, account: str, region: str) -> Place:
        """Return what an account holds in a region."""
        if (account, region) not in self._places:
            elsewhere = partial(self.place, account)
            place = Place(account, region, time.monotonic, elsewhere, self.completes_after)
            self._places[account, region] = plant(place, self.size)
        return self._places[account, region]

    def _answer(self, call: Call) -> Answer:
        request_id = new_request_id()
        if call.action == "GetCallerIdentity":
            return _ok(identity.caller_identity(call.account, request_id), request_id)
        if call.action == "AssumeRole":
            role, session = call.params.get("RoleArn", ""), call.params.get("RoleSessionName", "")
            return _ok(identity.assume_role(role, session, request_id), request_id)
        if call.service == "monitoring":
            return metrics.answer(call, request_id)
        if call.service == "ssm":
            return systems.answer(call, request_id)
        if self.limited and call.service == "ec2":
            self._take_token(call)
        wrap = xml.ec2 if call.service == "ec2" else xml.query
        return _ok(wrap(call.action, self._inner(call), request_id), request_id)

    def _inner(self, call: Call) -> str:
        place = self.place(call.account, call.region)
        if listing := READS.get(call.action):
            return listing(place, self._pages, call)
        if change := CHANGES.get(call.action):
            return change(place, call)
        raise Refused(GAP, f"the stub does not know {call.service}:{call.action}")

    def _take_token(self, call: Call) -> None:
        narrowed = any(key.startswith("Filter.") or key in {"MaxResults", "NextToken"} for key in call.params)
        if not self._buckets.take(call.account, call.region, call.action, narrowed):
            raise Refused("RequestLimitExceeded", "Request limit exceeded.", 503)


def _ok(body: bytes, request_id: str) -> Answer:
    headers = {"content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": request_id}
    return Answer(200, headers, body, request_id=request_id)
