"""A pack → its rulebook: every rule, criterion, question, duty and source in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from risk_kit import rulebook_rules, rulebook_things, wording
from risk_kit.document import Language
from risk_kit.layers import Overlay
from risk_kit.model import Pack
from risk_kit.rulebook_changes import changes
from risk_kit.rulebook_counts import counts
from risk_kit.rulebook_rows import Reference, Rulebook
from risk_kit.rulebook_told import Teller

FORMAT = "risk-kit/rules/1"


def build(
    pack: Pack, language: Language, *, base: Pack | None = None, overlays: Sequence[Overlay] = ()
) -> Rulebook:
    """The rulebook of a pack in one language.

    `overlays` give the titles of its layers, `base` the pack under them, to tell what they changed.
    """
    teller = Teller(pack, language, overlays)
    framework, groups = pack.framework, rulebook_rules.groups(teller)
    rules = rulebook_rules.rows(teller)
    return Rulebook(
        language=language,
        title=teller.of(framework.title),
        framework=framework.id,
        version=framework.version,
        digest=pack.digest,
        layers=tuple(Reference(one, teller.layer(one)) for one in pack.overlays),
        groups=groups,
        items=rulebook_things.items(teller),
        notices=tuple(wording.of(one.text, language) for one in framework.notices),
        rules=rules,
        criteria=rulebook_things.criteria(teller),
        questions=rulebook_things.questions(teller),
        obligations=rulebook_things.obligations(teller),
        sources=rulebook_things.sources(teller),
        parameters=rulebook_things.parameters(teller),
        changes=changes(teller, base, overlays),
        counts=counts(teller, rules, groups),
    )


def only(book: Rulebook, layer: str) -> Rulebook:
    """What one overlay brings: its own things, and what it changed; counts stay the whole pack's."""
    title = next((one.title for one in book.layers if one.id == layer), book.title)
    return replace(
        book,
        title=title,
        rules=tuple(one for one in book.rules if one.origin.layer == layer),
        items=tuple(one for one in book.items if one.origin.layer == layer),
        criteria=tuple(one for one in book.criteria if one.origin.layer == layer),
        questions=tuple(one for one in book.questions if one.origin.layer == layer),
        obligations=tuple(one for one in book.obligations if one.origin.layer == layer),
        sources=tuple(one for one in book.sources if one.origin.layer == layer),
        parameters=tuple(one for one in book.parameters if one.origin.layer == layer),
        changes=tuple(one for one in book.changes if layer in one.layers),
    )


def plain(book: Rulebook) -> dict[str, object]:
    """The rulebook as JSON values, with its format."""
    return {"format": FORMAT, **asdict(book)}
