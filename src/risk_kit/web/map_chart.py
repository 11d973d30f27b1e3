"""How the map of sub-types is drawn: one Vega-Lite form, made by Altair, into which cells are put."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final, Literal

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
    boxes = [
        cells.transform_filter(f"datum.border == '{border}'")
        .mark_rect(cornerRadius=3, strokeWidth=1.3, strokeDash=dash)
        .encode(
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            description=alt.Description("told:N"),
            tooltip=alt.Tooltip("told:N", title=""),
        )
        for border, dash in (("whole", [1, 0]), ("broken", [5, 3]))
    ]
    inked = cells.encode(color=alt.Color("ink:N", scale=None))
    written = [
        inked.mark_text(aria=False, **about)
        for about in (
            _line("datum.code", dy=-43, fontSize=14, fontWeight="bold"),
            _line("datum.dots", dy=-28, fontSize={"expr": f"{_NARROW}9 : 11"}),
            _line(f"{_NARROW}'' : datum.title", dy=-18, baseline="top", fontSize=11.5),
            _line(
                f"{_NARROW}'' : datum.word",
                dy={"expr": f"51 - {_LEADING} * (datum.lines - 1)"},
                baseline="bottom",
                fontSize=12.5,
                fontWeight="bold",
            ),
            _line(f"{_NARROW}datum.small : ''", dy=-14, baseline="top", fontSize=10),
        )
    ]
    head = (
        cells.transform_filter("datum.head != ''")
        .mark_text(
            aria=False,
            align="left",
            color=_INK,
            **_line(
                "datum.head",
                dy=-8,
                baseline="bottom",
                fontSize=14,
                fontWeight="bold",
                limit={"expr": "width"},
            ),
        )
        .encode(x=alt.value(0), y=alt.Y("row:O", bandPosition=0))
    )
    drawn = (
        alt.layer(*boxes, *written, head, data=alt.NamedData("cells"))
        .properties(width="container", height=alt.Step(_STEP))
        .properties(usermeta={"embedOptions": {"padding": 0}})
        .configure(font=_FONTS, background="transparent", padding=0)
        .configure_view(stroke=None)
    )
    return str(drawn.to_json())


def _line(text: str, **about: object) -> dict[str, Any]:
    """A text mark that takes its lines from an expression."""
    return {
        "text": {"expr": text},
        "lineBreak": "\n",
        "lineHeight": _LEADING,
        "limit": _ROOM,
        **about,
    }
