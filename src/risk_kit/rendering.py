"""The renderings of a report, chosen by the ending of the file name."""

from __future__ import annotations

import json
from pathlib import Path

from risk_kit import html, pdf, report
from risk_kit.assess import Work
from risk_kit.document import Language
from risk_kit.errors import BadInput, Problem


def render(work: Work, language: Language, output: Path) -> bytes:
    """The report as the bytes of a .pdf, .html or .json file. Raises BadInput for other endings."""
    match output.suffix.lower():
        case ".pdf":
            return pdf.render(report.build(work, language))
        case ".html":
            return html.render(report.build(work, language)).encode()
        case ".json":
            value = report.attached_json(work, language)
            return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    facts = {"value": output.suffix, "offered": [".pdf", ".html", ".json"]}
    raise BadInput(Problem("bad_ending", facts, file=str(output)))
