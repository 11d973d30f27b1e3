"""What every command of risk-kit shares: usage in sentences, --format, exit codes, small readers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from risk_kit import __version__, cli_output
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.yamlread import day


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
def about(file: Path) -> Iterator[None]:
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
    function: Callable[..., int],
    forms: tuple[str, ...] = ("text", "json"),
    under: click.Group = main,
) -> Callable[..., Any]:
    """A subcommand (of the group `under`) with --format; its errors become sentences and exit 2."""

    @under.command(function.__name__.rstrip("_"))
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


def a_day(given: str | None) -> date | None:
    """The day of --as-of. Raises BadInput."""
    found = day(given)
    if given is not None and found is None:
        raise BadInput(Problem("date_expected", {"value": given}, path="--as-of"))
    return found
