"""Values of ``[queues]`` and ``[rules]``: from what TOML gives to what they mean, or a `Mistake`."""

import json
import re
from collections.abc import Mapping
from typing import Any

from bot.arguments import UsageError
from bot.config.mistakes import Mistake, quoted
from bot.pattern import check
from bot.words import words

_URL = re.compile(r"https?://[\w.:-]+/(?:[\w-]+/)*[0-9]{12}/[\w-]{1,80}(?:\.fifo)?")
_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}")


def read_url(value: object) -> str:
    """The URL of a queue, as SQS gives it."""
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise Mistake(
            words(
                "“{url}” is no URL of a queue; one reads https://sqs.REGION.amazonaws.com/ACCOUNT/NAME.",
                url=quoted(value),
            )
        )
    return value


def read_pattern(value: object) -> Mapping[str, Any]:
    """A pattern of EventBridge's: a table, or its JSON."""
    try:
        value = json.loads(value) if isinstance(value, str) else value
        check(value)
    except UsageError as error:
        raise Mistake(error.said) from None
    except RecursionError:
        raise Mistake(words("it is nested too deeply.")) from None
    except ValueError:
        raise Mistake(words("it is no JSON; a table will do as well.")) from None
    if not isinstance(value, Mapping):
        raise Mistake(words("it is no table."))
    return value


def read_topic(value: object) -> str:
    """The ARN of an SNS topic."""
    if not isinstance(value, str) or not _TOPIC.fullmatch(value):
        raise Mistake(
            words(
                "“{topic}” is no ARN of an SNS topic; one reads arn:aws:sns:REGION:ACCOUNT:NAME.",
                topic=quoted(value),
            )
        )
    return value
