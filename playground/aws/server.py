"""The local AWS: moto in this process behind HTTP on 127.0.0.1, with a control door.

    with LocalAws() as aws:
        ec2 = aws.client("ec2", account="111111111111", region="ap-northeast-1")
        aws.control.snapshots_take(30)                       # pending for 30 s of its clock
        aws.control.advance(31)                              # ... which pass at once
        aws.control.order(Fault(Kind.THROTTLE, action="StopInstances", times=2))
        aws.control.count("StopInstances", "RequestLimitExceeded")

Public face: `LocalAws` (`url`, `control`, `backend`, `client`, `environment`, `reset`); `Control`
in `control.py` (its orders for backups in `backup_orders.py`, for commands on instances in
`command_orders.py`, for the bill in `bill_orders.py`, for what happens by itself in
`outside_orders.py`, for failovers in `failover_orders.py`), over HTTP in `door.py`; `Fault` and
`Kind` in `faults.py`; the seed in `estate.py`.

Accounts: AssumeRole of `arn:aws:iam::<account>:role/<any>` returns keys of that account (the role
need not exist, trust policies are not looked at); a twelve-digit access key id is that account;
any other key belongs to `identity.HOME`.  State is kept per account and region.

What moto cannot do is answered as the error `LocalAwsGap` with the header `x-local-aws-gap`:
a test that meets it has met a gap of this stand-in, not AWS.

moto keeps its state in module globals, so one LocalAws a process; a new one starts empty.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import boto3
import botocore.session
from botocore.loaders import create_loader
from moto.backends import get_backend

from playground.aws.control import Control
from playground.aws.front import Front
from playground.aws.identity import HOME
from playground.aws.moto_app import MotoApp, without_foreign_images
from playground.aws.wire import Wire


class LocalAws:
    """A context manager: it answers between enter and exit."""

    def __init__(self, port: int = 0) -> None:
        self.control = Control()
        self._moto = MotoApp(self.control.times, self.control.lock)
        self._port = port
        self._exit = ExitStack()
        self._loader = create_loader()  # shared: a client's model is read from disk once
        self._wire: Wire | None = None
        self._clients: dict[tuple[str, str, str], Any] = {}

    def __enter__(self) -> "LocalAws":
        with ExitStack() as opening:
            opening.enter_context(without_foreign_images())
            self._moto.reset()
            self._wire = Wire(Front(self._moto, self.control).answer, self._port)
            self._wire.start()
            opening.callback(self._wire.stop)
            self._exit = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._clients.clear()  # the next start has another address
        self._exit.close()

    @property
    def url(self) -> str:
        """Return the endpoint for every service, for AWS_ENDPOINT_URL."""
        if self._wire is None:
            raise RuntimeError("the local AWS has not been started")
        return self._wire.url

    def backend(self, service: str, account: str, region: str) -> Any:
        """Return moto's own state of a service in a place, to look at or to change by hand."""
        return get_backend(service)[account][region]  # type: ignore[call-overload] # any name will do

    def client(self, service: str, account: str = HOME, region: str = "ap-northeast-1", **more: Any) -> Any:
        """Return an ordinary boto3 client that speaks to this AWS as somebody of that account.

        The same one each time, unless there is `more` to it: making one takes longer than its calls.
        """
        key = (service, account, region)
        if more or key not in self._clients:
            made = self._client(service, account, region, more)
            return made if more else self._clients.setdefault(key, made)
        return self._clients[key]

    def _client(self, service: str, account: str, region: str, more: Mapping[str, Any]) -> Any:
        core = botocore.session.get_session()
        core.register_component("data_loader", self._loader)
        session = boto3.Session(account, "local", region_name=region, botocore_session=core)
        return session.client(service, endpoint_url=self.url, **more)  # type: ignore[call-overload] # as above

    def environment(self, account: str = HOME, region: str = "ap-northeast-1") -> dict[str, str]:
        """Return AWS's own environment variables for another process that shall use this AWS."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def reset(self) -> None:
        """Empty every account and forget every order, time and call."""
        with self.control.lock:
            self._moto.reset()
            self.control.reset()
