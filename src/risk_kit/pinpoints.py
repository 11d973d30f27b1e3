"""Where in a source: a Chinese pinpoint (第6條第3項、附件三第1點) as an English one.

That one is: Art. 6(3), Annex III point 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

_Said: TypeAlias = Callable[[re.Match[str]], str]

_ROMAN: Final = {
    "一": "I",
    "二": "II",
    "三": "III",
    "四": "IV",
    "五": "V",
    "六": "VI",
    "七": "VII",
    "八": "VIII",
    "九": "IX",
    "十": "X",
    "十一": "XI",
    "十二": "XII",
    "十三": "XIII",
    "十四": "XIV",
}
_CHINESE: Final = "一二三四五六七八九十"
_PART: Final = r"(?:第(\w+?)[項])?(?:第(\w+?)[款點])?(?:第(\w+?)目)?"


def _inside(found: re.Match[str], first: int) -> str:
    return "".join(f"({one})" for one in found.groups()[first:] if one)


def _article(found: re.Match[str]) -> str:
    number = "-".join(filter(None, found.groups()[:2]))
    return f" Art. {number}{_inside(found, 2)} "


def _point(found: re.Match[str]) -> str:
    one = found[1]
    return f" point {one if one.isdecimal() else f'({one})'}{_inside(found, 1)} "


def _annex(found: re.Match[str]) -> str:
    return f" Annex {_ROMAN.get(found[1], found[1])} "


_WAYS: Final[Sequence[tuple[str, str | _Said]]] = (
    (rf"附件([{_CHINESE}]+)", _annex),
    (r"附錄 ?(\w+)", r" Appendix \1 "),
    (r"前言第(\d+)點", r" Recital \1 "),
    (r"表(\d+)", r" Table \1 "),
    (rf"第(\d+)條(?:之(\d+))?{_PART}", _article),
    (r"第(\d+)章", r" Chapter \1 "),
    (r"第([0-9]+[a-z]?|[a-z]+)[項段]", r" para. \1 "),
    (r"第([0-9]+|[a-z]+)點(?:第(\w+?)款)?", _point),
    (r"第([0-9]+|[a-z]+)款", r" subpara. \1 "),
    (r"[條點段]?[次號]?待核對", " to be checked "),
    (r"草案", " draft "),
    (r"至", " to "),
    (r"[、，]", ", "),
    (r"；", "; "),
    (r"：", ": "),
    (r"（", " ("),
    (r"）", ") "),
    (r"「", " “"),
    (r"」", "” "),
    (r" +", " "),
    (r" ([,;:)”])|([(“]) ", r"\1\2"),
    (r"\) (\(\w{1,2}\))", r")\1"),
)


def english(pinpoint: str) -> str:
    """The pinpoint in English; words that are no pinpoint stay as they are."""
    for pattern, said in _WAYS:
        pinpoint = re.sub(pattern, said, pinpoint)
    return pinpoint.strip()
