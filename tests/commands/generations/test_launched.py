from hypothesis import given
from hypothesis import strategies as st

from aws.instance import Launch
from commands.generations.launched import LONGEST, elsewhere, read, write

HEX = st.text("0123456789abcdef", min_size=17, max_size=17)
LAUNCHES = st.builds(
    Launch,
    type=st.sampled_from(["t3.micro", "m7i.metal-24xl", "u-6tb1.metal"]),
    subnet_id=st.one_of(st.just(""), HEX.map("subnet-{}".format)),
    group_ids=st.lists(HEX.map("sg-{}".format), max_size=5, unique=True).map(tuple),
    key_name=st.sampled_from(["", "web", "a.b:c"]),
    profile=st.sampled_from(["", "web-role", "Web+Role@x"]),
)


@given(LAUNCHES)
def test_what_is_written_on_an_image_is_read_again(launch: Launch) -> None:
    assert read(write(launch)) == launch


@given(LAUNCHES)
def test_in_another_region_only_type_and_profile_mean_something(launch: Launch) -> None:
    assert read(elsewhere(write(launch))) == Launch(launch.type, profile=launch.profile)


def test_what_does_not_fit_into_a_tag_is_left_out_whole() -> None:
    groups = tuple(f"sg-{number:017x}" for number in range(16))
    written = write(Launch("t3.micro", "subnet-1", groups, "web", "role"))
    assert len(written) <= LONGEST
    assert set(read(written).group_ids) < set(groups)
    assert read(written).type == "t3.micro"


def test_a_tag_that_somebody_wrote_over_says_nothing_wrong() -> None:
    assert read("do not touch: Bob") == Launch("")
