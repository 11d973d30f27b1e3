"""What every rendering of a report shares: safe text, the colours of levels, a few words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar, cast

from risk_kit.document import Language, Report

T = TypeVar("T")

MARK: Final = "〓"  # the printers' sign for a character that could not be set

_LINE_END = re.compile("\r\n?|\u2028|\u2029")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # these turn the direction of reading
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff"  # no characters at all, or none of text
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_LINEAR_UNTIL: Final = 0.04045  # of sRGB
_ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]+")

_LEVELS: Final = ((0xFB, 0xE9, 0xB7), (0xF2, 0xB3, 0x5E), (0xB8, 0x4E, 0x1C), (0x5E, 0x14, 0x26))

WORDS: Final = MappingProxyType(
    {
        "zh": MappingProxyType(
            {
                "answers": "據以判斷的答案",
                "sources": "依據",
                "continued": "（續）",
                "attachments": "附件",
                "contents": "目次",
                "found": "本案情形",
                "editable": "可編輯副本，不含附件與簽章欄位；歸檔與查驗以 PDF 為準。",
            }
        ),
        "en": MappingProxyType(
            {
                "answers": "Answers behind it",
                "sources": "Sources",
                "continued": " (continued)",
                "attachments": "Attachments",
                "contents": "Contents",
                "found": "In this case",
                "editable": "An editable copy without attachments or signature fields; the PDF "
                "is what is filed and verified.",
            }
        ),
    }
)


def language_tag(language: Language) -> str:
    """The BCP 47 tag of a report's language."""
    return "zh-Hant-TW" if language == "zh" else "en"


def clean(text: str) -> str:
    """Text that is safe to set and shows all it holds.

    Line ends become newlines, a tab four spaces, other spaces a space. Control characters, marks
    that turn the direction of reading, and code points that are no characters each become 〓, so
    that a reader sees that something was there. Characters that are invisible by nature (zero
    width, variation selectors, soft hyphens) go. A letter with a combining accent becomes one
    character where there is one; nothing else is normalised, names keep their characters.
    """
    text = _SPACE.sub(" ", _LINE_END.sub("\n", text).replace("\t", "    "))
    text = _HARMFUL.sub(MARK, _INVISIBLE.sub("", text))
    return _ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def cleaned(report: Report) -> Report:
    """The same report with `clean` applied to every text in it."""
    return _cleaned(report)


def texts(part: object) -> Iterator[str]:
    """Every text inside a report or a part of it, in reading order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))


def _cleaned(part: T) -> T:
    if isinstance(part, str):
        return cast("T", clean(part))
    if isinstance(part, tuple):
        return cast("T", tuple(_cleaned(one) for one in part))
    if is_dataclass(part) and not isinstance(part, type):
        new = {field.name: _cleaned(getattr(part, field.name)) for field in fields(part)}
        return cast("T", replace(part, **new))
    return part


@lru_cache(maxsize=32)
def level_colours(count: int) -> tuple[str, ...]:
    """`count` colours as #rrggbb: lightness falls steadily, so that they also order in grey."""
    return tuple(_colour_at(n * (len(_LEVELS) - 1) / max(count - 1, 1)) for n in range(count))


def level_dots(low: int | None, high: int | None, count: int) -> str:
    """A sign for each of `count` levels: ● sure, ◐ possible, ○ neither; – where nothing was found."""
    if high is None:
        return "–"
    sure = -1 if low is None else low
    return "".join("●" if n <= sure else "◐" if n <= high else "○" for n in range(count))


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on `colour` (at least 4.5 to 1)."""
    light = _luminance(colour)
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#ffffff"


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _colour_at(place: float) -> str:
    left = min(int(place), len(_LEVELS) - 2)
    share = place - left
    mixed = (a + (b - a) * share for a, b in zip(_LEVELS[left], _LEVELS[left + 1], strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= _LINEAR_UNTIL else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
