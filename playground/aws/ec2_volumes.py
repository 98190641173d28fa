"""EC2's volume calls as AWS answers them, where moto is too kind."""

from moto.core.responses import ActionResult
from moto.ec2.responses.elastic_block_store import ElasticBlockStore

from playground.aws.ec2_copies import known_snapshot
from playground.aws.storage import must_be_restorable
from playground.aws.tokens import ClientTokens


class VolumeCalls(ElasticBlockStore):
    """CreateVolume from a snapshot whose data is at hand, once for each client token."""

    tokens: ClientTokens

    def create_volume(self) -> ActionResult:
        """A volume; a snapshot it is made from must be complete and not archived."""
        at = (self.current_account, self.region, "CreateVolume", self._get_param("ClientToken", ""))
        if made := self.tokens.made(at, self.params):
            return ActionResult(self.ec2_backend.get_volume(made))
        if key := self._get_param("SnapshotId"):
            must_be_restorable(known_snapshot(self.ec2_backend, key))
        answer = super().create_volume()
        self.tokens.remember(at, self.params, answer.result.id)  # type: ignore[attr-defined] # moto's Volume
        return answer
