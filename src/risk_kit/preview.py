"""PDF pages as pictures and as text, to be looked at before signing."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import Final

import pypdfium2
from PIL import Image

_ONE_AT_A_TIME: Final = Lock()  # PDFium keeps state of its own and is not made for threads
_COLOURS: Final = 64  # a page has few, and small pictures are quick


@dataclass(frozen=True, slots=True)
class PageShown:
    """One page, counted from 1 of `pages`: a PNG and the text that stands on it."""

    number: int
    pages: int
    png: bytes
    text: str


def page(data: bytes, number: int, width: int) -> PageShown:
    """A page of a PDF of ours, `width` pixels wide; a number out of bounds gives the nearest page."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as opened:
        opened.init_forms()  # signatures are drawn as form fields
        pages = len(opened)
        shown = min(max(number, 1), pages)
        sheet = opened[shown - 1]
        picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        text = sheet.get_textpage().get_text_range()
    buffer = BytesIO()
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
    few.save(buffer, "PNG", compress_level=3)
    return PageShown(shown, pages, buffer.getvalue(), text.replace("\r\n", "\n").strip())
