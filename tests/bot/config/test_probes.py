from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.probe import Kind, Probe, from_json, to_json
from tests.bot.configs import LEAST, Load, loader, mistakes

URL = 'url = "https://shop.example/health"\n'
PLACE = 'account = "prod"\nregion = "ap-northeast-1"\n'
OF_A_METRIC = 'statistic = "p99"\nat_most = 0.5\ndimensions = { LoadBalancer = "app/web/1" }\n'
SHOP = Probe("shop", Kind.HTTP, "https://shop.example/health")


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def table(text: str) -> str:
    return f"{LEAST}\n[probes.shop]\n{text}"


def test_without_the_table_there_is_no_probe(config: Load) -> None:
    assert config(LEAST).probes == {}


def test_an_url_alone_is_asked_every_second(config: Load) -> None:
    assert config(table(URL)).probes == {"shop": SHOP}


def test_all_of_a_probe_can_be_said(config: Load) -> None:
    said = 'every = "100ms"\ntimeout = "3s"\nstatus = 204\ncontains = "ok"\n'
    tolerated = 'errors = "0.5%"\nback_within = "2m"\n'
    assert config(table(URL + said + tolerated)).probes["shop"] == replace(
        SHOP,
        every=timedelta(milliseconds=100),
        timeout=timedelta(seconds=3),
        status=204,
        contains="ok",
        errors=0.005,
        back_within=timedelta(minutes=2),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('tcp = "db.example:5432"\n', Probe("shop", Kind.TCP, "db.example:5432")),
        ('tcp = "[::1]:80"\n', Probe("shop", Kind.TCP, "[::1]:80")),
        (
            f'target_group = "shop-web"\n{PLACE}at_least = 2\n',
            Probe("shop", Kind.TARGETS, "shop-web", at_least=2.0),
        ),
        (f'target_group = "shop-web"\n{PLACE}', Probe("shop", Kind.TARGETS, "shop-web", at_least=1.0)),
        (
            f'metric = "AWS/ApplicationELB/TargetResponseTime"\n{PLACE}{OF_A_METRIC}',
            Probe(
                "shop",
                Kind.METRIC,
                "AWS/ApplicationELB/TargetResponseTime",
                statistic="p99",
                at_most=0.5,
                dimensions=(("LoadBalancer", "app/web/1"),),
            ),
        ),
        (
            f'command = "systemctl is-active nginx"\n{PLACE}on = "i-0123456789abcdef0"\n',
            Probe("shop", Kind.COMMAND, "systemctl is-active nginx", on="i-0123456789abcdef0"),
        ),
    ],
)
def test_each_kind_is_told_by_what_it_asks(config: Load, text: str, found: Probe) -> None:
    of_aws = found.kind not in {Kind.HTTP, Kind.TCP}
    if of_aws:
        seconds = 30 if found.kind is Kind.COMMAND else 10
        found = replace(found, every=timedelta(seconds=10), timeout=timedelta(seconds=seconds))
        found = replace(found, account="prod", region="ap-northeast-1")
    read = config(table(text)).probes["shop"]
    assert read == found
    assert from_json(to_json(read)) == read


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ('url = "shop.example"\n', "url", "is no URL"),
        ('url = "ftp://shop.example"\n', "url", "is no URL"),
        ('url = "https://shop.example/a b"\n', "url", "is no URL"),
        ('url = "https://shop.example:0/"\n', "url", "is no URL"),
        ('url = "https://shop.example/#a"\n', "url", "is no URL"),
        ('url = "https://店.example/"\n', "url", "is no URL"),
        ('url = "http://[::1/"\n', "url", "is no URL"),
        ('tcp = "db.example"\n', "tcp", "is no host with its port"),
        ('tcp = "db.example:99999"\n', "tcp", "is no host with its port"),
        ('tcp = "db.example/x:1"\n', "tcp", "is no host with its port"),
        (f'target_group = "shop web"\n{PLACE}', "target_group", "is no name of a target group"),
        (f'metric = "Latency"\n{PLACE}at_most = 1\n', "metric", "is no metric with its namespace"),
        (f'metric = "A/B"\n{PLACE}at_most = 1\nstatistic = "p999"\n', "statistic", "is no statistic"),
        (f'metric = "A/B"\n{PLACE}at_most = 1\ndimensions = {{ a = 1 }}\n', "dimensions", "a table of texts"),
        (f'metric = "A/B"\n{PLACE}at_most = "1"\n', "at_most", "must be a number"),
        (f'command = " "\n{PLACE}on = "i-12345678"\n', "command", "it must be a command"),
        (f'command = "true"\n{PLACE}on = "web-1"\n', "on", "is no id of an instance"),
        (URL + "status = 99\n", "status", "from 200 to 599"),
        (URL + 'errors = "2"\n', "errors", "is no share"),
        (URL + 'errors = "101%"\n', "errors", "is no share"),
        (URL + "errors = 0.01\n", "errors", "is no share"),
        (URL + 'every = "50ms"\n', "every", "from 100ms to 1m"),
        (URL + 'every = "61s"\n', "every", "from 100ms to 1m"),
        (URL + 'every = "1"\n', "every", "is not a span of time; write it like 100ms"),
        (f'target_group = "web"\n{PLACE}every = "1s"\n', "every", "from 5s to 10m"),
        (URL + 'timeout = "2m"\n', "timeout", "from 100ms to 1m"),
        (URL + 'back_within = "500ms"\n', "back_within", "from 1s to 1d"),
    ],
)
def test_a_mistake_is_told_where_it_stands(config: Load, text: str, where: str, why: str) -> None:
    told = mistakes(config, table(text))
    assert [line for line in told if line.startswith(f"[probes.shop] {where} (in ") and why in line], told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("status = 200\n", "it needs one of url, tcp, target_group, metric, command"),
        (URL + 'tcp = "db.example:5432"\n', "it needs one of url, tcp"),
        ('tcp = "db.example:5432"\ncontains = "ok"\n', "contains is not for a probe of tcp."),
        (URL + 'on = "i-12345678"\n', "on is not for a probe of url."),
        (URL + "at_least = 1\n", "at_least is not for a probe of url."),
        (URL + PLACE, "is not for a probe of url."),
        ('target_group = "web"\naccount = "prod"\n', "it needs the account and the region"),
        (f'command = "true"\n{PLACE}', "it needs on: the instance"),
        (f'metric = "A/B"\n{PLACE}', "it needs at_least or at_most"),
        (URL + 'every = "100ms"\ntimeout = "6s"\n', "asked every 100ms, its timeout may be at most 5s."),
        (f'target_group = "web"\n{PLACE.replace("prod", "prd")}', "shop: there is no account “prd”. Did you"),
        (
            f'target_group = "web"\n{PLACE.replace("-1", "-3")}',
            "shop: the account prod has no region “ap-northeast-3”",
        ),
        (URL + 'timout = "1s"\n', "Did you mean timeout"),
    ],
)
def test_what_does_not_fit_together_is_a_mistake(config: Load, text: str, why: str) -> None:
    (told,) = mistakes(config, table(text))
    assert told.startswith(("[probes] shop (in ", "[probes.shop] timout (in ", "probes (in "))
    assert why in told


@pytest.mark.parametrize(
    "url",
    [
        "https://me:hush@shop.example/",
        "https://hush@shop.example/",
        "https://shop.example/?token=hush123",
        "https://shop.example/?api_key=hush123",
        "nonsense://me:hush@shop",
    ],
)
def test_an_url_carries_no_secret_and_none_is_told(config: Load, url: str) -> None:
    (told,) = mistakes(config, table(f'url = "{url}"\n'))
    assert told.startswith("[probes.shop] url (in ")
    assert "hush" not in told


def test_a_command_carries_no_secret(config: Load) -> None:
    text = f'command = "mysql -pHush123 -e select"\n{PLACE}on = "i-12345678"\n'
    (told,) = mistakes(config, table(text))
    assert "may not carry a password" in told
    assert "Hush" not in told
