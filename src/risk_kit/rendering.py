"""A report and its renderings: the one place where reports are built, so that all are alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from risk_kit import html, nearness, pack_file, pdf, report, sheet, wording
from risk_kit.assess import Work
from risk_kit.document import Attachment, Language, Report
from risk_kit.edition import FULL, Edition
from risk_kit.errors import BadInput, Problem
from risk_kit.report_response import follow_up_sheet
from risk_kit.report_words import WORDS
from risk_kit.withheld import publishable


def built(work: Work, language: Language, edition: Edition = FULL) -> Report:
    """The report of a case, with its place on the spectrum."""
    return report.build(work, language, nearness.near(work), edition)


def pages(
    work: Work, language: Language, pack: bytes | None = None, edition: Edition = FULL
) -> bytes:
    """The report as PDF: the same bytes for the same case, wherever it is made.

    With `pack` (`pack_file.packed`), the rules travel inside it too.
    """
    found = built(work, language, edition)
    if pack is not None:
        told = wording.of(WORDS["pack_file"], language)
        carried = Attachment(pack_file.NAME, "application/json", pack, told)
        found = replace(found, attachments=(*found.attachments, carried))
    return pdf.render(found)


def render(
    work: Work,
    language: Language,
    output: Path,
    pack: bytes | None = None,
    edition: Edition = FULL,
) -> bytes:
    """The report as the bytes of a file of that name. Raises BadInput for endings not in ENDINGS.

    Only a PDF can carry `pack`. A .csv holds the follow-up table alone.
    """
    ending = output.suffix.lower()
    if ending == ".pdf":
        return pages(work, language, pack, edition)
    if ending not in _OTHERS:
        raise BadInput(Problem("bad_ending", {"value": ending, "offered": ENDINGS}, str(output)))
    return _OTHERS[ending](work, language, edition)


def _html(work: Work, language: Language, edition: Edition) -> bytes:
    blocks = edition.template.blocks if edition.template is not None else None
    return html.render(built(work, language, edition), blocks).encode()


def _odt(work: Work, language: Language, edition: Edition) -> bytes:
    from risk_kit import odf  # noqa: PLC0415 - odfdo takes a tenth of a second to load

    return odf.render(built(work, language, edition))


def _json(work: Work, language: Language, edition: Edition) -> bytes:
    value = report.attached_json(work, language, edition)
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _csv(work: Work, language: Language, edition: Edition) -> bytes:
    if edition.profile == "publishable":
        work = publishable(work, language, edition.revealed)
    return sheet.render(follow_up_sheet(work, language))


_Rendering = Callable[[Work, Language, Edition], bytes]
_OTHERS: Final[dict[str, _Rendering]] = {".html": _html, ".odt": _odt, ".json": _json, ".csv": _csv}
ENDINGS: Final = (".pdf", *_OTHERS)
