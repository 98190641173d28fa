"""What toban has to say of itself, in the channel that the settings name for it."""

from bot.audit.verdict import Break
from bot.bell import Topic
from bot.flow.path import Path
from bot.store import outbox
from bot.store.outbox import Mail
from bot.words import to_json, words


def tell(path: Path, channel: str, broken: Break) -> None:
    """Report a break of the audit chain, once for each."""
    if not channel:
        return
    said = words(
        "The audit log has a break: {broken} Nothing is changed until somebody has looked at it: "
        "`toban audit verify`, then `/toban acknowledge`.",
        broken=broken.said(),
    )
    now, language = path.now(), path.language_in(channel)
    key = f"break:{broken.kind}:{broken.first}:{broken.last}"
    path.db.write(
        lambda tx: outbox.put(
            tx, key, Mail.NOTICE, now, channel=channel, language=language, body=to_json(said)
        )
    )
    path.ring(Topic.MAIL)
