"""Strips, pages, and the pen that draws them.

Every block becomes strips: slices that are never cut, told apart only by height and by whether
they must stay with what follows. Pages are filled with strips; lengths are points, y runs down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from io import BytesIO
from typing import Final, TypeAlias

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from risk_kit import fonts
from risk_kit.pdf_lines import Line

WIDTH: Final = 595.28  # A4
HEIGHT: Final = 841.89
LEFT: Final = 58.0
RIGHT: Final = WIDTH - 58.0
TOP: Final = 74.0
BOTTOM: Final = HEIGHT - 66.0
ROOM: Final = RIGHT - LEFT

INK: Final = "#1f2428"
GREY: Final = "#565f69"
RULE: Final = "#c5ccd3"
PALE: Final = "#f3f5f7"
ACCENT: Final = "#1f4a73"

_MAX_STRETCH: Final = 0.06  # of the width of a line


class Pen:
    """Draws on a ReportLab canvas in page coordinates that run down, and notes fields."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.page = 0
        self.fields: list[tuple[str, str, int, tuple[float, float, float, float]]] = []
        self._now = ("", "", 0.0)  # colours and line width that hold, to say them once only
        self._depth = -1
        self._marks = 0

    def text(
        self, line: Line, at: tuple[float, float], size: float, colour: str = INK, room: float = 0
    ) -> None:
        """Set a line with its left end and baseline `at`; spread to `room` when nearly as wide."""
        if not line.pieces:
            return
        self._ink(colour)
        spread = _spread(line, room)
        document = self.canvas._doc  # noqa: SLF001  a font gives its codes to a document
        code = [f"BT 1 0 0 1 {at[0]:.2f} {HEIGHT - at[1]:.2f} Tm"]
        if spread:
            code.append(f"{spread:.3f} Tc")
        for font, piece in line.pieces:
            for name, raw in fonts.coded(font, piece, document):
                code.append(f"{name} {size:g} Tf <{raw.hex()}> Tj")
        if spread:
            code.append("0 Tc")
        self.canvas.addLiteral(" ".join((*code, "ET")))

    def box(
        self,
        place: tuple[float, float, float, float],
        *,
        fill: str = "",
        edge: str = "",
        weight: float = 0.6,
        broken: bool = False,
    ) -> None:
        """A rectangle (left, upper edge, width, height), filled, edged or both."""
        x, y, width, height = place
        if fill:
            self._ink(fill)
        if edge:
            self._edge(edge, weight)
        if broken:
            self.canvas.setDash(3, 2)
        lower = HEIGHT - y - height
        self.canvas.rect(x, lower, width, height, stroke=int(bool(edge)), fill=int(bool(fill)))
        if broken:
            self.canvas.setDash()

    def path(self, points: Sequence[tuple[float, float]], colour: str, weight: float = 0.6) -> None:
        """An open line through the points."""
        self._trace(points, colour, weight, filled=False)

    def shape(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        self._trace(points, colour, 0.3, filled=True)

    def disc(self, x: float, y: float, radius: float, colour: str, fill: str) -> None:
        """A circle around (x, y): `fill` is full, half (its left half) or none."""
        self._ink(colour)
        self._edge(colour, 0.9)
        self.canvas.circle(x, HEIGHT - y, radius, stroke=1, fill=int(fill == "full"))
        if fill == "half":
            y = HEIGHT - y
            self.canvas.wedge(x - radius, y - radius, x + radius, y + radius, 90, 180, 0, 1)

    @contextmanager
    def described(self, text: str) -> Iterator[None]:
        """What is drawn inside carries `text` as its alternative description."""
        self.canvas.addLiteral(f"/Span <</Alt <FEFF{text.encode('utf-16-be').hex()}>>> BDC")
        yield
        self.canvas.addLiteral("EMC")

    def picture(self, data: bytes, at: tuple[float, float], size: tuple[float, float]) -> None:
        """A PNG image whose upper left corner is `at`."""
        image = ImageReader(BytesIO(data))
        self.canvas.drawImage(image, at[0], HEIGHT - at[1] - size[1], *size, mask="auto")

    def heading(self, text: str, level: int, y: float) -> None:
        """Enter a heading in the outline; a level deeper by two is taken as deeper by one."""
        self._depth = min(max(level - 1, 0), self._depth + 1)
        key = f"h{self._marks}"
        self._marks += 1
        self.canvas.bookmarkHorizontalAbsolute(key, HEIGHT - y)
        self.canvas.addOutlineEntry(text, key, self._depth)

    def field(self, name: str, label: str, x: float, y: float, size: tuple[float, float]) -> None:
        """Note a signature field whose upper left corner is (x, y)."""
        lower = HEIGHT - y - size[1]
        rectangle = (x, lower, x + size[0], lower + size[1])
        self.fields.append((name, label, self.page, rectangle))

    def turn(self) -> None:
        """End the page; the next one begins in black."""
        self.canvas.showPage()
        self._now = ("", "", 0.0)

    def _ink(self, colour: str) -> None:
        now, edge, weight = self._now
        if colour != now:
            self.canvas.setFillColor(_colour(colour))
            self._now = (colour, edge, weight)

    def _edge(self, colour: str, weight: float) -> None:
        ink, now, thick = self._now
        if colour != now:
            self.canvas.setStrokeColor(_colour(colour))
        if weight != thick:
            self.canvas.setLineWidth(weight)
        self._now = (ink, colour, weight)

    def _trace(
        self, points: Sequence[tuple[float, float]], colour: str, weight: float, *, filled: bool
    ) -> None:
        trace = self.canvas.beginPath()
        trace.moveTo(points[0][0], HEIGHT - points[0][1])
        for x, y in points[1:]:
            trace.lineTo(x, HEIGHT - y)
        if filled:
            trace.close()
        self._ink(colour)
        self._edge(colour, weight)
        self.canvas.drawPath(trace, stroke=int(not filled), fill=int(filled))


Draw: TypeAlias = Callable[[Pen, float], None]  # the pen, and the y of the strip's upper edge


class Kind(Enum):
    """What a strip is to the page: something to see, air between things, or a new page."""

    INK = "ink"
    AIR = "air"
    BREAK = "break"


def _nothing(_pen: Pen, _y: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of a block. `keep`: on one page with the next; `head`: repeated above it."""

    height: float
    draw: Draw = _nothing
    keep: bool = False
    kind: Kind = Kind.INK
    head: tuple[Strip, ...] = field(default=(), repr=False)


Page: TypeAlias = tuple[tuple[float, Strip], ...]


def air(height: float, *, keep: bool = False) -> Strip:
    """White space, dropped at the top of a page."""
    return Strip(height, keep=keep, kind=Kind.AIR)


def paginate(strips: Sequence[Strip]) -> tuple[Page, ...]:
    """Strips on pages, each with the y of its upper edge. At least one page.

    Strips that must stay together move to the next page together, unless a whole page could not
    hold them; then they are cut between strips.
    """
    pages: list[list[tuple[float, Strip]]] = [[]]
    y = TOP
    for chain in _chains(strips):
        need = sum(strip.height for strip in chain)
        if pages[-1] and y + need > BOTTOM and need <= BOTTOM - TOP - _head(chain[0]):
            y = _turn(pages, chain[0])
        for strip in chain:
            if strip.kind is Kind.BREAK or y + strip.height > BOTTOM:
                y = _turn(pages, strip) if pages[-1] else y
            if strip.kind is Kind.INK or (strip.kind is Kind.AIR and pages[-1]):
                pages[-1].append((y, strip))
                y += strip.height
    if not pages[-1] and len(pages) > 1:
        pages.pop()
    return tuple(tuple(page) for page in pages)


def _turn(pages: list[list[tuple[float, Strip]]], strip: Strip) -> float:
    pages.append([])
    y = TOP
    for above in strip.head:
        pages[-1].append((y, above))
        y += above.height
    return y


def _head(strip: Strip) -> float:
    return sum(above.height for above in strip.head)


def _chains(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    chain: list[Strip] = []
    for strip in strips:
        chain.append(strip)
        if not strip.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _spread(line: Line, room: float) -> float:
    slack = room - line.width
    count = sum(len(piece) for _, piece in line.pieces)
    if line.ends or not 0 < slack <= room * _MAX_STRETCH or count <= 1:
        return 0.0
    wide = sum(char >= "\u2e80" for _, piece in line.pieces for char in piece)
    return slack / (count - 1) if wide * 2 >= count else 0.0


@lru_cache(maxsize=64)
def _colour(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
