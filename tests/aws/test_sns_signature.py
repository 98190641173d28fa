"""Signatures of SNS: right ones, and every way to be wrong."""

from collections.abc import Callable
from datetime import timedelta
from http.client import IncompleteRead
from io import BytesIO
from typing import Any
from urllib.error import URLError

import pytest

from aws import sns_signature
from aws.forged import Forged
from aws.sns_signature import fetched, verify
from tests.aws.certificates import NOW, URL, notification, pem, sign


def checked(message: dict[str, Any], certificate: bytes | None = None, url: str = URL) -> None:
    def fetch(asked: str) -> bytes:
        assert asked == url
        return pem() if certificate is None else certificate

    verify(message, NOW, fetch)


@pytest.mark.parametrize("version", ["1", "2"])
@pytest.mark.parametrize("more", [{}, {"Subject": "ALARM: web-cpu"}], ids=["plain", "with a subject"])
def test_what_sns_has_signed_is_of_sns(version: str, more: dict[str, Any]) -> None:
    checked(sign(notification(version=version, **more)))
    checked(sign(notification("障害が発生しました 🔥", version, **more)))


def test_a_subject_that_is_nothing_is_not_signed() -> None:
    checked(sign(notification()) | {"Subject": None})


@pytest.mark.parametrize("name", ["Message", "MessageId", "Timestamp", "TopicArn", "Subject"])
def test_whatever_is_changed_is_seen(name: str) -> None:
    with pytest.raises(Forged, match="does not fit what it says"):
        checked(sign(notification(Subject="x")) | {name: "forged"})


def test_what_is_not_signed_by_the_certificates_key_is_forged() -> None:
    with pytest.raises(Forged, match="does not fit"):
        checked({**notification("x"), "Signature": sign(notification("y"))["Signature"]})


@pytest.mark.parametrize("version", ["", "0", "3", 1.5, None, ["1"]])
def test_a_version_that_nobody_knows_is_forged(version: Any) -> None:
    with pytest.raises(Forged, match="no known version"):
        checked(sign(notification()) | {"SignatureVersion": version})


def test_the_hash_of_the_other_version_does_not_do() -> None:
    with pytest.raises(Forged):
        checked(sign(notification(version="1")) | {"SignatureVersion": "2"})


@pytest.mark.parametrize("signature", ["", "not base64!", "ａｂｃ", "AAAA", None, "A" * 10_000])
def test_a_signature_that_is_none_is_forged(signature: Any) -> None:
    with pytest.raises(Forged):
        checked(sign(notification()) | {"Signature": signature})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://[",
        URL.replace("https", "http"),
        URL.replace("https", "file"),
        URL.replace("amazonaws.com", "amazonaws.com.evil.example"),
        URL.replace("sns.ap-northeast-1.amazonaws.com", "evil.example"),
        URL.replace("sns.", "sns.evil.example/sns."),
        URL.replace("sns.", "s3."),
        URL.replace("https://", "https://evil@"),
        URL.replace(".com/", ".com:8443/"),
        URL.replace("/SimpleNotificationService-", "/bucket/SimpleNotificationService-"),
        URL.replace(".pem", ".txt"),
        URL.replace(".pem", ".pem?x=1"),
        URL.replace(".pem", ".pem#x"),
        URL.replace("/Simple", "/../Simple"),
        URL + "\n",
        None,
        7,
    ],
)
def test_a_certificate_at_any_other_address_is_not_even_fetched(url: Any) -> None:
    def never(asked: str) -> bytes:
        raise AssertionError(asked)

    with pytest.raises(Forged, match="its certificate is not at"):
        verify(sign(notification()) | {"SigningCertURL": url}, NOW, never)


@pytest.mark.parametrize(
    "url", [URL, URL.replace("ap-northeast-1", "us-gov-west-1"), URL.replace(".com/", ".com.cn/")]
)
def test_every_partition_has_its_own_address(url: str) -> None:
    checked(sign(notification(SigningCertURL=url)), url=url)


@pytest.mark.parametrize("later", [-2, 400])
def test_a_certificate_that_does_not_hold_now_is_refused(later: int) -> None:
    with pytest.raises(Forged, match="has expired"):
        verify(sign(notification()), NOW + timedelta(days=later), lambda _: pem())


@pytest.mark.parametrize("certificate", [b"", b"<html>", pem()[:200], pem(elliptic=True)])
def test_a_certificate_that_is_none_or_of_another_kind_is_refused(certificate: bytes) -> None:
    with pytest.raises(Forged):
        checked(sign(notification()), certificate)


def test_while_the_certificate_is_not_to_be_had_nobody_knows() -> None:
    def away(_: str) -> bytes:
        raise URLError("no route to host")

    with pytest.raises(OSError, match="no route"):
        verify(sign(notification()), NOW, away)


# -- fetched --------------------------------------------------------------------------------------------


@pytest.fixture
def amazon(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Amazon's host answers so; returns what it was asked."""

    def answers(reading: Callable[[int], bytes]) -> list[str]:
        asked: list[str] = []

        def opened(url: str, timeout: float) -> Any:
            asked.append(url)
            made = BytesIO()
            made.read = reading  # type: ignore[assignment,method-assign]
            return made

        monkeypatch.setattr(sns_signature, "urlopen", opened)
        fetched.cache_clear()
        return asked

    return answers


def test_a_certificate_is_fetched_once(amazon: Callable[..., list[str]]) -> None:
    asked = amazon(lambda _most: pem())
    for _ in range(3):
        verify(sign(notification()), NOW)
    assert asked == [URL]
    fetched.cache_clear()


def test_an_answer_that_is_cut_is_asked_for_again(amazon: Callable[..., list[str]]) -> None:
    def cut(_most: int) -> bytes:
        raise IncompleteRead(b"-----BEGIN")

    asked = amazon(cut)
    for _ in range(2):
        with pytest.raises(OSError, match="IncompleteRead"):
            verify(sign(notification()), NOW)
    assert asked == [URL, URL]
