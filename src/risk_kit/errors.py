"""The few kinds of error. Each carries facts, never sentences; `risk_kit.messages` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a code from `risk_kit.messages`, its facts, and where it is.

    `line` counts from 1; `path` is the place inside the document, such as `answers.physical`.
    """

    code: str
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    file: str | None = None
    line: int | None = None
    path: str | None = None


class RiskKitError(Exception):
    """One or more problems that stop the work; the base of every error raised on purpose."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "; ".join(f"{p.code} {dict(p.facts)}" for p in self.problems)


class BadInput(RiskKitError):
    """A file or value that does not say what its format asks for."""


class NotAvailable(RiskKitError):
    """A framework, overlay, font or other thing that is not here."""


class CannotWrite(RiskKitError):
    """A result could not be written; nothing was left half-written."""


class BadKey(RiskKitError):
    """A signing key or certificate that cannot be used."""


class BadPdf(RiskKitError):
    """A PDF that is not what its reader was promised."""
