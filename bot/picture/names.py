"""Names of series that fit where they are written, and are still told apart."""

import unicodedata
from collections.abc import Sequence

KNOWN = {
    "Amazon Elastic Compute Cloud - Compute": "EC2 - Compute",
    "Amazon Elastic Container Registry (ECR)": "ECR",
    "Amazon Elastic Container Service": "ECS",
    "Amazon Elastic Container Service for Kubernetes": "EKS",
    "Amazon Elastic File System": "EFS",
    "Amazon Elastic Load Balancing": "Load Balancing",
    "Amazon Relational Database Service": "RDS",
    "Amazon Simple Email Service": "SES",
    "Amazon Simple Notification Service": "SNS",
    "Amazon Simple Queue Service": "SQS",
    "Amazon Simple Storage Service": "S3",
    "Amazon Virtual Private Cloud": "VPC",
    "AWS Key Management Service": "KMS",
}
"""What people call the services whose names in a bill are long ("AWS services", AWS General Reference)."""
MAKERS = ("Amazon ", "AWS ")
MORE = "…"


def shortened(names: Sequence[str], most: int) -> list[str]:
    """Each name within so many places (letters of East Asia take two), and no two alike."""
    made: list[str] = []
    for name in names:
        short = fitted(_known(name, most), most)
        number = 2
        while short in made:
            short = fitted(_known(name, most), most - len(f" {number}")) + f" {number}"
            number += 1
        made.append(short)
    return made


def fitted(text: str, most: int) -> str:
    """The text within so many places, ended by "…" when something was cut."""
    if len(text) <= most and places(text) <= most:
        return text
    kept = text[:most]  # a letter takes one place at least
    while kept and places(kept) > most - 1:
        kept = kept[:-1]
    return kept.rstrip() + MORE


def places(text: str) -> int:
    """How much room a text takes, in Latin letters; never less than its UTF-16 units."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF" or letter > "\uffff") for letter in text)


def _known(name: str, most: int) -> str:
    """A long name as people say it."""
    if len(name) <= most and places(name) <= most:
        return name
    if name in KNOWN:
        return KNOWN[name]
    return next((name.removeprefix(maker) for maker in MAKERS if name.startswith(maker)), name)
