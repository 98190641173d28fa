"""Nobody may ask the Price List of the local AWS: toban's own dated prices are seen."""

import pytest
from botocore.exceptions import ClientError

from playground.aws.server import LocalAws
from tests.playground.aws.conftest import ONCE


def test_the_price_list_is_refused_as_a_right_that_is_missing(aws: LocalAws) -> None:
    pricing = aws.client("pricing", region="us-east-1", config=ONCE)
    with pytest.raises(ClientError, match="not authorized to perform: pricing:GetProducts") as refused:
        pricing.get_products(ServiceCode="AmazonEC2")
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
