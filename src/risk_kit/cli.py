"""risk-kit on the command line: exit 0 = yes, 1 = the check says no, 2 = bad usage or input."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial, wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from risk_kit import __version__, answers, cli_output
from risk_kit.document import Language
from risk_kit.errors import BadInput, BadKey, Problem, RiskKitError
from risk_kit.files import write_atomic
from risk_kit.yamlread import day, read_bytes

ROLES = ("preparer", "reviewer", "approver")
MOST_KEY = 1024 * 1024
MOST_PDF = 50 * 1024 * 1024


class _BadUsage(click.UsageError):
    """What click says about a wrong command line, in a sentence like all others."""

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's own signature
        facts = {"detail": self.format_message().rstrip("."), "command": "risk-kit"}
        if self.ctx is not None and self.ctx.parent is not None:
            facts["command"] = f"risk-kit {self.ctx.info_name}"
        cli_output.show_error(BadInput(Problem("bad_usage", facts)), "text")


class _Commands(click.Group):
    """The subcommands; a console that lacks a character gets its number instead of an error."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:  # noqa: ANN401
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        with _usage():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        with _usage():
            return super().invoke(ctx)


@contextmanager
def _usage() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise _BadUsage(error.format_message(), error.ctx) from error


@contextmanager
def _about(file: Path) -> Iterator[None]:
    """Name the file in problems that a reader of bytes cannot place."""
    try:
        yield
    except RiskKitError as error:
        named = (one if one.file else replace(one, file=str(file)) for one in error.problems)
        raise type(error)(*named) from error


@click.group("risk-kit", _Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="risk-kit")
def main() -> None:
    """人工智慧風險自評工具：級距為本工具之指示性結果。AI risk self-assessment; tiers are indicative."""


def command(
    function: Callable[..., int], forms: tuple[str, ...] = ("text", "json")
) -> Callable[..., Any]:
    """A subcommand with --format; its errors become sentences and exit 2."""

    @main.command(function.__name__.rstrip("_"))
    @click.option("--format", "form", type=click.Choice(forms), default="text")
    @wraps(function)
    def wrapped(form: str, **options: Any) -> None:  # noqa: ANN401
        try:
            code = function(form=form, **options)
        except RiskKitError as error:
            cli_output.show_error(error, form)
            code = 2
        sys.exit(code)

    return wrapped


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
def assess(
    answers_file: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    fail_at: str | None,
    exact: bool,
    form: str,
) -> int:
    """Assess an answer file: the indicative tier or its range, with reasons."""
    from risk_kit import casework  # noqa: PLC0415

    work = casework.open_case(answers.read(answers_file), pack_name, overlays, _day(as_of))
    trips = casework.reaches(work, fail_at) if fail_at else False
    if not exact:
        cli_output.show_assessment(work, form)
        return int(trips)
    from risk_kit import proving  # noqa: PLC0415

    found = proving.exact(work)
    cli_output.show_assessment(work, form, found)
    return int(trips or found.range is None)


@command
@click.argument("answers_file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--pack", "pack_name", help="ID[@VERSION] or folder; default: what the file names.")
@click.option("--overlay", "overlays", multiple=True)
@click.option("--as-of", metavar="YYYY-MM-DD")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def report(
    answers_file: Path,
    output: Path,
    pack_name: str | None,
    overlays: tuple[str, ...],
    as_of: str | None,
    lang: Language,
    form: str,
) -> int:
    """Write the report of an answer file: FILE.pdf, FILE.html or FILE.json."""
    from risk_kit import casework, rendering  # noqa: PLC0415

    work = casework.open_case(answers.read(answers_file), pack_name, overlays, _day(as_of))
    write_atomic(output, rendering.render(work, lang, output))
    cli_output.show_written(str(output), form)
    return 0


@command
@click.argument("pdf_file", type=click.Path(path_type=Path))
@click.option(
    "--p12", type=click.Path(path_type=Path), help="PKCS#12 file with key and certificate."
)
@click.option(
    "--passphrase-file", type=click.Path(path_type=Path), help="Else asked for, or empty."
)
@click.option("--dev-identity", is_flag=True, help="Local development identity; not verified.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--reason", required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def sign(
    pdf_file: Path,
    p12: Path | None,
    passphrase_file: Path | None,
    dev_identity: bool,
    role: str,
    reason: str,
    output: Path,
    form: str,
) -> int:
    """Sign a report in one role."""
    from risk_kit import identity  # noqa: PLC0415
    from risk_kit import sign as signing  # noqa: PLC0415

    now = datetime.now(UTC)
    if (p12 is None) == (not dev_identity):
        raise BadKey(Problem("which_key"))
    if p12 is None:
        signer = identity.development_identity(role, identity.home(), now)
    else:
        with _about(p12):
            signer = signing.load_p12(read_bytes(p12, MOST_KEY), _passphrase(passphrase_file))
    data = read_bytes(pdf_file, MOST_PDF)
    with _about(pdf_file):
        signed = signing.sign(data, signer, role=role, reason=reason, at=now)
    write_atomic(output, signed)
    cli_output.show_written(str(output), form, role=role, development=dev_identity)
    return 0


def _passphrase(file: Path | None) -> str:
    if file is not None:
        return read_bytes(file, MOST_KEY).decode("utf-8", "replace").rstrip("\r\n")
    if sys.stdin.isatty():
        return str(click.prompt("PKCS#12 通行碼 passphrase", hide_input=True, default="", err=True))
    return sys.stdin.readline().rstrip("\r\n")


@command
@click.argument("pdf_file", type=click.Path(path_type=Path))
@click.option("--trust", "roots", multiple=True, help="Root certificate (PEM) to trust, or: dev")
def verify(pdf_file: Path, roots: tuple[str, ...], form: str) -> int:
    """Check a signed report: signatures, trust, pages, and that the tier follows."""
    from risk_kit import identity, verification  # noqa: PLC0415
    from risk_kit.sign_trust import Trust, trust_roots  # noqa: PLC0415

    files = [Path(one) for one in roots if one != "dev"]
    certificates = tuple(read_bytes(file, MOST_KEY) for file in files)
    for file, data in zip(files, certificates, strict=True):
        with _about(file):
            trust_roots(Trust((data,)))
    development = identity.development_certificates(identity.home())
    trust = Trust(certificates, "dev" in roots, development)
    data = read_bytes(pdf_file, MOST_PDF)
    with _about(pdf_file):
        verdict = verification.verify(data, trust, datetime.now(UTC))
    return cli_output.show_verdict(verdict, form)


@command
@click.argument("pack_name", metavar="PACK")
@click.option("--as-of", metavar="YYYY-MM-DD")
@click.option("--mutation", is_flag=True, help="Also try small mistakes: does some case go red?")
def test(pack_name: str, as_of: str | None, mutation: bool, form: str) -> int:
    """Run the golden cases of a pack, and tell what they cover."""
    from risk_kit import case_report, cases, catalogue  # noqa: PLC0415

    pack = catalogue.pack(pack_name)
    when = _day(as_of) or date.today()  # noqa: DTZ011 - a calendar day where the user sits
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

    work = casework.open_case(answers.read(answers_file), pack_name, overlays, _day(as_of))
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

    when = _day(as_of) or date.today()  # noqa: DTZ011 - a calendar day where the user sits
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


def _day(given: str | None) -> date | None:
    found = day(given)
    if given is not None and found is None:
        raise BadInput(Problem("date_expected", {"value": given}, path="--as-of"))
    return found
