"""Which report of a case is meant: the profile, what of it may be shown, and an agency's template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, get_args

from risk_kit.model import Text

Profile: TypeAlias = Literal["full", "summary", "publishable", "tracking"]
PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)


@dataclass(frozen=True, slots=True)
class Seal:
    """A PNG image with the words that stand for it; width and height in points."""

    data: bytes
    alt: Text
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Template:
    """What an agency sets in its own words. `digest` is over all of its files.

    `headings`: a key of the report's headings → the agency's wording. `blocks`: the source of its
    report.html.j2, which only the HTML page reads.
    """

    name: str
    digest: str
    title: Text | None = None
    header: Text | None = None
    opening: Text | None = None
    closing: Text | None = None
    headings: Mapping[str, Text] = field(default_factory=dict)
    seal: Seal | None = None
    blocks: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to report a case. The plain edition is the full report without a template.

    `revealed`: case fields and questions whose words are shown although the profile is publishable.
    `answers_digest`: of the full answers, where only the publishable ones are at hand; else empty.
    """

    profile: Profile = "full"
    revealed: tuple[str, ...] = ()
    template: Template | None = None
    answers_digest: str = ""


FULL: Final = Edition()
