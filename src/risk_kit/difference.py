"""What differs between two packs, thing by thing and value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, TypeAlias

from risk_kit.model import Pack

Sort: TypeAlias = Literal["added", "removed", "changed"]
FRAMEWORK: Final = (
    "sources",
    "items",
    "scales",
    "dimensions",
    "derived",
    "parameters",
    "criteria",
    "rules",
    "obligations",
    "notices",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; `field`, `before` and `after` only where a thing changed."""

    sort: Sort
    kind: str
    id: str
    field: str = ""
    before: Any = None
    after: Any = None


def differences(base: Pack, head: Pack) -> tuple[Difference, ...]:
    """Everything added, removed or changed from `base` to `head`, by kind and id."""
    return tuple(
        found
        for kind, before, after in _kinds(base, head)
        for found in _compare(kind, before, after)
    )


def _kinds(base: Pack, head: Pack) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    for kind in FRAMEWORK:
        sides = [{one.id: one for one in getattr(pack.framework, kind)} for pack in (base, head)]
        yield kind, sides[0], sides[1]
    for kind in ("sections", "questions"):
        sides = [
            {one.id: one for one in getattr(pack.questionnaire, kind)} for pack in (base, head)
        ]
        yield kind, sides[0], sides[1]


def _compare(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in before:
        if name not in after:
            yield Difference("removed", kind, name)
    for name, thing in after.items():
        if name not in before:
            yield Difference("added", kind, name)
        elif before[name] != thing:
            yield from _fields(kind, name, before[name], thing)


def _fields(kind: str, name: str, before: Any, after: Any) -> Iterator[Difference]:  # noqa: ANN401
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            yield Difference("changed", kind, name, field.name, old, new)
