"""What all rows of the rulebook are told with: texts, clauses, citations, layers, validity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from risk_kit import wording
from risk_kit.condition import exempters_of
from risk_kit.document import Language
from risk_kit.forms import Condition
from risk_kit.layers import Overlay
from risk_kit.model import Basis, Cite, Criterion, Item, Obligation, Pack, Rule, Text
from risk_kit.rulebook_clauses import Clause, clause
from risk_kit.rulebook_rows import Citation, Origin, Reference
from risk_kit.rulebook_words import joined, say


class Teller:
    """One pack in one language; `titles` names the layers that are known by more than their id."""

    def __init__(self, pack: Pack, language: Language, overlays: Sequence[Overlay]) -> None:
        """Overlays that the pack does not hold are of no effect."""
        self.pack, self.language = pack, language
        self.titles = {one.id: self.of(one.title) for one in overlays}
        self.exempters = exempters_of(pack.framework.rules)
        self._changers = _changers(pack.origins)

    def of(self, text: Text | None) -> str:
        """A text of the pack; nothing is the empty string."""
        return wording.of(text, self.language) if text is not None else ""

    def say(self, key: str, **parts: object) -> str:
        """A word of the rulebook."""
        return say(key, self.language, **parts)

    def clause(self, one: Condition) -> Clause:
        """A condition as a tree."""
        return clause(self.pack, one, self.language)

    def layer(self, ident: str) -> str:
        """The title of an overlay, or the base's name for the empty id."""
        return self.titles.get(ident, ident) if ident else self.say("base")

    def origin(self, kind: str, ident: str) -> Origin:
        """Who brought and who changed one thing of the pack."""
        name = f"{kind}/{ident}"
        layer, changed = self.pack.origins.get(name, ""), self._changers.get(name, ())
        words = self.layer(layer)
        by = joined([self.layer(one) for one in changed], self.language)
        told = self.say("changed_by", title=words, by=by) if changed else words
        return Origin(layer, words, changed, told)

    def cites(self, cites: Iterable[Cite]) -> tuple[Citation, ...]:
        """Citations with their document's title, legal force and whether it was checked."""
        return tuple(map(self._cite, cites))

    def _cite(self, one: Cite) -> Citation:
        source = self.pack.sources.get(one.source)
        if source is None:
            return Citation(one.source, one.source, one.at, "", "")
        return Citation(
            source=one.source,
            title=self.of(source.title),
            at=wording.pinpoint(one, self.language),
            row=source.force == "method" and one.at.isascii(),
            force=wording.say(source.force, self.language),
            checked=wording.checked(source, self.language),
            own=source.force == "method",
        )

    def basis(self, kind: Basis) -> str:
        """Whose statement it is."""
        return self.say(f"{kind}_plain")

    def verified(self, *, yes: bool) -> str:
        """Whether the text was compared with the original."""
        return wording.say("verified" if yes else "unverified", self.language)

    def day(self, one: date | None) -> str:
        """A date as documents write it, or nothing."""
        return wording.day(one, self.language) if one is not None else ""

    def validity(self, first: date | None, last: date | None) -> str:
        """From when to when, in words."""
        ends = (("from", first), ("until", last))
        told = [self.say(key, day=self.day(one)) for key, one in ends if one is not None]
        return ("，" if self.language == "zh" else ", ").join(told) or self.say("open_ended")

    def ref(self, one: Rule | Criterion | Item) -> Reference:
        """A thing by id and title."""
        return Reference(one.id, self.of(one.title))

    def duty(self, one: Obligation) -> Reference:
        """A duty by id and text."""
        return Reference(one.id, self.of(one.text))


def _changers(origins: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """`kind/id` → the layers that changed one of its values, in order of name."""
    found: dict[str, set[str]] = {}
    for name, layer in origins.items():
        parts = name.split("/", 2)
        if len(parts) > 2:  # noqa: PLR2004 - kind, id, field
            found.setdefault("/".join(parts[:2]), set()).add(layer)
    return {name: tuple(sorted(layers)) for name, layers in found.items()}
