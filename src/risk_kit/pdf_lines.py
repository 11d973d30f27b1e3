"""Chinese and Latin text cut into lines: what may not begin or end a line never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from risk_kit import fonts

_NEVER_FIRST: Final = frozenset(
    "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞、。，．；：？！」』】》〉）〕］｝〗〙〞’”…—‥・·•,.;:?!)]}%％‰℃°々ー～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ"
)
_NEVER_LAST: Final = frozenset("﹙﹛﹝「『【《〈（〔［｛〖〘〝‘“([{$＄￥＃#№")
_SHORT: Final = 300  # characters
_TWO: Final = 2
_PAIRED: Final = frozenset("—…─‥")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text by font, its width in points, whether a break by hand follows."""

    pieces: tuple[tuple[str, str], ...]
    width: float
    ends: bool

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(piece for _, piece in self.pieces)


def lines(text: str, size: float, width: float, *, bold: bool = False) -> list[Line]:
    """`text` in lines at most `width` points wide; at least one line, even for no text.

    Time is linear in the length of the text.
    """
    return [
        line
        for paragraph in text.split("\n")
        for line in _cut(fonts.runs(paragraph, bold=bold), size, width)
    ]


def one_line(text: str, size: float, *, bold: bool = False, room: float = 1e9) -> Line:
    """`text` on a single line, its newlines as spaces, shortened with … to fit `room` points."""
    found = lines(" ".join(text.split("\n")), size, room, bold=bold)[0]
    if found.ends:
        return found
    return lines(found.text[:-1].rstrip() + "…", size, 1e9, bold=bold)[0]


@lru_cache(maxsize=65536)
def may_break(left: str, right: str) -> bool:
    """Whether a line may end after `left` when `right` follows."""
    if right == " " or right in _NEVER_FIRST or left in _NEVER_LAST:
        return left == " " and right != " "
    if left == " ":
        return True
    if left == right and left in _PAIRED:
        return False
    if left == "/" and right.isalpha():  # never after a hyphen: extraction would join the halves
        return True
    return _wide(left) or _wide(right)


@lru_cache(maxsize=65536)
def _wide(char: str) -> bool:
    return east_asian_width(char) in "WF" or char in "—…·"


def _cut(pieces: tuple[tuple[str, str], ...], size: float, room: float) -> Sequence[Line]:
    """Short texts come again and again, on the next report too; only they are remembered."""
    short = sum(len(piece) for _, piece in pieces) <= _SHORT
    return _remembered(pieces, size, room) if short else _paragraph(pieces, size, room)


@lru_cache(maxsize=4096)
def _remembered(pieces: tuple[tuple[str, str], ...], size: float, room: float) -> tuple[Line, ...]:
    return tuple(_paragraph(pieces, size, room))


def _paragraph(pieces: tuple[tuple[str, str], ...], size: float, room: float) -> list[Line]:
    text = "".join(piece for _, piece in pieces)
    font_of = [name for name, piece in pieces for _ in piece]
    tables = {name: fonts.widths(name) for name, _ in pieces}
    advance = [tables[f][ord(c)] * size / 1000 for c, f in zip(text, font_of, strict=True)]
    starts = [0]
    cuts: list[tuple[int, int]] = []
    while starts[-1] < len(text) or not cuts:
        end, following = _one_line(text, advance, starts[-1], room)
        cuts.append((starts[-1], end))
        starts.append(following)
    return [
        Line(
            _regroup(text[start:end], font_of[start:end]),
            sum(advance[start:end]),
            end == cuts[-1][1],
        )
        for start, end in _filled(text, cuts, advance, room)
    ]


def _filled(
    text: str, cuts: list[tuple[int, int]], advance: list[float], room: float
) -> list[tuple[int, int]]:
    """The same lines, but a last one of a single Chinese character takes one from above."""
    if len(cuts) < _TWO:
        return cuts
    (above, end), (start, last) = cuts[-2:]
    if last - start > _TWO or start != end or not _wide(text[start]):
        return cuts
    for cut in range(start - 1, max(above, start - 4), -1):
        allowed = may_break(text[cut - 1], text[cut]) and _wide(text[cut])
        if allowed and sum(advance[cut:last]) <= room:
            return [*cuts[:-2], (above, cut), (cut, last)]
    return cuts


def _one_line(text: str, advance: list[float], start: int, room: float) -> tuple[int, int]:
    """Where the line that begins at `start` ends, and where the next begins."""
    used = 0.0
    cut = start
    at = start
    while at < len(text):
        used += advance[at]
        if at > start and may_break(text[at - 1], text[at]):
            cut = at
        if used > room + 0.01 and text[at] != " ":
            break
        at += 1
    else:
        return len(text), len(text)
    if cut == start:  # one word longer than the line
        cut = max(at, start + 1)
    end = cut
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return end, cut


def _regroup(text: str, font_of: list[str]) -> tuple[tuple[str, str], ...]:
    done: list[tuple[str, str]] = []
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or font_of[at] != font_of[begin]:
            done.append((font_of[begin], text[begin:at]))
            begin = at
    return tuple(done) if text else ()
