"""Whatever somebody does to a config file: it can be used, or every mistake is a sentence."""

import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.rulebook import rules
from bot.settings import SettingsError, load

PLAYGROUND = Path(__file__).parents[2] / "playground"
RIGHT = (PLAYGROUND / "toban.toml").read_text(encoding="utf-8").splitlines()
SECRET = "hush-0123456789"
NAMES = ("zone", "line", "days", "time", "channel", "owner", "id", "regions", "role", "grace", "operators")
VALUES = (
    *('""', "0", "-1", "true", "[]", "{}", "[[]]", "1979-05-27", "25:00", "nan", "1e999", "'''"),
    *(
        '"25:00"',
        '"0 1 * * *"',
        '"ec2 stop all"',
        '"ec2 stop"',
        '"/"',
        '"rm -rf /"',
        '"<@U0SATO>"',
        '"U0SATO"',
    ),
    *('"Asia"', '"/etc/passwd"', '["weekdays", 5]', '"monday"', '"../policy"', '"\\u0000"'),
    f'"xoxb-{SECRET}"',
    f'"{"x" * 5000}"',
)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The playground's config after one to five slips of the hand."""
    lines = list(RIGHT)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        key = lines[at].partition("=")[0]
        match draw(st.sampled_from(["value", "name", "drop", "twice", "letter", "cut", "swap"])):
            case "value":
                lines[at] = f"{key}= {draw(st.sampled_from(VALUES))}"
            case "name":
                lines[at] = lines[at].replace(key.strip() or "x", draw(st.sampled_from(NAMES)), 1)
            case "drop":
                lines[at] = ""
            case "twice":
                lines.insert(at, lines[at])
            case "letter":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + draw(st.characters(codec="utf-8")) + lines[at][place:]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=edited())
def test_an_edited_config_can_be_used_or_is_refused_in_sentences(tmp_path: Path, text: str) -> None:
    file = tmp_path / "toban.toml"
    file.write_text(text, encoding="utf-8")
    shutil.copy(PLAYGROUND / "policy.cedar", tmp_path)
    tokens = {"SLACK_BOT_TOKEN": f"xoxb-{SECRET}", "SLACK_APP_TOKEN": f"xapp-{SECRET}"}
    try:
        found = rules(load({**tokens, "TOBAN_CONFIG": str(file)}))
    except SettingsError as error:
        said = [str(mistake) for mistake in error.mistakes]
        assert said
        assert all(len(sentence) > 10 for sentence in said)
        assert SECRET not in "".join(said)
    else:
        assert found.known.verbs
