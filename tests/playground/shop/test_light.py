from playground.shop.light import Light, light


def test_how_the_shop_is_in_one_word() -> None:
    assert light({}) is Light.WELL
    assert light({"slow": 1.0}) is Light.SLOW
    assert light({"504": 0.25, "slow": 0.75}) is Light.PARTLY
    assert light({"502": 0.5, "504": 0.5}) is Light.DOWN
