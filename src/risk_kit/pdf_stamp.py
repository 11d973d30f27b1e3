"""What a signature shows in its box on the page: a PDF of one small page, in embedded fonts."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from risk_kit import fonts, pdf
from risk_kit.appearance import MARK, clean
from risk_kit.errors import BadInput
from risk_kit.pdf_lines import one_line

SIZE: Final = (147.0, 58.0)
"""Width and height in points: those of a report's signature box, so that nothing is stretched."""

_MARGIN: Final = 6.0
_LEADING: Final = 4.0


def stamp(lines: tuple[tuple[str, float], ...]) -> bytes:
    """The page: each line with its size in points, shortened where it is too long, first one bold.

    The same bytes for the same lines. A character that no font has becomes 〓.
    """
    shown = [("".join(map(_settable, clean(text))), size) for text, size in lines]
    target = BytesIO()
    with pdf._DRAWING:  # noqa: SLF001  the fonts that all drawing shares
        font = fonts.shipped(fonts.REGULAR) and fonts.REGULAR
        fonts.shipped(fonts.BOLD)
        canvas = Canvas(target, SIZE, pageCompression=1, invariant=1, initialFontName=font)
        _draw(canvas, shown)
        canvas.save()
    return target.getvalue()


def _settable(char: str) -> str:
    try:
        fonts.check([char])
    except BadInput:
        return MARK
    return char


def _draw(canvas: Canvas, lines: list[tuple[str, float]]) -> None:
    y = SIZE[1] - _MARGIN + _LEADING
    for number, (text, size) in enumerate(lines):
        y -= size + _LEADING
        drawn = canvas.beginText(_MARGIN, y)
        for font, piece in one_line(
            text, size, bold=number == 0, room=SIZE[0] - 2 * _MARGIN
        ).pieces:
            drawn.setFont(font, size)
            drawn.textOut(piece)
        canvas.drawText(drawn)
