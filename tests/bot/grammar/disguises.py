"""What keyboards, phones and input methods make of a canonical line."""

import re
from itertools import pairwise

from hypothesis import strategies as st

_WORD = re.compile(r'(?:[^ "]|"(?:[^"\\]|\\.)*")+')
_QUOTATION = re.compile(r'"((?:[^"\\]|\\.)*)"')
_WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
_OURS_BEHIND = {"--region", "--account", "--keep", "--older-than", "--within", "--since", "--limit", "--by"}
_ID = re.compile(r"(?:i|vol)-[0-9a-f]+")


@st.composite
def disguised(draw: st.DrawFn, line: str) -> str:
    """The line as it may arrive; what people call their things stays as it is."""
    said = _WORD.findall(line)
    before = draw(st.sampled_from(["", "/", "／", " ", "<@U0TOBAN> ", "<@U0TOBAN|toban> /"]))
    first = draw(_ours(said[0]))
    pairs = enumerate(pairwise(said))
    ids = said[0] in {"ec2", "snapshot"}
    rest = [
        draw(_gap()) + draw(_word(last, word, ours=at == 0 or (ids and bool(_ID.fullmatch(word)))))
        for at, (last, word) in pairs
    ]
    return before + first + "".join(rest) + draw(st.sampled_from(["", "\n", "\r\n", "　"]))


def _gap() -> st.SearchStrategy[str]:
    return st.sampled_from([" ", "\u00a0", "　", "  ", "\t", "\u2003", "\u200b"])


def _word(last: str, word: str, *, ours: bool) -> st.SearchStrategy[str]:
    if word.startswith("--"):
        wide = _wide(word[2:])
        return st.sampled_from(
            [word, f"—{word[2:]}", f"–{word[2:]}", f"ーー{wide}", f"－－{wide}", word.upper()]
        )
    if last in _OURS_BEHIND or (ours and not last.startswith("--")):
        return _ours(word)
    if word.startswith(("tag:", "name:")) and not last.startswith("--"):
        selector, _, rest = word.partition(":")
        # A word that is full-width as a whole is meant half-width, so it is no disguise.
        wide = f"{_wide(selector)}：" if re.search("[^！-～ー]", rest) else f"{selector}："
        return st.builds("".join, st.tuples(st.sampled_from([f"{selector}:", wide]), _value(rest)))
    return _value(word)


def _ours(word: str) -> st.SearchStrategy[str]:
    if word.isascii() and not word.startswith('"'):
        return st.sampled_from([word, word.upper(), _wide(word), _wide(word).replace("－", "ー")])
    return st.just(word)


def _value(word: str) -> st.SearchStrategy[str]:
    curly = _QUOTATION.sub(_curly, word)
    return st.sampled_from([word, curly])


def _curly(match: re.Match[str]) -> str:
    return match[0] if re.search("[“”\\\\]", match[1]) else f"“{match[1]}”"


def _wide(word: str) -> str:
    return word.translate(_WIDE)
