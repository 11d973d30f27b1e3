"""Report → an editable text document (OpenDocument, ODT): the same bytes for the same report.

Headings have outline levels, tables head rows that repeat, pages a header and a numbered footer.
Attachments and signature fields stay with the PDF: a document that may be edited binds nobody.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from importlib.resources import files
from io import BytesIO
from itertools import zip_longest
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from odfdo import Container, Document, Element, XmlPart

from risk_kit.appearance import WORDS, cleaned, language_tag
from risk_kit.document import Language, Report
from risk_kit.odf_blocks import Writing
from risk_kit.odf_parts import Styles, document_content, paragraph

_NOT_NEEDED: Final = ("Configurations2/", "Thumbnails/", "manifest.rdf")
_NUMBERS: Final = {"{page}": "text:page-number", "{pages}": "text:page-count"}
_LOCALES: Final[dict[Language, tuple[str, str]]] = {"zh": ("zh", "TW"), "en": ("en", "US")}
_VERSION: Final = "1.4"  # of OpenDocument, as odfdo writes it
_FIRST_YEAR: Final = 1980  # that a zip archive can tell


def render(report: Report) -> bytes:
    """The report as ODT on A4: the same content in the same order as its PDF, without attachments.

    Only the report decides the bytes. Texts are cleaned as in the PDF; nothing in them is read as
    a field, a formula or markup.
    """
    safe = cleaned(report)
    document = Document("text")
    _leave_out(document)
    _dress(document, safe)
    _describe(document, safe)
    _fill(document, safe)
    target = BytesIO()
    document.save(target)
    return _packed(target, safe.date)


def _leave_out(document: Document) -> None:
    container = _parts(document)
    for name in list(container.parts):
        if name.startswith(_NOT_NEEDED):
            container.del_part(name)
    for name in document.manifest.get_paths():
        if str(name).startswith(_NOT_NEEDED):
            document.manifest.del_full_path(str(name))


def _parts(document: Document) -> Container:
    if document.container is None:
        raise LookupError("container")
    return document.container


def _one(part: XmlPart, path: str) -> Element:
    found = part.get_element(path)
    if found is None:
        raise LookupError(path)
    return found


def _dress(document: Document, report: Report) -> None:
    """Styles, language, running header and footer."""
    place = files("risk_kit") / "data" / "templates" / "report.odt-styles.xml"
    _parts(document).set_part("styles.xml", place.read_bytes())
    styles = document.styles
    language, country = _LOCALES[report.language]
    default = "//style:default-style[@style:family='paragraph']/style:text-properties"
    properties = _one(styles, default)
    for suffix in ("", "-asian"):
        prefix = "style" if suffix else "fo"
        properties.set_attribute(f"{prefix}:language{suffix}", "zh" if suffix else language)
        properties.set_attribute(f"{prefix}:country{suffix}", "TW" if suffix else country)
    head = _one(styles, "//style:master-page/style:header/text:p")
    head.append(" ".join(report.header.split("\n")))
    foot = _one(styles, "//style:master-page/style:footer/text:p")
    for part in re.split("({page}|{pages})", " ".join(report.page_label.split("\n"))):
        if part in _NUMBERS:
            foot.append(_number(part))
        elif part:
            foot.append(part)


def _number(part: str) -> Element:
    made = Element.from_tag(_NUMBERS[part])
    if part == "{page}":
        made.set_attribute("text:select-page", "current")
    made.text = "1"
    return made


def _describe(document: Document, report: Report) -> None:
    meta = document.meta
    when = datetime(report.date.year, report.date.month, report.date.day)  # noqa: DTZ001
    meta.title, meta.subject = report.title, report.subject
    meta.language = language_tag(report.language)
    meta.creator = meta.initial_creator = report.author
    meta.creation_date = meta.date = when


def _fill(document: Document, report: Report) -> None:
    styles = Styles()
    writing = Writing(styles, report.language)
    body = [paragraph(report.title, "Title")]
    if report.subject:
        body.append(paragraph(report.subject, "Subtitle"))
    body.append(paragraph(WORDS[report.language]["editable"], "Notice"))
    for block, following in zip_longest(report.blocks, report.blocks[1:]):
        body += writing.add(block, following)
    parts = _parts(document)
    for name, data in writing.pictures.items():
        parts.set_part(name, data)
        document.manifest.add_full_path(name, "image/png")
    parts.set_part("content.xml", document_content(styles.elements(), body, _VERSION))


def _packed(archive: BytesIO, day: date) -> bytes:
    """The same archive with the report's date on every file, in a fixed order."""
    stamp = (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0)
    target = BytesIO()
    with ZipFile(archive) as made, ZipFile(target, "w") as fresh:
        names = sorted(made.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            info = ZipInfo(name, stamp)
            info.external_attr = 0o644 << 16
            kind = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            fresh.writestr(info, made.read(name), kind)
    return target.getvalue()
