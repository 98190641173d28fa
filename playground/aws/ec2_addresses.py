"""Public addresses: moto says of each that the account owns it, AWS only of Elastic IPs.

And moto takes one that is in use from whatever uses it when it is released, which AWS refuses.
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
