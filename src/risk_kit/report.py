"""Assessment → Report: what the document says. Computes no score and no tier; reads no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from risk_kit import __version__, wording
from risk_kit.assess import Work
from risk_kit.digest import canonical
from risk_kit.distance import Distance
from risk_kit.document import Attachment, Block, Heading, Language, PageBreak, Report
from risk_kit.edition import FULL, Edition
from risk_kit.report_items import item_blocks
from risk_kit.report_pages import ROLES, Pages
from risk_kit.report_profiles import summary, tracking, withheld_notice
from risk_kit.report_response import response_blocks
from risk_kit.report_words import HEADINGS
from risk_kit.wire import answers_json, assessment_json
from risk_kit.withheld import publishable

__all__ = ["ATTACHED", "FORMAT", "ROLES", "attached_json", "build"]

FORMAT = "risk-kit/report/1"
ATTACHED = "assessment.json"


def build(
    work: Work, language: Language, near: Distance | None = None, edition: Edition = FULL
) -> Report:
    """The report of one assessed case in one language: "zh" or "en"; with `near`, its place too.

    What the edition withholds is neither on the pages nor in what is attached.
    """
    pages = Pages(_shown(work, language, edition), language, near, edition)
    title = _title(pages)
    return Report(
        language=language,
        title=title,
        subject=pages.held.case.get("name", pages.word("untitled")),
        author=pages.held.case.get("agency", "risk_kit"),
        header="｜".join((title, pages.word("pages_of"), *_header(pages))),
        page_label=pages.word("page"),
        date=work.assessment.as_of,
        blocks=tuple(_worded(block, pages) for block in _blocks(pages)),
        attachments=(_attachment(pages),),
    )


def attached_json(work: Work, language: Language, edition: Edition = FULL) -> dict[str, object]:
    """What travels inside the report: toolkit, language, edition, answers and what follows."""
    return _attached(_shown(work, language, edition), language, edition)


def _attached(shown: Work, language: Language, edition: Edition) -> dict[str, object]:
    made = edition.template
    return {
        "format": FORMAT,
        "toolkit": __version__,
        "language": language,
        "profile": edition.profile,
        **({"revealed": sorted(edition.revealed)} if edition.revealed else {}),
        **({} if made is None else {"template": {"name": made.name, "digest": made.digest}}),
        "answers": answers_json(shown.pack, shown.answers, shown.assessment.as_of),
        "assessment": assessment_json(shown.pack, shown.assessment),
    }


def _shown(work: Work, language: Language, edition: Edition) -> Work:
    """The case as the edition shows it; it states the digest of the full answers."""
    if edition.profile != "publishable":
        return work
    digest = edition.answers_digest or work.assessment.answers_digest
    less = publishable(work, language, edition.revealed)
    return replace(less, assessment=replace(less.assessment, answers_digest=digest))


def _attachment(pages: Pages) -> Attachment:
    data = canonical(_attached(pages.work, pages.language, pages.edition))
    return Attachment(ATTACHED, "application/json", data, pages.word("attachment"))


def _title(pages: Pages) -> str:
    template, profile = pages.edition.template, pages.edition.profile
    own = template.title if template is not None else None
    title = pages.word("title") if own is None else wording.of(own, pages.language)
    if profile == "full":
        return title
    return pages.word("titled").format(title=title, profile=pages.word(f"profile_{profile}"))


def _header(pages: Pages) -> Iterator[str]:
    """The agency's line comes last: whatever its length, what must be said is said."""
    template = pages.edition.template
    if template is not None and template.header is not None:
        yield wording.of(template.header, pages.language)


def _worded(block: Block, pages: Pages) -> Block:
    """A heading in the agency's words, where it has its own."""
    template = pages.edition.template
    if template is None or not isinstance(block, Heading):
        return block
    for key, text in template.headings.items():
        if key in HEADINGS and block.text == pages.word(key):
            return replace(block, text=wording.of(text, pages.language))
    return block


def _blocks(pages: Pages) -> Iterator[Block]:
    yield from pages.head()
    match pages.edition.profile:
        case "summary":
            yield from summary(pages)
        case "tracking":
            yield from tracking(pages)
        case "publishable":
            yield withheld_notice(pages)
            yield from _full(pages)
        case "full":
            yield from _full(pages)


def _full(pages: Pages) -> Iterator[Block]:
    yield from pages.opening()
    yield from pages.why()
    yield from pages.open()
    yield from pages.other_scales()
    yield from pages.duties()
    yield from response_blocks(pages.work, pages.language)
    yield from item_blocks(pages.work, pages.language)
    yield from pages.answers()
    yield from pages.sources()
    yield PageBreak()
    yield from pages.closing()
