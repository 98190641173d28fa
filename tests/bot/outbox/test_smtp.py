"""A mail server says yes, no, not now, or nothing: what that means."""

import base64
import traceback
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from aiosmtpd.smtp import AuthResult
from pydantic import SecretStr

from bot.config.mail import Login, Relay, Tls
from bot.outbox.carrier import Cut, NotNow, Rejected
from bot.outbox.smtp import Smtp
from tests.mail_server import HOST, LocalMail, certificate, local_mail, wants_login

SENDER, TO = "toban@example.com", "ops@example.com"
TRUSTED = certificate()[1]


def letter() -> EmailMessage:
    made = EmailMessage(SMTP)
    made["Subject"] = "hello"
    made.set_content(".\nfrom here\n..\n")
    return made


def by(server: LocalMail, tls: Tls = Tls.STARTTLS, login: Login | None = None) -> Smtp:
    return Smtp(server.relay(tls), login, TRUSTED, seconds=5)


def test_it_is_handed_over_encrypted_and_whole() -> None:
    with local_mail() as server:
        by(server).send(letter(), SENDER, TO)
    ((to, mail),) = server.inbox.came
    assert (to, mail.get_content(), server.inbox.encrypted) == (TO, ".\r\nfrom here\r\n..\r\n", [True])


def test_a_server_that_encrypts_from_the_start_is_spoken_to_so() -> None:
    server = LocalMail()
    server.tls_at_once = True
    server.start()
    by(server, Tls.AT_ONCE).send(letter(), SENDER, TO)
    server.close()
    assert len(server.inbox.came) == 1


def test_on_this_machine_it_may_go_as_it_is() -> None:
    with local_mail(tls_context=None) as server:
        by(server, Tls.NONE).send(letter(), SENDER, TO)
    assert server.inbox.encrypted == [False]


def test_a_server_that_offers_no_encryption_gets_nothing_not_even_the_password() -> None:
    login = Login(SecretStr("toban"), SecretStr("hush"))
    with local_mail(tls_context=None) as server, pytest.raises(Rejected) as no:
        by(server, login=login).send(letter(), SENDER, TO)
    assert (server.inbox.came, no.value.all_mail) == ([], True)
    assert "toban sends nothing in the open" in str(no.value.why)


def test_a_certificate_that_nobody_vouches_for_is_no_encryption() -> None:
    with local_mail() as server, pytest.raises(Rejected) as no:
        Smtp(server.relay(), seconds=5).send(letter(), SENDER, TO)
    assert (server.inbox.came, str(no.value)) == ([], "certificate")


def test_name_and_password_are_given_where_they_are_asked_for() -> None:
    with local_mail(**wants_login("toban", "hush")) as server:
        by(server, login=Login(SecretStr("toban"), SecretStr("hush"))).send(letter(), SENDER, TO)
    assert len(server.inbox.came) == 1


@pytest.mark.parametrize("login", [None, Login(SecretStr("toban"), SecretStr("wrong-hush"))])
def test_who_is_not_let_in_is_told_what_to_set_and_no_secret(login: Login | None) -> None:
    with local_mail(**wants_login("toban", "hush")) as server, pytest.raises(Rejected) as no:
        by(server, login=login).send(letter(), SENDER, TO)
    assert no.value.all_mail
    assert "hush" not in f"{no.value!r} {no.value.why}"
    assert "TOBAN_SMTP_PASSWORD" in str(no.value.why)


def test_a_server_that_repeats_what_it_was_given_gives_nothing_away() -> None:
    login = Login(SecretStr("toban-planted"), SecretStr("hush-planted"))
    forms = [base64.b64encode(one).decode() for one in (b"\0toban-planted\0hush-planted", b"hush-planted")]

    def repeats(*_: object) -> AuthResult:
        said = f"535 5.7.8 no such {' '.join(forms)} toban-planted hush-planted"
        return AuthResult(success=False, handled=False, message=said)

    with local_mail(authenticator=repeats, auth_required=True) as server, pytest.raises(Rejected) as no:
        by(server, login=login).send(letter(), SENDER, TO)
    told = f"{no.value!r} {no.value.why} {''.join(traceback.format_exception(no.value))}"
    assert "535 5.7.8 no such [redacted]" in told
    assert [one for one in ("planted", *forms) if one in told] == []


def test_a_server_without_logins_is_no_place_for_one() -> None:
    login = Login(SecretStr("toban"), SecretStr("hush"))
    with (
        local_mail(auth_exclude_mechanism=["LOGIN", "PLAIN"]) as server,
        pytest.raises(Rejected, match="not offered"),
    ):
        by(server, login=login).send(letter(), SENDER, TO)


def test_an_address_that_is_refused_is_told_alone() -> None:
    with local_mail() as server:
        server.inbox.addresses[TO] = "550 5.1.1 there is nobody"
        with pytest.raises(Rejected) as no:
            by(server).send(letter(), SENDER, TO)
    assert (str(no.value), no.value.all_mail) == ("smtp 550", False)
    assert "550 5.1.1 there is nobody" in str(no.value.why)


def test_a_sender_that_is_refused_concerns_all_mail() -> None:
    with local_mail() as server:
        server.inbox.senders[SENDER] = "553 not yours"
        with pytest.raises(Rejected) as no:
            by(server).send(letter(), SENDER, TO)
    assert no.value.all_mail


def test_a_mail_that_is_refused_when_it_was_read_is_told_alone() -> None:
    with local_mail() as server:
        server.inbox.answers = ["554 looks like spam"]
        with pytest.raises(Rejected) as no:
            by(server).send(letter(), SENDER, TO)
    assert (no.value.all_mail, server.inbox.came) == (False, [])


def test_not_now_is_not_no() -> None:
    with local_mail() as server:
        server.inbox.addresses[TO] = "450 greylisted"
        with pytest.raises(NotNow, match="smtp 450") as later:
            by(server).send(letter(), SENDER, TO)
        server.inbox.addresses.clear()
        server.inbox.answers = ["451 try again"]
        with pytest.raises(NotNow, match="smtp 451"):
            by(server).send(letter(), SENDER, TO)
    assert not later.value.away


def test_nobody_who_listens_is_a_server_that_is_away() -> None:
    with local_mail() as server:
        port = server.port
    with pytest.raises(NotNow, match="ConnectionRefusedError") as later:
        Smtp(Relay(HOST, port), seconds=5).send(letter(), SENDER, TO)
    assert later.value.away


def test_a_line_that_breaks_after_the_mail_was_handed_over_leaves_a_doubt() -> None:
    with local_mail() as server:
        server.inbox.cuts = 1
        with pytest.raises(Cut):
            by(server).send(letter(), SENDER, TO)
    assert len(server.inbox.came) == 1
