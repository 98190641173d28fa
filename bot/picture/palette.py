"""Colours of the pictures, on a card of their own.

A PNG cannot know whether Slack is light or dark where it is read.  So it brings its background: a card of
nearly white, with an edge that is seen on both.  Against the card every series has a contrast of at least
3:1 and every word of at least 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3).  The twelve were chosen so that any two
stay apart for readers without red, green or blue cones as well; what lies beside each other, the most.
"""

CARD = "#fafafa"
EDGE = "#767676"  # of the card, and of what is paler than 3:1
INK = "#1d1c1d"
QUIET = "#5b5a5b"  # words that only explain
GRID = "#d8d8d8"  # lines nobody has to see
BAND = "#c9ccd6"  # behind what is expected
UNKNOWN = "#e4e0d8"  # days of which nothing is known
WELL = "#4c86b8"  # so much of what users asked was answered
OUT = "#ffcf9e"  # windows in which users got no answer; ink upon it is read
SERIES = (
    "#0087ff",
    "#5a2d00",
    "#969600",
    "#5a4bb4",
    "#e16996",
    "#2d3c4b",
    "#5a965a",
    "#a53c87",
    "#87691e",
    "#8787c3",
    "#5a0f69",
    "#5a5a4b",
)
SLACK_LIGHT, SLACK_DARK = "#ffffff", "#1a1d21"
