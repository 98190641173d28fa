"""botocore's sessions, one an identity: how toban is who it is in an account.

Sessions share one loader of botocore's data files: a further one then takes a fraction of the time
and memory of the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import ConnectionError as NoConnection
from botocore.exceptions import HTTPClientError, NoCredentialsError
from botocore.session import Session

from aws import standing_keys, told, trace
from aws.answers import Parsers
from aws.models import loader

if TYPE_CHECKING:
    from botocore.client import BaseClient

SESSION_NAME = "toban"  # what CloudTrail shows beside the role


@dataclass(frozen=True, slots=True)
class Role:
    """A role to be assumed."""

    arn: str
    external_id: str | None  # asked for by the role's trust policy
    regions: tuple[str, ...]  # whose STS is asked, in this order, when one cannot be reached


class Sessions:
    """Makes a session for each identity once, and clients from it.  Safe to share between threads.

    Nothing is sent to AWS here; a role is assumed with the first call that needs it, and again
    by botocore some minutes before its credentials end.
    """

    def __init__(self, sts_config: Config, tell: told.Tell | None = None) -> None:
        """`tell` hears of every request."""
        self._sts_config = sts_config
        self._tell = tell
        self._made: dict[Role | None, Session] = {}
        self._lock = Lock()  # botocore's sessions may not make two clients at once

    def client(self, role: Role | None, service: str, region: str, config: Config) -> "BaseClient":
        """Make a client that acts in the role, or as the process itself when there is none."""
        with self._lock:
            return self._of(role).create_client(service, region_name=region, config=config)

    def standing_keys(self) -> str:
        """Where the process has an access key from that never ends; "" when it has none."""
        with self._lock:
            return standing_keys.where(self._of(None))

    def _of(self, role: Role | None) -> Session:
        if role not in self._made:
            self._made[role] = self._session(role)
        return self._made[role]

    def _session(self, role: Role | None) -> Session:
        session = Session()
        session.register_component("response_parser_factory", Parsers())
        trace.register(session.get_component("event_emitter"))
        told.register(session.get_component("event_emitter"), self._tell)
        if role is None:
            session.register_component("data_loader", loader(session.get_config_variable("data_path")))
        else:
            ambient = self._of(None)
            session.register_component("data_loader", ambient.get_component("data_loader"))
            session.register_component(
                "credential_provider", CredentialResolver([_InRole(self, ambient, role)])
            )
        return session

    def sts(self, region: str, key_id: str, secret_key: str, token: str) -> "BaseClient":
        """Make a client by which botocore assumes a role."""
        with self._lock:
            return self._of(None).create_client(
                "sts",
                region_name=region,
                aws_access_key_id=key_id,
                aws_secret_access_key=secret_key,
                aws_session_token=token,
                config=self._sts_config,
            )


def _now() -> datetime:
    """Asked before each call: botocore's own looks up the local zone, which takes a twentieth of the call."""
    return datetime.now(UTC)


class _InRole(CredentialProvider):
    """Credentials by AssumeRole, from the identity the process has when they are needed."""

    METHOD = "assume-role"

    def __init__(self, sessions: Sessions, ambient: Session, role: Role) -> None:
        super().__init__(ambient)
        self._sessions = sessions
        self._role = role

    def load(self) -> DeferredRefreshableCredentials:
        """Return credentials that fetch themselves when first used."""
        return DeferredRefreshableCredentials(self._fetch, self.METHOD, time_fetcher=_now)

    def _fetch(self) -> Mapping[str, object]:
        *others, last = self._role.regions
        for region in others:
            try:
                return self._fetch_from(region)
            except (NoConnection, HTTPClientError):
                continue  # a region may be down; its STS must not keep us out of the others
        return self._fetch_from(last)

    def _fetch_from(self, region: str) -> Mapping[str, object]:
        source = self.session.get_credentials()
        if source is None:
            raise NoCredentialsError
        arguments = {"RoleSessionName": SESSION_NAME}
        if self._role.external_id is not None:
            arguments["ExternalId"] = self._role.external_id

        def sts(
            _service: str, aws_access_key_id: str, aws_secret_access_key: str, aws_session_token: str
        ) -> "BaseClient":
            return self._sessions.sts(region, aws_access_key_id, aws_secret_access_key, aws_session_token)

        return AssumeRoleCredentialFetcher(sts, source, self._role.arn, arguments).fetch_credentials()
