"""Table → CSV that a spreadsheet opens with its characters right and runs nothing of."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from risk_kit.appearance import clean
from risk_kit.document import Table

# What makes a spreadsheet take a cell for a formula; some read the full-width signs alike.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(table: Table) -> bytes:
    """The table as UTF-8 with a byte order mark, comma-separated, one line end a row (RFC 4180).

    A cell that would be taken for a formula is led by an apostrophe; texts are cleaned as on paper.
    """
    target = StringIO(newline="")
    writer = csv.writer(target)
    for row in (table.columns, *table.rows):
        writer.writerow([_cell(text) for text in row])
    return target.getvalue().encode("utf-8-sig")


def _cell(text: str) -> str:
    safe = clean(text)
    return f"'{safe}" if safe.lstrip().startswith(_FORMULA) else safe
