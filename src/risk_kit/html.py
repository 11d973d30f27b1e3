"""Report → one self-contained, accessible HTML page: no script, no font, nothing from outside."""

from __future__ import annotations

from base64 import b64encode

from risk_kit.appearance import WORDS, cleaned, ink_on, language_tag, level_colours, level_dots
from risk_kit.document import MapCell, Report, RiskMap, Spectrum
from risk_kit.html_template import extended


def render(report: Report, template: str | None = None) -> str:
    """The report as an HTML page, the same content in the same order as its PDF.

    Texts are escaped wherever they stand and cleaned as in the PDF. The spectrum is an inline
    drawing with its caption as its name. Attachments are links that hold their data. `template`:
    the source of an agency's own, which fills places around the report; raises BadInput.
    """
    safe = cleaned(report)
    kinds = [(type(block).__name__, block) for block in safe.blocks]
    return extended(template).render(
        report=safe,
        blocks=kinds,
        tag=language_tag(safe.language),
        words=WORDS[safe.language],
        steps=_steps,
        map_key=_map_key,
        painted=_painted,
        colours=level_colours(4),
        files=[
            (one, b64encode(raw.data).decode("ascii"))
            for one, raw in zip(safe.attachments, report.attachments, strict=True)
        ],
    )


def _steps(block: Spectrum) -> list[dict[str, object]]:
    """Each level of a spectrum with its colours, and whether the range holds it."""
    low, high = block.low, block.high
    marked = range(low, high + 1) if low is not None and high is not None else range(0)
    return [
        {"word": word, "fill": colour, "ink": ink_on(colour), "inside": n in marked}
        for n, (word, colour) in enumerate(
            zip(block.levels, level_colours(len(block.levels)), strict=True)
        )
    ]


def _painted(block: RiskMap, cell: MapCell) -> dict[str, str]:
    """A cell's dots, its kind (found, open, none) and, where a level is found, its colours."""
    dots = level_dots(cell.low, cell.high, len(block.levels))
    if cell.high is None:
        return {"dots": dots, "kind": "none", "style": ""}
    if cell.low != cell.high:
        return {"dots": dots, "kind": "open", "style": ""}
    colour = level_colours(len(block.levels))[cell.high]
    return {"dots": dots, "kind": "found", "style": f"background:{colour};color:{ink_on(colour)}"}


def _map_key(block: RiskMap) -> list[MapCell]:
    """What each sign on the map means: the levels, then an open cell."""
    last = len(block.levels) - 1
    levels = [MapCell("", word, "", n, n) for n, word in enumerate(block.levels)]
    return [*levels, MapCell("", block.open_word, "", None, last)]
