"""The checks there are, in the order in which they are told."""

from collections.abc import Iterator
from functools import partial

from bot.doctor import (
    audit_key,
    channels,
    clock,
    database,
    fonts,
    http,
    identity,
    keys,
    permissions,
    policy,
    scopes,
    tokens,
    user_groups,
)
from bot.doctor.finding import Check
from bot.doctor.in_use import InUse
from bot.doctor.patient import Patient


def checks(who: Patient) -> Iterator[Check]:
    """What can be looked at; each account has checks of its own, since they are asked side by side."""
    settings, slack, aws = who.settings, who.slack, who.aws
    in_use = InUse(settings)
    if slack:
        ways = {"by_http": settings.http is not None, "expires": settings.rotating is not None}
        yield Check(tokens.NAME, partial(tokens.look, slack, **ways))
        yield Check(scopes.NAME, partial(scopes.look, slack))
        yield Check(channels.NAME, partial(channels.look, slack, settings))
        yield Check(user_groups.NAME, partial(user_groups.look, slack, settings))
    if settings.http and (secret := settings.slack_signing_secret.get_secret_value()):
        yield Check(http.NAME, partial(http.look, settings.http, secret))
    for account in settings.accounts:
        yield Check(identity.NAME, partial(identity.look, aws, account))
    yield Check(keys.NAME, partial(keys.look, aws))
    for account in settings.accounts:
        yield Check(permissions.NAME, partial(permissions.look, aws, settings, account, in_use))
    yield Check(database.NAME, partial(database.look, settings))
    yield Check(audit_key.NAME, partial(audit_key.look, settings))
    yield Check(policy.NAME, partial(policy.look, settings, slack))
    yield Check(clock.NAME, partial(clock.look, who))
    yield Check(fonts.NAME, partial(fonts.look, settings))
