"""Documents of Systems Manager as AWS answers: its own are there, and each says for which platforms it is."""

from moto.core.responses import ActionResult
from moto.ssm.models import Documents
from moto.ssm.responses import SimpleSystemManagerResponse

from playground.aws.documents import plant

EVERYWHERE = ["Windows", "Linux", "MacOS"]


class DocumentCalls(SimpleSystemManagerResponse):
    """DescribeDocument, GetDocument and ListDocuments."""

    def describe_document(self) -> ActionResult:
        """One document."""
        self._documents()
        return super().describe_document()

    def get_document(self) -> ActionResult:
        """What one document says."""
        self._documents()
        return super().get_document()

    def list_documents(self) -> ActionResult:
        """The documents of this place, page by page."""
        self._documents()
        return super().list_documents()

    def _documents(self) -> dict[str, Documents]:
        """The documents of this place, with AWS's own."""
        found: dict[str, Documents] = self.ssm_backend._documents  # noqa: SLF001 - moto's own
        plant(found)
        for one in found.values():
            if "moto" in str(one.get_default_version().platform_types):
                one.get_default_version().platform_types = EVERYWHERE  # moto does not work it out
        return found
