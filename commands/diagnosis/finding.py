"""What a diagnosis says: the reason, what shows it, and what to do."""

from dataclasses import dataclass

from bot.words import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, in a sentence without a full stop, as its evidence and remedy are."""

    what: Words
    remedy: Words
    evidence: tuple[Words, ...] = ()
    offers: tuple[Words, ...] = ()  # what else could be done
    short: str = ""  # in AWS's own words, for a table: "kms:CreateGrant arn:aws:kms:…"
    statement: str = ""  # the IAM or key policy statement that is missing, as JSON
    output: str = ""  # what the instance itself wrote
