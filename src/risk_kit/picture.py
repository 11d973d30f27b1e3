"""A PNG that somebody gives us: read whole once, bounded, and written anew without anything else."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

from risk_kit.errors import BadInput, Problem

MOST_BYTES: Final = 1024 * 1024
MOST_PIXELS: Final = 2000  # of either side


def png(data: bytes, file: str) -> tuple[bytes, int, int]:
    """The picture as PNG with its width and height in pixels. Raises BadInput `bad_picture`."""
    try:
        picture = _read(data) if len(data) <= MOST_BYTES else None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        picture = None
    if picture is None:
        raise BadInput(Problem("bad_picture", {"most": MOST_PIXELS, "bytes": MOST_BYTES}, file))
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue(), *picture.size


def _read(data: bytes) -> Image.Image | None:
    """The pixels, unless there are too many; the size is known before any of them is unpacked."""
    with Image.open(BytesIO(data), formats=["PNG"]) as found:
        return found.convert("RGBA") if max(found.size) <= MOST_PIXELS else None
