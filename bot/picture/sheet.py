"""The measures of a picture, in pixels; a phone shows it at about a third of its width."""

WIDTH, HEIGHT, DPI = 1200, 675, 100
LEFT, RIGHT, TOP, BOTTOM = 146, 366, 104, 78  # around the plot; the legend stands to the right
TITLE, TICK, LEGEND = 36, 29, 27  # heights of letters
LETTER = 0.62  # the width of a letter for its height, at most


def points(pixels: float) -> float:
    """matplotlib's measure of letters and lines."""
    return pixels * 72 / DPI


def room(pixels: float, height: float) -> int:
    """How many letters of this height have room."""
    return int(pixels / (height * LETTER))
