"""A mail as it travels: plain text and HTML of the same, the picture within, files behind it.

Everything is in seven bits, so that any server takes it.  Sources: RFC 5322 for the headers, RFC 2392 for
the picture's id, RFC 3834 for what is sent by a program: nobody's absence note shall answer it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy

from bot.language import language_of
from bot.plan import File
from bot.views.mail import Sheet
from bot.views.mail_html import html
from bot.views.mail_text import text
from bot.views.speaker import Speaker

NAME = "toban"  # beside the address it comes from
_TYPES = {"csv": ("text", "csv"), "json": ("application", "json")}


class Subject(UniqueUnstructuredHeader):
    """One that reads as it was written: folded, the email package's own loses spaces or adds some."""

    def fold(self, *, policy: Policy) -> str:
        """The header's lines; the whole text is encoded as soon as one letter of it has to be (RFC 2047)."""
        text = Header(str(self), header_name="Subject").encode(linesep=policy.linesep)
        return f"Subject: {text}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("subject", Subject)  # type: ignore[arg-type]  # the registry makes a BaseHeader of it
_POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)


@dataclass(frozen=True, slots=True)
class Head:
    """Who writes to whom, and the marks by which a second delivery is known."""

    sender: str
    to: str
    mark: str  # unique for ever, and the same each time this mail is sent
    date: datetime

    @property
    def domain(self) -> str:
        """Where it comes from."""
        return self.sender.partition("@")[2]


def mail(
    head: Head, sheet: Sheet, speak: Speaker, files: Sequence[File] = (), picture: bytes = b""
) -> EmailMessage:
    """The whole of it.  Raises ValueError when an address or a mark would begin a line of its own."""
    made = EmailMessage(_POLICY)
    made["From"] = Address(NAME, addr_spec=head.sender)
    made["To"] = Address(addr_spec=head.to)
    made["Subject"] = sheet.subject
    made["Date"] = head.date
    made["Message-ID"] = f"<{head.mark}@{head.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    _write(made, head, sheet, speak, picture)
    for file in files:
        main, sub = _TYPES.get(file.name.rpartition(".")[2], ("text", "plain"))
        made.add_attachment(file.text.encode(), main, sub, filename=file.name, params={"charset": "utf-8"})
    made["Content-Language"] = language_of(speak.language)  # the last: it would go into the first part
    return made


def _write(made: EmailMessage, head: Head, sheet: Sheet, speak: Speaker, picture: bytes) -> None:
    shown = f"picture.{head.mark}@{head.domain}" if picture else ""
    made.set_content(text(sheet, speak))
    made.add_alternative(html(sheet, speak, shown), subtype="html")
    body = made.get_body(("html",))
    if picture and isinstance(body, EmailMessage):
        body.add_related(
            picture, "image", "png", cid=f"<{shown}>", disposition="inline", filename="picture.png"
        )
