"""EC2's ModifyInstanceMaintenanceOptions, which moto does not have."""

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.instances import InstanceResponse

_CHOICES = ("default", "disabled")


class MaintenanceCalls(InstanceResponse):
    """Whether an instance recovers by itself ("Automatic instance recovery")."""

    def modify_instance_maintenance_options(self) -> ActionResult:
        """Write it down; DescribeInstances shows it."""
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        chosen = self._get_param("AutoRecovery", "default")
        if chosen not in _CHOICES:
            raise EC2ClientError("InvalidParameterValue", f"Invalid value '{chosen}' for autoRecovery")
        self.error_on_dryrun()
        instance.maintenance_options = {"AutoRecovery": chosen, "RebootMigration": "default"}
        return ActionResult({"InstanceId": instance.id, **instance.maintenance_options})
