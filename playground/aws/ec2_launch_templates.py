"""DescribeLaunchTemplateVersions as AWS answers it: every version, in pages; moto stops at fifteen."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import FilterNotImplementedError
from moto.ec2.responses.launch_templates import LaunchTemplates

from playground.aws.paging import page

_PAGE = 200  # "This value can be between 1 and 200" (DescribeLaunchTemplateVersions)
_ALL = 1_000_000


class LaunchTemplateCalls(LaunchTemplates):
    """Versions of launch templates, all of them, and by the image they start."""

    def describe_launch_template_versions(self) -> ActionResult:
        """The versions that fit, page by page; of the filters, `image-id` alone is known."""
        self.error_on_dryrun()
        found = self.ec2_backend.describe_launch_template_versions(
            template_name=self._get_param("LaunchTemplateName"),
            template_id=self._get_param("LaunchTemplateId"),
            versions=self._get_param("Versions", []),
            min_version=self._get_int_param("MinVersion"),
            max_version=self._get_int_param("MaxVersion"),
            max_results=_ALL,
        )
        images = self._images()
        fit = [each for each in found if images is None or each[1].data.get("ImageId") in images]
        size = self._get_param("MaxResults") or _PAGE
        rows, token = page(fit, size, self._get_param("NextToken"))
        return ActionResult(
            {"LaunchTemplateVersions": [self._version(*row) for row in rows], "NextToken": token}
        )

    def _images(self) -> list[str] | None:
        filters: dict[str, Any] = self._filters_from_querystring()
        for name in set(filters) - {"image-id"}:
            raise FilterNotImplementedError(name, "DescribeLaunchTemplateVersions")
        return filters.get("image-id")

    def _version(self, template: Any, version: Any) -> dict[str, Any]:
        return {
            "CreateTime": version.create_time,
            "CreatedBy": f"arn:aws:iam::{self.current_account}:root",
            "DefaultVersion": template.is_default(version),
            "LaunchTemplateData": version.data,
            "LaunchTemplateId": template.id,
            "LaunchTemplateName": template.name,
            "VersionDescription": version.description,
            "VersionNumber": version.number,
        }
