"""What is written in the picture of a timeline, in one language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.picture import millis
from bot.picture.captions import STRANGE
from bot.picture.names import fitted
from bot.picture.time_plot import TimePlot
from bot.timeline import Sign, Stage, Timeline, length, offset
from bot.words import Words, plural, words

STAGES: Mapping[Stage, Words] = {
    Stage.STEADY: words("steady"),
    Stage.BROKEN: words("fault"),
    Stage.BACK: words("way back"),
    Stage.AFTER: words("afterwards"),
}
SIGNS: Mapping[Sign, Words] = {
    Sign.TOBAN: words("toban"),
    Sign.AWS: words("AWS"),
    Sign.PERSON: words("a person"),
}
ANSWERS = words("answers: half of them within the line, all of them within the dots")
NAME, SAID = 40, 64  # letters


@dataclass(frozen=True, slots=True)
class TimeCaptions:
    """All of it."""

    title: str
    stages: tuple[str, ...]  # of each span
    names: tuple[str, ...]  # of each track
    windows: tuple[tuple[str, ...], ...]  # of each track: how long each lasted
    answers: str
    beside: tuple[str, ...]  # at each tick of how long answers took
    below: tuple[str, ...]  # at each tick of the axis
    flags: tuple[str, ...]
    signs: tuple[tuple[Sign, str], ...]  # those that are there
    left_out: str

    def __iter__(self) -> Iterator[str]:
        """Each text."""
        yield from (self.title, *self.stages, *self.names, self.answers, *self.beside, *self.below)
        yield from (*self.flags, *(text for _, text in self.signs), self.left_out)
        yield from (text for track in self.windows for text in track)

    def without(self, letters: frozenset[str]) -> "TimeCaptions":
        """The same with these letters made strange; all that is not of toban's own words may have them."""
        table = {ord(letter): STRANGE for letter in letters}
        return replace(
            self,
            title=self.title.translate(table),
            stages=tuple(text.translate(table) for text in self.stages),
            names=tuple(text.translate(table) for text in self.names),
            answers=self.answers.translate(table),
            flags=tuple(text.translate(table) for text in self.flags),
            signs=tuple((sign, text.translate(table)) for sign, text in self.signs),
            left_out=self.left_out.translate(table),
        )


def time_captions(plot: TimePlot, say: Callable[[Words], str]) -> TimeCaptions:
    """The texts of a timeline, as `say` says them."""
    line, answers = plot.line, plot.millis
    there = {flag.sign for flag in line.flags}
    return TimeCaptions(
        title=say(line.title),
        stages=tuple(say(STAGES[span.stage]) for span in line.spans),
        names=tuple(fitted(track.name, NAME) for track in line.tracks),
        windows=tuple(tuple(length(one.length) for one in track.windows) for track in line.tracks),
        answers=say(ANSWERS) if answers else "",
        beside=tuple(map(millis.said, answers.ticks)) if answers else (),
        below=tuple(offset(after) for _, after in plot.ticks()),
        flags=tuple(_flag(line, number, say) for number in range(len(line.flags))),
        signs=tuple((sign, say(said)) for sign, said in SIGNS.items() if sign in there),
        left_out=_left_out(line, say),
    )


def _flag(line: Timeline, number: int, say: Callable[[Words], str]) -> str:
    flag = line.flags[number]
    said = say(flag.said).replace("`", "")  # what is code in a message needs no marks here
    return fitted(f"{offset(flag.at - line.zero)}  {said}", SAID)


def _left_out(line: Timeline, say: Callable[[Words], str]) -> str:
    if not line.left_out:
        return ""
    return say(plural("{n} more probe has no room here", "{n} more probes have no room here", line.left_out))
