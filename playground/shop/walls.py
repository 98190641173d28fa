"""Which subnets are cut off by their network ACL: nothing gets in, or nothing gets out."""

from typing import Any

_ALL, _TCP = "-1", "6"
_EVERYWHERE = "0.0.0.0/0"


def walls(ec2: Any, network: str) -> frozenset[str]:
    """Return the subnets of a network that no connection of a balancer or a web server reaches."""
    return frozenset(
        str(held.subnet_id)
        for acl in ec2.network_acls.values()
        if acl.vpc_id == network and not all(_lets_through(acl, egress=way) for way in (False, True))
        for held in acl._associations.values()  # noqa: SLF001 - moto shows them to its own answers only
    )


def _lets_through(acl: Any, *, egress: bool) -> bool:
    """Whether the first rule about everybody allows it ("Control subnet traffic with network ACLs")."""
    for rule in sorted(acl.network_acl_entries, key=lambda one: int(one.rule_number)):
        everything = rule.cidr_block == _EVERYWHERE and str(rule.protocol) in {_ALL, _TCP}
        if _is_egress(rule) == egress and everything:
            return bool(rule.rule_action == "allow")
    return False


def _is_egress(rule: Any) -> bool:
    return rule.egress in {True, "true"}
