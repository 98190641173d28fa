"""Cause: EC2 refused the start with a code that says why: license, image, state, rights, recipe.

Source: "Error codes for the Amazon EC2 API".
"""

from bot.words import Words, words
from commands.diagnosis.facts import Facts
from commands.diagnosis.finding import Finding


def cause(facts: Facts) -> Finding | None:
    """Whether the code of the refusal is a known one."""
    known = _known(facts).get(facts.code)
    if known is None:
        return None
    what, remedy = known
    said = (words("EC2 says: {message}", message=facts.message),) if facts.message else ()
    return Finding(what, remedy, said, short=facts.code)


def _known(facts: Facts) -> dict[str, tuple[Words, Words]]:
    """What each code means for this instance, and what to do."""
    one = facts.one
    subscription = (
        words("its image needs a subscription in AWS Marketplace that this account does not have"),
        words("accept the terms of the product in AWS Marketplace with this account, then start it"),
    )
    image = (
        words("its image {image} is not available to this account", image=one.image_id),
        words("have the image shared again, or restore the instance from one of its own images"),
    )
    state = (words("EC2 still works on {id}", id=one.id), words("wait a minute and start it again"))
    rights = (
        words("the caller may not start {id}", id=one.id),
        words("add ec2:StartInstances on it to the caller's policy"),
    )
    retired = (
        words("AWS stopped it, since the hardware under it was to be retired"),
        words("`/ec2 start {id}`: it comes up on other hardware", id=one.id),
    )
    return {
        "ScheduledStop": retired,
        "OptInRequired": subscription,
        "MarketplaceSubscriptionRequired": subscription,
        "Unsupported": (
            words(
                "{type} is not for the architecture {architecture} of its image, or not for {zone}",
                type=one.type,
                architecture=one.architecture or "–",
                zone=one.zone,
            ),
            words("take a type that fits: `/ec2 resize {id}`", id=one.id),
        ),
        "UnsupportedOperation": (
            words("EC2 does not start {id} as it is made", id=one.id),
            words("change what EC2 names: its type (`/ec2 resize`), its license or its image"),
        ),
        "InvalidAMIID.Unavailable": image,
        "InvalidAMIID.NotFound": image,
        "LicenseLimitExceeded": (
            words("its license does not allow one more to run"),
            words("look at its license configuration in License Manager"),
        ),
        "IncorrectInstanceState": state,
        "IncorrectState": state,
        "UnauthorizedOperation": rights,
        "AccessDenied": rights,
    }
