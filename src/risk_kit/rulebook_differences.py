"""What differs between two packs, thing by thing in words: for comparing versions and overlays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from risk_kit.difference import Difference, Sort, differences
from risk_kit.document import Language
from risk_kit.layers import Overlay
from risk_kit.model import Pack
from risk_kit.rulebook_changes import after, title_of, told
from risk_kit.rulebook_told import Teller
from risk_kit.rulebook_words import WORDS


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One difference in words; `field`, `before` and `after` only where a thing changed."""

    sort: Sort
    kind: str
    kind_words: str
    id: str
    thing: str
    field: str = ""
    before: str = ""
    after: str = ""


def rows(
    base: Pack, head: Pack, language: Language, overlays: Sequence[Overlay] = ()
) -> tuple[DifferenceRow, ...]:
    """Everything that was added, removed or changed from `base` to `head`, in pack order."""
    tellers = Teller(base, language, overlays), Teller(head, language, overlays)
    return tuple(_row(*tellers, one) for one in differences(base, head))


def _row(old: Teller, new: Teller, one: Difference) -> DifferenceRow:
    teller = old if one.sort == "removed" else new
    row = DifferenceRow(one.sort, one.kind, teller.say(one.kind), one.id, title_of(teller, one))
    if one.sort != "changed":
        return row
    key = f"field.{one.field}"
    return DifferenceRow(
        *(row.sort, row.kind, row.kind_words, row.id, row.thing),
        field=new.say(key if key in WORDS else "field.other"),
        before=told(old.pack, one.before, old),
        after=after(new, one),
    )
