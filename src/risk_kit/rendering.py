"""A report and its renderings: the one place where reports are built, so that all are alike."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from risk_kit import html, nearness, pack_file, pdf, report, wording
from risk_kit.assess import Work
from risk_kit.document import Attachment, Language, Report
from risk_kit.errors import BadInput, Problem
from risk_kit.report_words import WORDS


def built(work: Work, language: Language) -> Report:
    """The report of a case, with its place on the spectrum."""
    return report.build(work, language, nearness.near(work))


def pages(work: Work, language: Language, pack: bytes | None = None) -> bytes:
    """The report as PDF: the same bytes for the same case, wherever it is made.

    With `pack` (`pack_file.packed`), the rules travel inside it too.
    """
    found = built(work, language)
    if pack is not None:
        told = wording.of(WORDS["pack_file"], language)
        carried = Attachment(pack_file.NAME, "application/json", pack, told)
        found = replace(found, attachments=(*found.attachments, carried))
    return pdf.render(found)


def render(work: Work, language: Language, output: Path, pack: bytes | None = None) -> bytes:
    """The report as the bytes of a .pdf, .html or .json file. Raises BadInput for other endings.

    Only a PDF can carry `pack`.
    """
    match output.suffix.lower():
        case ".pdf":
            return pages(work, language, pack)
        case ".html":
            return html.render(built(work, language)).encode()
        case ".json":
            value = report.attached_json(work, language)
            return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    facts = {"value": output.suffix, "offered": [".pdf", ".html", ".json"]}
    raise BadInput(Problem("bad_ending", facts, file=str(output)))
