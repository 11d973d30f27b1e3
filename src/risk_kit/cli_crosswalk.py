"""`risk-kit crosswalk`: one set of answers under every framework that is shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from risk_kit import answers, cli_output, crossing_words, wording
from risk_kit.cli_base import a_day, command
from risk_kit.crosswalk import Row
from risk_kit.files import write_atomic

_MOST = 6


@command
@click.argument("answers_file", type=click.Path(path_type=Path))
@click.option("--regime", "regimes", multiple=True, help="Only these frameworks, by id.")
@click.option("--as-of", metavar="YYYY-MM-DD")
def crosswalk(answers_file: Path, regimes: tuple[str, ...], as_of: str | None, form: str) -> int:
    """Show what other regimes say of the same answers: range, why, duties, dates, questions."""
    from risk_kit import crossing, crossing_json  # noqa: PLC0415

    found = crossing.crosswalk_of_file(answers.read(answers_file), regimes, a_day(as_of))
    if form == "json":
        cli_output.print_json(crossing_json.crosswalk_json(found))
        return 0
    for language in ("zh", "en"):
        click.echo(crossing_words.say("own", language))
    for row in (found.home, *found.rows):
        click.echo("")
        _show(row)
    return 0


@command
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en")
def mappings(output: Path, lang: str, form: str) -> int:
    """Write every item-to-item mapping as one SSSOM table (TSV)."""
    from risk_kit import crossing, mapping  # noqa: PLC0415

    sets, sides = crossing.known()
    write_atomic(output, mapping.tsv(sets, sides, lang).encode())
    cli_output.show_written(str(output), form)
    return 0


def _show(row: Row) -> None:
    pack = row.pack
    for language in ("zh", "en"):
        title = wording.of(pack.framework.title, language)
        level, more = crossing_words.tier(row, language), crossing_words.questions(row, language)
        click.echo(f"{title} {pack.framework.version} — {level} · {more}")
    for said in _both(crossing_words.beside, row):
        click.echo(f"  = {said}")
    for finding in row.why[:_MOST]:
        rule = pack.rules[finding.rule]
        click.echo(f"  [{wording.say(finding.state, 'zh')}] {rule.title.zh} / {rule.title.en}")
    for rule in map(pack.rules.__getitem__, row.flags):
        click.echo(f"  ! {rule.title.zh} / {rule.title.en}")
    for rule in map(pack.rules.__getitem__, row.notes[:_MOST]):
        click.echo(f"  * {rule.because.zh} / {rule.because.en}")
    for one in row.coming:
        for said in _both(partial(crossing_words.coming, row, one)):
            click.echo(f"  > {said}")


def _both(lines: Callable[..., Iterable[str]], *about: object) -> Iterator[str]:
    """Lines in both languages, side by side."""
    for pair in zip(lines(*about, "zh"), lines(*about, "en"), strict=True):
        yield " / ".join(pair)
