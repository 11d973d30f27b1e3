"""The commands that make reports: report, batch; and schema, for those who read their JSON."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from risk_kit import answers, cli_output
from risk_kit.cli_base import a_day, command
from risk_kit.document import Language
from risk_kit.edition import PROFILES, Edition, Profile
from risk_kit.errors import BadInput, Problem
from risk_kit.files import write_atomic

if TYPE_CHECKING:
    from risk_kit.assess import Work
    from risk_kit.batch import Done

_FILE = click.Path(path_type=Path)
_LANGUAGE = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
_PROFILE = click.option(
    "--profile", type=click.Choice(PROFILES), default="full", help="Which report of the case."
)
_TEMPLATE = click.option(
    "--template", help="An agency's: a folder, or a name among RISK_KIT_TEMPLATES."
)
_AS_OF = click.option("--as-of", metavar="YYYY-MM-DD")


@command
@click.argument("answers_file", type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True)
@click.option("--pack", "pack_name", help="ID[@VERSION] or folder; default: what the file names.")
@click.option("--overlay", "overlays", multiple=True)
@_AS_OF
@_LANGUAGE
@_PROFILE
@click.option("--reveal", multiple=True, help="Show this field or question in publishable.")
@_TEMPLATE
@click.option("--with-pack", is_flag=True, help="The PDF carries its rules too.")
def report(
    answers_file: Path,
    output: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    lang: Language,
    profile: Profile,
    reveal: tuple[str, ...],
    template: str | None,
    with_pack: bool,
    form: str,
) -> int:
    """Write the report of an answer file: FILE.pdf, .html, .odt, .json, .csv (follow-up)."""
    from risk_kit import casework, pack_file, rendering  # noqa: PLC0415 - only what it needs

    file = answers.read(answers_file)
    work = casework.open_case(file, pack_name, overlays, a_day(as_of))
    edition = _edition(profile, reveal, template)
    _known(work, reveal)
    name = pack_name or file.framework
    carried = pack_file.packed(name, work.assessment.overlays) if with_pack else None
    write_atomic(output, rendering.render(work, lang, output, carried, edition))
    cli_output.show_written(str(output), form)
    return 0


def _edition(profile: Profile, reveal: tuple[str, ...], template: str | None) -> Edition:
    from risk_kit import templates  # noqa: PLC0415

    if reveal and profile != "publishable":
        raise BadInput(Problem("reveal_needs_publishable", path="--reveal"))
    found = None if template is None else templates.named(template)
    return Edition(profile, tuple(sorted(set(reveal))), found)


def _known(work: Work, reveal: tuple[str, ...]) -> None:
    offered = {*work.answers.case, *work.pack.questions}
    problems = [
        Problem("nothing_to_reveal", {"value": one}, path="--reveal")
        for one in reveal
        if one not in offered
    ]
    if problems:
        raise BadInput(*problems)


@command
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--output", type=_FILE, required=True, help="Folder for the reports.")
@click.option("--ending", type=click.Choice(["pdf", "html", "odt", "json", "csv"]), default="pdf")
@_AS_OF
@_LANGUAGE
@_PROFILE
@_TEMPLATE
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True)
def batch(
    paths: tuple[Path, ...],
    output: Path,
    ending: str,
    as_of: str | None,
    lang: Language,
    profile: Profile,
    template: str | None,
    processes: int,
    form: str,
) -> int:
    """Write the reports of many answer files; run again, it goes on where it stopped."""
    from risk_kit import batch as reports  # noqa: PLC0415

    wanted = reports.Wanted(lang, _edition(profile, (), template), a_day(as_of))
    jobs = reports.jobs(paths, output, f".{ending}")
    done: list[Done] = []
    with click.progressbar(
        reports.run(jobs, wanted, output, processes),
        length=len(jobs),
        label="報告 reports",
        file=sys.stderr,
        hidden=form == "json",
    ) as progress:
        counts: Counter[str] = Counter()
        for one in progress:
            counts[one.state] += 1
            done += [one] if one.state == "failed" else []
    failed = sorted(done, key=lambda one: one.job.source)
    cli_output.show_batch(counts, [p for one in failed for p in one.problems], form)
    return 2 if failed else 0


@command
@click.argument("name")
def schema(name: str, form: str) -> int:  # noqa: ARG001 - a schema is JSON either way
    """Print a published JSON Schema, whole, such as report, assessment or answers."""
    from risk_kit import schema as schemas  # noqa: PLC0415

    cli_output.print_json(schemas.bundled(name))
    return 0
