"""IAM's SimulatePrincipalPolicy, which moto does not have: everything is allowed but what KMS refuses."""

from collections.abc import Callable
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

from playground.aws.instances import InstanceTimes
from playground.aws.refused_keys import refused_keys
from playground.aws.times import Times


class LocalIam(IamResponse):
    """A role may do everything, except use the keys of instances that KMS does not let start."""

    instances: InstanceTimes

    def simulate_principal_policy(self) -> ActionResult:
        """Each action on each resource, allowed or "implicitDeny"; what the caller has need not exist."""
        actions = self._get_param("ActionNames", [])
        resources = self._get_param("ResourceArns", []) or ["*"]
        refused = set(refused_keys(self.current_account, self.instances.refused_by_kms))
        found = [_result(action, one, refused) for action in actions for one in resources]
        return ActionResult({"EvaluationResults": found, "IsTruncated": False})


def _result(action: str, resource: str, refused: set[str]) -> dict[str, Any]:
    is_refused = action.startswith("kms:") and bool(refused if resource == "*" else {resource} & refused)
    matched = [] if is_refused else [{"SourcePolicyId": "toban", "SourcePolicyType": "IAM Policy"}]
    return {
        "EvalActionName": action,
        "EvalResourceName": resource,
        "EvalDecision": "implicitDeny" if is_refused else "allowed",
        "MatchedStatements": matched,
        "MissingContextValues": [],
    }


def dispatcher(times: Times) -> Callable[..., Any]:
    """Return the view for IAM's one URL, bound to the instances."""

    class BoundIam(LocalIam):
        pass

    BoundIam.instances = times.instances
    view: Callable[..., Any] = BoundIam.dispatch
    return view
