"""How the map of sub-types is drawn: one Vega-Lite form, made by Altair, into which cells are put."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from altair import Chart

_FONTS: Final = (
    "Noto Sans TC, Noto Sans CJK TC, PingFang TC, Microsoft JhengHei, rk-han, sans-serif"
)
_STEP: Final = 150  # pixels from one row to the next
_GAP: Final = 0.24  # of which the heading takes this share
_NARROW: Final = "width < 560 ? "  # there titles do not fit into cells
_LEADING: Final = 14
_ROOM: Final = {"expr": "bandwidth('x') - 4"}
_INK: Final = "#1f2428"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what it shows, what a screen reader and the tip say (`told`).

    `head` is the heading of its row, on the first cell of a row alone. `title`, `word` and `small`
    (the word in a narrow cell) are broken into lines.
    """

    row: int
    column: int
    head: str
    code: str
    dots: str
    title: str
    word: str
    small: str
    told: str
    fill: str
    ink: str
    edge: str
    border: Literal["whole", "broken"]


def chart(cells: Iterable[Cell]) -> dict[str, Any]:
    """The drawing of these cells as a Vega-Lite specification."""
    form: dict[str, Any] = json.loads(_form())
    values = [asdict(one) | {"lines": one.word.count("\n") + 1} for one in cells]
    return form | {"data": {"values": values}}


@lru_cache(maxsize=1)
def _form() -> str:
    import altair as alt  # noqa: PLC0415 - half a second that other screens need not pay

    cells = alt.Chart().encode(
        x=alt.X("column:O", axis=None, scale=alt.Scale(paddingInner=0.06, paddingOuter=0)),
        y=alt.Y(
            "row:O", axis=None, scale=alt.Scale(paddingInner=_GAP, paddingOuter=_GAP / 2, align=1)
        ),
    )
    inked = cells.encode(color=alt.Color("ink:N", scale=None))
    written = [inked.mark_text(aria=False, **one) for one in _LINES]
    drawn = (
        alt.layer(_boxes(alt, cells), *written, _heads(alt, cells), data=alt.NamedData("cells"))
        .properties(width="container", height=alt.Step(_STEP))
        .properties(usermeta={"embedOptions": {"padding": 0}})
        .configure(font=_FONTS, background="transparent", padding=0)
        .configure_view(stroke=None)
    )
    return str(drawn.to_json())


def _boxes(alt: ModuleType, cells: Chart) -> Chart:
    """The cells themselves, which alone are told to a screen reader.

    They are one layer: a layer without cells would be a picture without a name.
    """
    dashes = alt.Scale(domain=["whole", "broken"], range=[[1, 0], [5, 3]])
    drawn: Chart = cells.mark_rect(cornerRadius=3, strokeWidth=1.3).encode(
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        strokeDash=alt.StrokeDash("border:N", scale=dashes, legend=None),
        description=alt.Description("told:N"),
        tooltip=alt.Tooltip("told:N", title=""),
    )
    return drawn


def _heads(alt: ModuleType, cells: Chart) -> Chart:
    """The heading of each row, above its first cell."""
    rows = cells.transform_filter("datum.head != ''")
    written = rows.mark_text(aria=False, align="left", color=_INK, **_HEAD)
    drawn: Chart = written.encode(x=alt.value(0), y=alt.Y("row:O", bandPosition=0))
    return drawn


def _line(text: str, **about: object) -> dict[str, Any]:
    """A text mark that takes its lines from an expression."""
    return {
        "text": {"expr": text},
        "lineBreak": "\n",
        "lineHeight": _LEADING,
        "limit": _ROOM,
        **about,
    }


_BOLD: Final = {"fontWeight": "bold"}
_LINES: Final = (
    _line("datum.code", dy=-43, fontSize=14, **_BOLD),
    _line("datum.dots", dy=-28, fontSize={"expr": f"{_NARROW}9 : 11"}),
    _line(f"{_NARROW}'' : datum.title", dy=-18, baseline="top", fontSize=11.5),
    _line(
        f"{_NARROW}'' : datum.word",
        dy={"expr": f"51 - {_LEADING} * (datum.lines - 1)"},
        baseline="bottom",
        fontSize=12.5,
        **_BOLD,
    ),
    _line(f"{_NARROW}datum.small : ''", dy=-14, baseline="top", fontSize=10),
)
_HEAD: Final = _line(
    "datum.head",
    dy=-8,
    baseline="bottom",
    limit={"expr": "width"},
    **_BOLD,
    fontSize={"expr": f"{_NARROW}10.5 : 14"},
)
