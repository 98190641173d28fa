"""No secret leaves an output, and what is none stays as it is."""

from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aws.redaction import HIDDEN, formless, holds_a_secret, redacted

STEADY = settings(derandomize=True, deadline=None, max_examples=200)
VALUE = st.from_regex(r"s3cr3t[0-9A-Za-z._~+/!#%^-]{6,60}", fullmatch=True)
BY_FORM = st.one_of(
    st.from_regex(r"(AKIA|ASIA)[0-9A-Z]{16}", fullmatch=True),
    st.from_regex(r"xox[abprs]-[0-9]{10,13}-[0-9A-Za-z]{20,30}", fullmatch=True),
    st.from_regex(r"gh[pousr]_[0-9A-Za-z]{36}", fullmatch=True),
    st.from_regex(r"eyJ[0-9A-Za-z_-]{20,40}\.[0-9A-Za-z_-]{20,60}\.[0-9A-Za-z_-]{20,40}", fullmatch=True),
)
BY_WORD = st.sampled_from(
    [
        "password={}",
        "DB_PASSWORD='{}'",
        'export API_KEY="{}"',
        'the "secret": "{}",',
        '\\"token\\": \\"{}\\"',
        "passwd: {}",
        "aws_secret_access_key = {}",
        "--password {} --host db",
        "--master-user-password={}",
        "Authorization: Basic {}",
        "Authorization: Bearer {}",
        "postgres://app:{}@db:5432/orders",
        "mysqldump -u root -p{} orders",
        "sshpass -p {} ssh db",
        "curl -s -u app:{} https://example.com",
    ]
)


def written(said: str, value: str) -> str:
    """The secret as it stands there; in an address it is percent-encoded (RFC 3986, userinfo)."""
    return said.format(quote(value, safe="") if "://" in said else value)


AROUND = st.text(max_size=60)


@STEADY
@given(AROUND, BY_WORD, VALUE, AROUND)
def test_what_a_word_before_it_gives_away_is_blacked_out(
    before: str, said: str, value: str, after: str
) -> None:
    shown = redacted(f"{before}\n{written(said, value)}\n{after}")
    assert "s3cr3t" not in shown
    assert HIDDEN in shown


@STEADY
@given(AROUND, BY_FORM, AROUND)
def test_what_is_a_secret_by_its_form_is_blacked_out(before: str, secret: str, after: str) -> None:
    assert secret not in redacted(f"{before} {secret} {after}")


@STEADY
@given(st.text("PRIVATEKY -\n/+=ab", max_size=200))
def test_a_private_key_is_blacked_out_also_when_its_end_was_cut_off(body: str) -> None:
    head = "-----BEGIN RSA PRIVATE KEY-----\n"
    assert redacted(f"begin\n{head}Zm9vYmFy{body}").startswith(f"begin\n{HIDDEN}")
    whole = f"{head}Zm9vYmFy\n-----END RSA PRIVATE KEY-----\nafter"
    assert redacted(whole) == f"{HIDDEN}\nafter"


@STEADY
@given(st.one_of(AROUND, st.builds("{}\n{}".format, AROUND, st.builds(written, BY_WORD, VALUE))))
@example('password="unclosed')
@example('{\\"password\\": \\"a\\"b\\"}')
@example("password: 'a\npassword=b'")
def test_what_was_blacked_out_stays_as_it_is(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


PLAIN = [
    "df -h",
    "/dev/xvda1  8G  42% /",
    "cat /etc/passwd",
    "aws ssm get-parameter --with-decryption --name /db/password --query Parameter.Value",
    "aws secretsmanager get-secret-value --secret-id prod/db",
    "psql --password-file /run/secrets/db",
    "mkdir -p /backup && cp -pr /a /b",
    "mysqldump --single-transaction -p orders",
    "systemctl status token.service",
    "12:00:01  CPU  %user  %system",
    "Enter password:\nnext line",
]
REFERENCES = [
    'PGPASSWORD="$(aws ssm get-parameter --with-decryption --name /db/password)" pg_dump orders',
    "mysqldump -p$PASSWORD orders",
    'mysqldump -p"$PASSWORD" orders',
    "login --token {{ssm:login-token}}",
    "psql postgres://app:$PASSWORD@db/orders",
    "MYSQL_PWD=`cat /run/secrets/db` mysqldump orders",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_secret_stays_as_it_is(text: str) -> None:
    assert redacted(text) == text


def test_what_an_output_expands_is_no_reference_any_more() -> None:
    """A password may begin with any character, and a shell has been over an output already."""
    assert not holds_a_secret("echo password=$ecret")
    assert redacted("password=$ecret") == f"password={HIDDEN}"


@pytest.mark.parametrize(
    "token", ["IQoJb3JpZ2luX2VjEHgaDmFwLW5vcnRoZWFzdC0xIkc=", "FwoGZXIvYXdzEBYaDEXAMPLEhush1234="]
)
def test_what_aws_repeats_of_a_signed_request_is_blacked_out(token: str) -> None:
    """Also where no name stands before it; all other words of AWS's sentence stay."""
    said = formless(f"SignatureDoesNotMatch: … 'x-amz-security-token:hush-hush' host;x-amz-date {token} end")
    assert said == f"SignatureDoesNotMatch: … 'x-amz-security-token:{HIDDEN}' host;x-amz-date {HIDDEN} end"
    assert token not in redacted(token)


def test_words_of_aws_that_only_speak_of_secrets_stay() -> None:
    said = "arn:aws:sts::1:assumed-role/toban/x is not authorized to perform: secretsmanager:GetSecretValue"
    assert formless(said) == said
