"""Report → one self-contained, accessible HTML page: no script, no font, nothing from outside."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from importlib.resources import files

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from risk_kit.appearance import WORDS, cleaned, ink_on, language_tag, level_colours
from risk_kit.document import Report, Spectrum


def render(report: Report) -> str:
    """The report as an HTML page, the same content in the same order as its PDF.

    Texts are escaped wherever they stand and cleaned as in the PDF. The spectrum is an inline
    drawing with its caption as its name. Attachments are links that hold their data.
    """
    safe = cleaned(report)
    kinds = [(type(block).__name__, block) for block in safe.blocks]
    return _template().render(
        report=safe,
        blocks=kinds,
        tag=language_tag(safe.language),
        words=WORDS[safe.language],
        steps=_steps,
        colours=level_colours(4),
        files=[
            (one, b64encode(raw.data).decode("ascii"))
            for one, raw in zip(safe.attachments, report.attachments, strict=True)
        ],
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["lines"] = lambda text: text.split("\n")
    place = files("risk_kit") / "data" / "templates" / "report.html.j2"
    return environment.from_string(place.read_text(encoding="utf-8"))


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
