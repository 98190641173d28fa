"""Addresses and interfaces: moto says of each address that the account owns it, AWS only of Elastic IPs.

And moto takes one that is in use from whatever uses it when it is released, which AWS refuses; and an
interface of moto's never loses the security groups that its instance was launched with.
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import elastic_network_interfaces as moto_interfaces
from moto.ec2.responses import EC2Response


class NetworkInterface(moto_interfaces.NetworkInterface):
    """moto's, under the same name because moto looks at it; "amazon" owns what is not an Elastic IP."""

    @property
    def association(self) -> dict[str, Any]:
        """Return the public address, as "InstanceNetworkInterfaceAssociation" describes it."""
        said: dict[str, Any] = super().association
        return said | {"ipOwnerId": "amazon"} if said and "allocationId" not in said else said

    @property
    def group_set(self) -> Any:
        """Return its security groups; moto adds those that its instance was launched with, for ever."""
        return self._group_set


class AddressCalls(EC2Response):
    """Instances and interfaces that tell whose their public addresses are; addresses that are held."""

    def describe_instances(self) -> ActionResult:
        """Instances with their interfaces."""
        self._tell_whose()
        return super().describe_instances()

    def describe_network_interfaces(self) -> ActionResult:
        """Interfaces by themselves."""
        self._tell_whose()
        return super().describe_network_interfaces()

    def modify_network_interface_attribute(self) -> ActionResult:
        """An instance shows the security groups of its primary interface ("Instance", EC2 API reference)."""
        answer = super().modify_network_interface_attribute()
        eni = self.ec2_backend.get_network_interface(self._get_param("NetworkInterfaceId"))
        if eni.instance and eni.device_index == 0 and self._get_param("Groups", []):
            eni.instance.security_groups = list(eni._group_set)  # noqa: SLF001 - moto's own state
        return answer

    def release_address(self) -> ActionResult:
        """One that belongs to nothing ("ReleaseAddress": in a VPC it is to be disassociated first)."""
        key = self._get_param("AllocationId")
        for one in self.ec2_backend.addresses:
            if key and one.allocation_id == key and one.association_id:
                raise EC2ClientError("InvalidIPAddress.InUse", f"Address {one.public_ip} is in use.")
        return super().release_address()

    def _tell_whose(self) -> None:
        for one in self.ec2_backend.enis.values():
            one.__class__ = NetworkInterface
