"""EC2's network ACL calls as AWS answers them, where moto is too kind, or too rash.

moto carries out what was only a DryRun, forgets client tokens, shows no rule of a new ACL, answers an
association that is not there any more with an error of its own, and takes a subnet's old ACL away before it
looks for the new.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError, InvalidNetworkAclIdError
from moto.ec2.responses.network_acls import NetworkACLs

from playground.aws.tokens import ClientTokens

_LAST = (
    32767  # the number of the rule behind all others, which denies ("Default network ACL", VPC user guide)
)


class NetworkAclCalls(NetworkACLs):
    """A new ACL denies everything; a subnet is put under another by the association that it has now."""

    tokens: ClientTokens

    def create_network_acl(self) -> ActionResult:
        """An ACL with nothing but the two rules that deny the rest, once for each client token."""
        self.error_on_dryrun()
        at = (self.current_account, self.region, "CreateNetworkAcl", self._get_param("ClientToken", ""))
        if made := self.tokens.made(at, self.params):
            return ActionResult({"NetworkAcl": self.ec2_backend.get_network_acl(made)})
        answer = super().create_network_acl()
        one: Any = answer.result["NetworkAcl"]  # type: ignore[index] # a dict
        for egress in (False, True):
            self._deny(one.id, egress=egress)
        self.tokens.remember(at, self.params, one.id)
        return answer

    def describe_network_acls(self) -> ActionResult:
        """ACLs that hold for any of the subnets asked for; moto wants each to hold for all of them."""
        filters = self._filters_from_querystring()
        subnets = set(filters.pop("association.subnet-id", ()))
        found = self.ec2_backend.describe_network_acls(self._get_param("NetworkAclIds", []), filters)
        if subnets:
            found = [one for one in found if subnets & {each.subnet_id for each in one.associations}]
        return ActionResult({"NetworkAcls": found})

    def replace_network_acl_association(self) -> ActionResult:
        """Another ACL for a subnet; its association has a new id from then on."""
        self.error_on_dryrun()
        key, acls = self._get_param("AssociationId"), self.ec2_backend.network_acls
        if not any(key in one._associations for one in acls.values()):  # noqa: SLF001 - moto shows them no other way
            words = f"The association ID '{key}' does not exist"
            raise EC2ClientError("InvalidAssociationID.NotFound", words)
        if self._get_param("NetworkAclId") not in acls:
            raise InvalidNetworkAclIdError(self._get_param("NetworkAclId"))
        return super().replace_network_acl_association()

    def delete_network_acl(self) -> ActionResult:
        """An ACL that holds for nothing is deleted; a VPC's default one never is."""
        self.error_on_dryrun()
        one = self.ec2_backend.network_acls.get(self._get_param("NetworkAclId"))
        if one is not None and one.default:
            raise EC2ClientError("InvalidParameterValue", f"cannot delete default network ACL {one.id}")
        return super().delete_network_acl()

    def create_network_acl_entry(self) -> ActionResult:
        """A rule, unless it is a DryRun."""
        self.error_on_dryrun()
        return super().create_network_acl_entry()

    def _deny(self, key: str, *, egress: bool) -> None:
        self.ec2_backend.create_network_acl_entry(
            network_acl_id=key,
            rule_number=_LAST,
            protocol="-1",
            rule_action="deny",
            egress=egress,
            cidr_block="0.0.0.0/0",
            icmp_code=None,
            icmp_type=None,
            port_range_from=None,
            port_range_to=None,
            ipv6_cidr_block=None,
        )
