"""Secrets in text, such as a command, its output or an event: found, and blacked out.  Pure.

What looks like a secret is found by its form (AWS's, Slack's and GitHub's keys, JSON Web Tokens, private
keys) or by the word before it (password=, Authorization: Bearer, user:password@ in an address).  A
reference such as $PASSWORD, $(aws ssm get-parameter …) or {{ssm:name}} is no secret in a command.
"""

import re

HIDDEN = "[redacted]"

# Every repetition is bounded, so that no text, however long and odd, takes long to read.
_NAMES = (
    r"(?:pass(?:word|wd|phrase)?s?|pwd|secrets?|token|credentials?|api[_-]?key"
    r"|(?:access|secret|private)[_-]?key)"
)
_BUT = r"(?![\w.-]{0,40}(?:arn|dir|file|id|length|name|path|policy|stdin|type)s?\b)"  # --password-file
_WORD = rf"{_NAMES}{_BUT}[\w.-]{{0,40}}"
_VALUE = r"(?:\\\"(?:(?!\\\").)+\\\"|\"(?:[^\"\\\n]|\\.)+\"|'[^'\n]+'|\S+)"

_BY_FORM = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{12,}",  # "IAM identifiers", IAM user guide
    r"\b(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[0-9A-Za-z+/=%]{20,}",  # a session's token, as STS writes them
    r"\bxox[a-z]-[0-9A-Za-z-]{8,}|\bxapp-[0-9A-Za-z-]{8,}",
    r"\bgh[pousr]_[0-9A-Za-z]{20,}|\bgithub_pat_[0-9A-Za-z_]{20,}|\bglpat-[0-9A-Za-z_-]{16,}",
    r"\beyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]*",
)
_FORMS = re.compile("|".join(_BY_FORM))
_HEADER = re.compile(r"(?i)(x-amz-security-token['\"]?\s*[:=]\s*['\"]?)[^\s'\"]+")


def _by_word(but: str) -> tuple[re.Pattern[str], ...]:
    """What a word before it gives away, but for what looks `but` so."""
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?i:{_WORD}\\?[\"']?\s*(?:=>|:=|[=:])[^\S\n]*){but}(?P<named>{_VALUE})",
            rf"(?i:(?<![\w-])--?[\w-]{{0,40}}?{_WORD}[^\S\n]+)(?!-){but}(?P<given>{_VALUE})",
            rf"(?i:\bauthorization\\?[\"']?\s*[=:]\s*[\"']?(?:basic|bearer|token)\s+){but}(?P<header>{_VALUE})",
            rf"(?i:\bbearer\s+){but}(?P<bearer>[0-9A-Za-z._~+/=-]{{16,}})",
            rf"(?i:\b[a-z][a-z0-9+.-]{{0,20}}://[^\s:/@]{{0,80}}:){but}(?P<address>[^\s@/]{{1,200}})(?=@)",
            rf"\b(?:mysql\w*|mariadb[\w-]*)\b[^|;&\n]{{0,300}}?\s-p{but}(?P<mysql>{_VALUE})",
            rf"\bsshpass\s+-p\s*{but}(?P<sshpass>{_VALUE})",
            rf"\bcurl\b[^|;&\n]{{0,300}}?\s(?:-u|--user)[\s=]*[\"']?[^\s:\"']{{1,80}}:{but}(?P<curl>[^\s\"']+)",
        )
    )


_REDACTED = rf"(?!\\?[\"']?{re.escape(HIDDEN)})"
_REFERENCE = rf"(?!\\?\"?(?:\$|`|<|\*{{3}})|[\"']?\{{\{{|[\"']?{re.escape(HIDDEN)})"
_PRINTED, _TYPED = _by_word(_REDACTED), _by_word(_REFERENCE)


def redacted(text: str) -> str:
    """The text with everything that looks like a secret blacked out; what it says besides stays."""
    text = _FORMS.sub(HIDDEN, text)
    for pattern in _PRINTED:
        text = pattern.sub(_without_the_group, text)
    return text


def formless(text: str) -> str:
    """The text without what is a secret by its form: for AWS's own sentences, of which every word counts.

    Of a signature that does not match AWS repeats all that was signed, the session's token with it
    ("Troubleshoot Signature Version 4 signing for AWS API requests", IAM user guide).
    """
    return _FORMS.sub(HIDDEN, _HEADER.sub(rf"\1{HIDDEN}", text))


def holds_a_secret(text: str) -> bool:
    """Whether something in a command looks like a secret, and not like a reference to one."""
    return any(pattern.search(text) for pattern in (_FORMS, *_TYPED))


def _without_the_group(found: re.Match[str]) -> str:
    """The match with its one named group blacked out, the quotation marks around it kept."""
    name = found.lastgroup or ""
    value = found[name]
    marks = re.match(r"\\?[\"']", value)
    inside = f"{marks[0]}{HIDDEN}{marks[0]}" if marks else HIDDEN
    start, end = found.start(name) - found.start(), found.end(name) - found.start()
    return f"{found[0][:start]}{inside}{found[0][end:]}"
