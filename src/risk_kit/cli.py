"""risk-kit on the command line: exit 0 = yes, 1 = the check says no, 2 = bad usage or input."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from risk_kit import (
    answers,
    cli_crosswalk,  # noqa: F401  its commands are known once it is imported
    cli_import,  # noqa: F401  its commands are known once it is imported
    cli_output,
    cli_report,  # noqa: F401  its commands are known once it is imported
    cli_sign,  # noqa: F401  the same
)
from risk_kit.cli_base import a_day, command, main
from risk_kit.document import Language
from risk_kit.errors import BadInput
from risk_kit.files import write_atomic

__all__ = ["main"]


@command
@click.argument("paths", nargs=-1, required=True)
def check(paths: tuple[str, ...], form: str) -> int:
    """Check frameworks, questionnaires, overlays and cases for mistakes."""
    from risk_kit import checking  # noqa: PLC0415 - each command loads only what it needs

    return cli_output.show_check(checking.check(paths), form)


@command
@click.argument("answers_file", type=click.Path(path_type=Path))
@click.option("--pack", "pack_name", help="ID[@VERSION] or folder; default: what the file names.")
@click.option("--overlay", "overlays", multiple=True)
@click.option("--as-of", metavar="YYYY-MM-DD")
@click.option("--fail-at", help="Exit 1 when the upper bound of the tier reaches this level.")
@click.option("--exact", is_flag=True, help="Also the solver's exact range (extra prove).")
@click.option("--unanswered-as-none", is_flag=True, help="Count what is open as nothing; said so.")
def assess(
    answers_file: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    fail_at: str | None,
    exact: bool,
    unanswered_as_none: bool,
    form: str,
) -> int:
    """Assess an answer file: the indicative tier or its range, with reasons."""
    from risk_kit import casework  # noqa: PLC0415

    file, day_, blank = answers.read(answers_file), a_day(as_of), unanswered_as_none
    work = casework.open_case(file, pack_name, overlays, day_, unanswered_as_none=blank)
    trips = casework.reaches(work, fail_at) if fail_at else False
    if not exact:
        cli_output.show_assessment(work, form)
        return int(trips)
    from risk_kit import proving  # noqa: PLC0415

    found = proving.exact(work)
    cli_output.show_assessment(work, form, found)
    return int(trips or found.range is None)


@command
@click.argument("pack_name", metavar="PACK")
@click.option("--as-of", metavar="YYYY-MM-DD")
@click.option("--mutation", is_flag=True, help="Also try small mistakes: does some case go red?")
def test(pack_name: str, as_of: str | None, mutation: bool, form: str) -> int:
    """Run the golden cases of a pack, and tell what they cover."""
    from risk_kit import case_report, cases, catalogue  # noqa: PLC0415

    pack = catalogue.pack(pack_name)
    when = a_day(as_of) or date.today()  # noqa: DTZ011 - a calendar day where the user sits
    folder = catalogue.folder_of(pack_name)
    laid = partial(catalogue.pack, pack_name)
    found = [case for path in cases.files(folder) for case in cases.read(path, pack, when, laid)]
    results = [cases.run(case) for case in found]
    return cli_output.show_tests(case_report.report(pack, results, mutation=mutation), form)


@command
@click.argument("answers_file", type=click.Path(path_type=Path))
@click.option("--pack", "pack_name", help="ID[@VERSION] or folder; default: what the file names.")
@click.option("--overlay", "overlays", multiple=True)
@click.option("--as-of", metavar="YYYY-MM-DD")
def whatif(
    answers_file: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    form: str,
) -> int:
    """Show what would change the tier: the least changes that lower it, and what would raise it."""
    from risk_kit import casework, nearness  # noqa: PLC0415

    work = casework.open_case(answers.read(answers_file), pack_name, overlays, a_day(as_of))
    cli_output.show_whatif(work, nearness.explorer(work), form)
    return 0


@partial(command, forms=("text", "md", "html", "json"))
@click.argument("pack_name", metavar="PACK")
@click.option("--overlay", "overlays", multiple=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Else standard output.")
def rules(
    pack_name: str, overlays: tuple[str, ...], lang: Language, output: Path | None, form: str
) -> int:
    """Print every rule of a pack in words: condition, effect, reason, source, basis."""
    from risk_kit import rulebook_files  # noqa: PLC0415

    ending = output.suffix.lower().lstrip(".") if output is not None and form == "text" else form
    told = rulebook_files.rendered(rulebook_files.read(pack_name, overlays, lang), ending)
    if output is None:
        click.echo(told, nl=False)
    else:
        write_atomic(output, told.encode())
        cli_output.show_written(str(output), form)
    return 0


@command
@click.argument("base")
@click.argument("head")
@click.option("--overlay", "overlays", multiple=True, help="Lay these over HEAD.")
def diff(base: str, head: str, overlays: tuple[str, ...], form: str) -> int:
    """List in words what differs between two packs; exit 1 when something does."""
    from risk_kit import catalogue, difference  # noqa: PLC0415

    packs = catalogue.pack(base), catalogue.pack(head, overlays)
    return cli_output.show_differences(packs, difference.differences(*packs), form)


@command
@click.argument("pack_name", metavar="PACK")
@click.option("--overlay", "overlays", multiple=True, help="Also prove that it lowers no tier.")
@click.option("--as-of", metavar="YYYY-MM-DD")
@click.option("--witness", type=click.Path(path_type=Path), help="Folder for answer files.")
def prove(
    pack_name: str, overlays: tuple[str, ...], as_of: str | None, witness: Path | None, form: str
) -> int:
    """Look for rules, questions, levels and words that cannot be meant (needs the extra prove)."""
    from risk_kit import proving  # noqa: PLC0415

    when = a_day(as_of) or date.today()  # noqa: DTZ011 - a calendar day where the user sits
    proved = proving.prove_pack(pack_name, overlays, when)
    written = proving.write_witnesses(proved, witness) if witness else ()
    return cli_output.show_proved(proved, written, form)


@command
@click.argument("folder", type=click.Path(path_type=Path))
def release(folder: Path, form: str) -> int:
    """Record the ids of a pack folder as released: from now on none may be dropped."""
    from risk_kit import catalogue, released  # noqa: PLC0415

    gone = released.dropped(pack := catalogue.pack(f"./{folder}"), folder)
    if gone:
        raise BadInput(*gone)
    write_atomic(folder / released.FILE, released.record(pack))
    cli_output.show_written(str(folder / released.FILE), form)
    return 0


@command
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8501)
def serve(port: int, form: str) -> int:  # noqa: ARG001 - every command takes a form
    """Serve the web app on this machine."""
    from risk_kit import serving  # noqa: PLC0415

    return serving.serve(port)
