"""Descriptions of services without their documentation describe the same calls."""

from typing import Any

from botocore.loaders import Loader

from aws.models import loader


def without_sentences(described: Any) -> Any:
    match described:
        case dict():
            return {
                key: without_sentences(value)
                for key, value in described.items()
                if not (key == "documentation" and isinstance(value, str))
            }
        case list():
            return [without_sentences(value) for value in described]
        case _:
            return described


def test_nothing_is_missing_but_the_sentences() -> None:
    for service in ("sts", "autoscaling", "apigateway"):
        whole = Loader().load_service_model(service, "service-2")
        assert loader(None).load_service_model(service, "service-2") == without_sentences(whole)


def test_a_member_that_is_called_documentation_stays() -> None:
    lean = loader(None).load_service_model("mgn", "service-2")
    assert "documentation" not in lean
    kept = Loader().load_service_model("apigateway", "service-2")["shapes"]
    named = [name for name, shape in kept.items() if "documentation" in shape.get("members", {})]
    lean_shapes = loader(None).load_service_model("apigateway", "service-2")["shapes"]
    assert all("documentation" in lean_shapes[name]["members"] for name in named)


def test_a_service_that_does_not_exist_is_not_found() -> None:
    assert loader(None).load_service_model("ec2", "service-2")["metadata"]["serviceId"] == "EC2"
    assert "nothing-like-it" not in loader(None).list_available_services("service-2")
