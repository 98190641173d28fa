"""The emoji shortcodes that people and apps write here; an unknown one stays as it is written."""

import re

_SHORTCODES = {
    "+1": "👍",
    "-1": "👎",
    "alarm_clock": "⏰",
    "arrow_right": "➡️",
    "bell": "🔔",
    "calendar": "📅",
    "camera": "📷",
    "chart_with_upwards_trend": "📈",
    "cyclone": "🌀",
    "eyes": "👀",
    "fire": "🔥",
    "hourglass_flowing_sand": "⏳",
    "information_source": "ℹ️",
    "large_blue_circle": "🔵",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "lock": "🔒",
    "mag": "🔍",
    "memo": "📝",
    "moneybag": "💰",
    "no_entry": "⛔",
    "no_entry_sign": "🚫",
    "octagonal_sign": "🛑",
    "ok_hand": "👌",
    "package": "📦",
    "paperclip": "📎",
    "pray": "🙏",
    "question": "❓",
    "red_circle": "🔴",
    "rocket": "🚀",
    "rotating_light": "🚨",
    "smile": "😄",
    "tada": "🎉",
    "thumbsdown": "👎",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "white_circle": "⚪",
    "wrench": "🔧",
    "x": "❌",
    "zap": "⚡",
}
_SHORTCODE = re.compile(r":([a-z0-9_+-]+):")


def with_emoji(text: str) -> str:
    """Return the text with its shortcodes as emoji."""
    return _SHORTCODE.sub(lambda found: _SHORTCODES.get(found[1], found[0]), text)
