"""risk-kit import: surveys of other tools become packs, their results become answer files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from risk_kit import cli_output, messages
from risk_kit.cli_base import a_day, command, main

if TYPE_CHECKING:
    from risk_kit.importing import Imported

_MOST_SHOWN: Final = 100


@main.group("import")
def import_() -> None:
    """Bring in surveys and results of other tools (SurveyJS)."""


@partial(command, under=import_)
@click.argument("survey_file", metavar="SURVEY.json", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Pack folder.")
@click.option("--scoring", type=click.Choice(["none", "ca-aia"]), default="none")
@click.option("--survey-version", help="The survey's version, when it does not state it.")
def surveyjs(
    survey_file: Path, output: Path, scoring: str, survey_version: str | None, form: str
) -> int:
    """Turn a SurveyJS survey into a pack folder; exit 1 when something could not be translated."""
    from risk_kit import importing  # noqa: PLC0415

    scored = scoring == "ca-aia"
    found = importing.survey(survey_file, output, scored=scored, version=survey_version)
    return _told(found, "questions", form)


@partial(command, under=import_)
@click.argument("result_file", metavar="RESULT.json", type=click.Path(path_type=Path))
@click.option("--pack", "folder", type=click.Path(path_type=Path), required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Answer file.")
def answers(result_file: Path, folder: Path, output: Path, form: str) -> int:
    """Turn a SurveyJS result (version, data) into an answer file; exit 1 when some did not fit."""
    from risk_kit import importing  # noqa: PLC0415

    return _told(importing.result(result_file, folder, output), "answers", form)


@main.group("export")
def export() -> None:
    """Write a case in the form of another standard (FHIR)."""


@partial(command, under=export)
@click.argument("answers_file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder.")
@click.option("--pack", "pack_name", help="ID[@VERSION] or folder; default: what the file names.")
@click.option("--overlay", "overlays", multiple=True)
@click.option("--as-of", metavar="YYYY-MM-DD")
def fhir(
    answers_file: Path,
    output: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    form: str,
) -> int:
    """Write a FHIR R4B Questionnaire and its response; exit 1 when some of it cannot be said."""
    from risk_kit import answers as answering  # noqa: PLC0415
    from risk_kit import casework, importing  # noqa: PLC0415

    file = answering.read(answers_file)
    work = casework.open_case(file, pack_name, overlays, a_day(as_of))
    return _told(importing.fhir(work, output), "questions", form)


def _told(found: Imported, what: str, form: str) -> int:
    """What was written and what was left out; 1 when something was."""
    from risk_kit import importing  # noqa: PLC0415

    if form == "json":
        facts = {what: found.count, "version": found.version}
        lists = {
            "not_translated": importing.listed(found.lost),
            "notes": importing.listed(found.notes),
        }
        whole = {"ok": not found.lost, "file": str(found.path), **facts, **lists}
        cli_output.print_json(whole)
        return 1 if found.lost else 0
    noun = {"questions": ("題目", "questions"), "answers": ("答案", "answers")}[what]
    name = messages.shown(str(found.path))
    click.echo(f"已寫入 {name}：{noun[0]} {found.count} 項，無法轉換 {len(found.lost)} 處。")
    click.echo(f"Written: {name}; {noun[1]}: {found.count}; not translated: {len(found.lost)}.")
    for heading, problems in (
        ("無法轉換 / Not translated", found.lost),
        ("備註 / Notes", found.notes),
    ):
        if problems:
            click.echo(f"\n{heading}:", err=True)
            click.echo(messages.paragraphs(problems[:_MOST_SHOWN]), err=True)
        if len(problems) > _MOST_SHOWN:
            click.echo(f"… +{len(problems) - _MOST_SHOWN}", err=True)
    return 1 if found.lost else 0
