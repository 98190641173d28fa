"""EC2's GetConsoleOutput: moto's is of 2006 and the same for everybody."""

from moto.core.responses import ActionResult
from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.responses import EC2Response

from playground.aws.instances import InstanceTimes

_BOOTED = """\
[    0.000000] Linux version 6.12.40-64.114.amzn2023.x86_64 (mockbuild@amazon)
[    0.412871] ACPI: Interpreter enabled
[    1.093324] nvme nvme0: pci function 0000:00:04.0
[    1.511086] XFS (nvme0n1p1): Mounting V5 Filesystem
[    1.560127] XFS (nvme0n1p1): Ending clean mount
[    4.270311] systemd[1]: Reached target multi-user.target - Multi-User System.
Amazon Linux 2023.8
Kernel 6.12.40 on an x86_64 (-)
"""
_STUCK = """\
[    0.000000] Linux version 6.12.40-64.114.amzn2023.x86_64 (mockbuild@amazon)
[    1.093324] nvme nvme0: pci function 0000:00:04.0
[    1.511086] XFS (nvme0n1p1): Mounting V5 Filesystem
[  242.770914] INFO: task kworker/1:2 blocked for more than 120 seconds.
[  242.770930] nvme nvme0: I/O 22 QID 2 timeout, aborting
[  273.490212] XFS (nvme0n1p1): metadata I/O error in "xfs_imap_to_bp+0x61/0xb0" at daddr 0x2c0 len 32
[  273.490260] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(259,1)
[  273.490281] ---[ end Kernel panic - not syncing ]---
"""


class ConsoleCalls(EC2Response):
    """What an instance wrote while it came up: it did, or it got stuck."""

    instances: InstanceTimes

    def get_console_output(self) -> ActionResult:
        """An instance whose status checks fail ends in a panic."""
        instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
        said = _STUCK if instance.id in self.instances.impaired else _BOOTED
        output = Base64EncodedString.from_raw_string(said)
        return ActionResult({"InstanceId": instance.id, "Timestamp": utcnow(), "Output": output})
