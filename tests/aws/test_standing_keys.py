"""Every way in which a process comes by an identity: a role by each of AWS's ways, and keys that never end.

botocore's own providers ask a metadata service of this machine, as they would ask an instance's or a task's.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.session import Session

from aws import standing_keys

ROLE = "arn:aws:iam::123456789012:role/toban"
LASTING = "AKIAIOSFODNN7EXAMPLE"


class Metadata(BaseHTTPRequestHandler):
    """Of an instance ("Instance metadata service", EC2), and of a task ("Task IAM role", ECS)."""

    def do_PUT(self) -> None:
        self._say("token")

    def do_GET(self) -> None:
        name = self.path.endswith("/security-credentials/")
        self._say("toban" if name else json.dumps(CREDENTIALS))

    def _say(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


CREDENTIALS = {
    "Code": "Success",
    "AccessKeyId": "ASIAIOSFODNN7EXAMPLE",
    "SecretAccessKey": "hush",
    "Token": "hush",
    "Expiration": "2099-01-01T00:00:00Z",
}


@contextmanager
def metadata() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Metadata) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def no_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def write(text: str) -> None:
        (tmp_path / "config").write_text(text, encoding="utf-8")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        monkeypatch.setenv("AWS_PROFILE", "ops")

    return write


def found() -> tuple[str, str]:
    """By which of botocore's providers there is an identity, and where a lasting key of it is from."""
    session = Session()
    credentials = session.get_credentials()
    assert credentials is not None
    return credentials.method, standing_keys.where(session)


def test_an_instance_profile_is_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    with metadata() as url:
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "false")
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", url)
        assert found() == ("iam-role", "")


def test_a_tasks_role_is_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    with metadata() as url:
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{url}/task")
        assert found() == ("container-role", "")


def test_a_web_identity_is_a_role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("hush", encoding="utf-8")
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("AWS_ROLE_ARN", ROLE)
    assert found() == ("assume-role-with-web-identity", "")


def test_sso_is_a_role(config: Callable[[str], None]) -> None:
    config(
        "[profile ops]\nsso_session = ours\nsso_account_id = 123456789012\nsso_role_name = toban\n"
        "[sso-session ours]\nsso_region = us-east-1\nsso_start_url = https://ours.awsapps.com/start\n"
    )
    assert found() == ("sso", "")


def test_a_role_that_a_tasks_role_takes_is_a_role(
    config: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    config(f"[profile ops]\nrole_arn = {ROLE}\ncredential_source = EcsContainer\n")
    with metadata() as url:
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{url}/task")
        assert found() == ("assume-role", "")


def test_keys_that_end_are_of_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", CREDENTIALS["AccessKeyId"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "hush")
    assert found() == ("env", "")


@pytest.mark.parametrize("end", ["", "2099-01-01T00:00:00Z"])
def test_a_key_in_the_environment_never_ends_whatever_is_written_beside_it(
    monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", LASTING)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    monkeypatch.setenv("AWS_CREDENTIAL_EXPIRATION", end)
    assert found() == ("env", "AWS_ACCESS_KEY_ID in the environment")


def test_a_key_in_the_config_file_never_ends(config: Callable[[str], None]) -> None:
    config(f"[profile ops]\naws_access_key_id = {LASTING}\naws_secret_access_key = hush\n")
    assert found() == ("config-file", "AWS's config file")


def test_a_key_in_the_credentials_file_never_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = f"[default]\naws_access_key_id = {LASTING}\naws_secret_access_key = hush\n"
    (tmp_path / "credentials").write_text(text, encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    assert found() == ("shared-credentials-file", "AWS's credentials file")


@pytest.mark.parametrize(
    ("key", "where"), [(LASTING, "the credential_process of AWS's config file"), ("ASIAX", "")]
)
def test_a_process_may_give_either(
    config: Callable[[str], None], tmp_path: Path, key: str, where: str
) -> None:
    told = {"Version": 1, "AccessKeyId": key, "SecretAccessKey": "hush"}
    (tmp_path / "said").write_text(json.dumps(told), encoding="utf-8")
    config(f"[profile ops]\ncredential_process = cat {tmp_path / 'said'}\n")
    assert found() == ("custom-process", where)
