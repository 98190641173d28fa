"""Descriptions of services without what nobody here reads describe the same calls."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore import xform_name
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape

import aws
from aws.calls import CALLS, named
from aws.models import loader

AWS = Path(aws.__path__[0])


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
    for service in ("sts", "apigateway"):
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


NOT_OF_AWS = {"Verify"}
"""What a module asks of something else: a certificate's key, and not KMS."""


def said_in_the_modules() -> set[str]:
    """Every attribute and every text in aws/: calls are `ec2.start_instances` or "describe_volumes"."""
    said: set[str] = set()
    for module in AWS.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(attr=name) | ast.Constant(value=str(name)):
                    said.add(name)
    return said


def test_every_call_that_a_module_makes_is_named_and_no_other() -> None:
    """But for namesakes: DescribeTags, which load balancing is asked, is a call of EC2's too."""
    said = said_in_the_modules()
    for service in CALLS:
        every = Loader().load_service_model(service, "service-2")["operations"]
        found = {name for name in every if xform_name(name) in said}
        of_others = {name for other in CALLS if other != service for name in named(other)}
        assert named(service) <= found, service
        assert found - named(service) - NOT_OF_AWS <= of_others, service


def shapes(shape: Shape | None, seen: set[str]) -> Iterator[Shape]:
    if shape is None or shape.name in seen:
        return
    seen.add(shape.name)
    yield shape
    parts = [*getattr(shape, "members", {}).values()]
    parts += [getattr(shape, part) for part in ("member", "key", "value") if hasattr(shape, part)]
    for part in parts:
        yield from shapes(part, seen)


def _members(shape: Shape) -> tuple[str, list[str]]:
    return shape.name, list(getattr(shape, "members", {}))


@pytest.mark.parametrize("service", CALLS)
def test_what_a_call_takes_and_answers_is_whole(service: str) -> None:
    lean, whole = (
        ServiceModel(one.load_service_model(service, "service-2"), service)
        for one in (loader(None), Loader())
    )
    assert set(lean.operation_names) == named(service)
    for name in lean.operation_names:
        ours, theirs = lean.operation_model(name), whole.operation_model(name)
        for part in ("input_shape", "output_shape"):
            here, there = shapes(getattr(ours, part), set()), shapes(getattr(theirs, part), set())
            assert [_members(one) for one in here] == [_members(one) for one in there]
        assert [one.name for one in ours.error_shapes] == [one.name for one in theirs.error_shapes]
