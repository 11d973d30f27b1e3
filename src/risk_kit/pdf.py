"""Report → PDF: the same bytes for the same report. Pages by ReportLab, the rest by pikepdf."""

from __future__ import annotations

import zlib
from datetime import date
from io import BytesIO
from threading import Lock
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.pdfgen.canvas import Canvas

from risk_kit import fonts
from risk_kit.appearance import cleaned, language_tag, texts
from risk_kit.document import Attachment, Report
from risk_kit.errors import BadPdf, Problem
from risk_kit.pdf_blocks import flow
from risk_kit.pdf_lines import one_line
from risk_kit.pdf_pages import GREY, HEIGHT, LEFT, RIGHT, ROOM, RULE, WIDTH, Page, Pen, paginate

_PRODUCER: Final = "risk_kit (ReportLab, pikepdf)"
_DRAWING = Lock()  # ReportLab's fonts keep a reading position that threads would share


def render(report: Report) -> bytes:
    """The report as PDF on A4, with its attachments and empty signature fields.

    The title and subject are set above the blocks. Only the report decides the bytes, and, for
    characters that the shipped fonts lack, the fonts of the system. Every font is embedded.

    Raises BadInput `no_glyph`, one problem for each character that no font has.
    """
    safe = cleaned(report)
    fonts.check(texts(safe))
    with _DRAWING:
        pages, fields = _draw(safe)
    return _complete(pages, safe, fields, report.attachments)


_Field = tuple[str, str, int, tuple[float, float, float, float]]


def _draw(report: Report) -> tuple[bytes, list[_Field]]:
    target = BytesIO()
    fonts.shipped(fonts.REGULAR)
    fonts.shipped(fonts.BOLD)
    canvas = Canvas(
        target,
        pagesize=(WIDTH, HEIGHT),
        pageCompression=0,  # qpdf packs the streams, and faster
        invariant=1,
        initialFontName=fonts.REGULAR,
        lang=language_tag(report.language),
    )
    canvas.setTitle(report.title)
    canvas.setAuthor(report.author)
    canvas.setSubject(report.subject)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pen = Pen(canvas)
    pages = paginate(flow(report))
    for number, page in enumerate(pages):
        _page(pen, page, report, (number, len(pages)))
    if any(page for page in pages) and canvas._outlines:  # noqa: SLF001 - no public way to ask
        canvas.showOutline()
    canvas.save()
    return target.getvalue(), pen.fields


def _page(pen: Pen, page: Page, report: Report, number: tuple[int, int]) -> None:
    pen.page = number[0]
    pen.text(one_line(report.header, 8.5, room=ROOM), (LEFT, 46), 8.5, GREY)
    pen.path([(LEFT, 53), (RIGHT, 53)], RULE)
    for y, strip in page:
        strip.draw(pen, y)
    label = report.page_label.replace("{pages}", str(number[1]))
    foot = one_line(label.replace("{page}", str(number[0] + 1)), 8.5, room=ROOM)
    pen.text(foot, ((LEFT + RIGHT - foot.width) / 2, HEIGHT - 36), 8.5, GREY)
    pen.turn()


def _complete(
    pages: bytes, report: Report, fields: list[_Field], attachments: tuple[Attachment, ...]
) -> bytes:
    with Pdf.open(BytesIO(pages)) as pdf:
        _describe(pdf, report)
        if attachments:
            _attach(pdf, report, attachments)
        if fields:
            _add_fields(pdf, fields)
        target = BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def _describe(pdf: Pdf, report: Report) -> None:
    stamp = _pdf_date(report.date)
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = String(stamp)
    pdf.docinfo["/Producer"] = String(_PRODUCER)
    pdf.docinfo["/Creator"] = String("risk_kit")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = report.title
        xmp["dc:creator"] = [report.author]
        xmp["dc:description"] = report.subject
        xmp["dc:language"] = {language_tag(report.language)}
        xmp["pdf:Producer"] = _PRODUCER
        xmp["xmp:CreatorTool"] = "risk_kit"
        for key in ("xmp:CreateDate", "xmp:ModifyDate"):
            xmp[key] = f"{report.date.isoformat()}T00:00:00+08:00"


def _attach(pdf: Pdf, report: Report, attachments: tuple[Attachment, ...]) -> None:
    stamp = _pdf_date(report.date)
    for one, raw in zip(report.attachments, attachments, strict=True):
        spec = pikepdf.AttachedFileSpec(
            pdf,
            raw.data,
            description=one.description,
            filename=one.name,
            mime_type=one.mime,
            creation_date=stamp,
            mod_date=stamp,
        )
        spec.obj.AFRelationship = Name.Data
        pdf.attachments[one.name] = spec
    pdf.Root.AF = Array([pdf.attachments[one.name].obj for one in report.attachments])


def _add_fields(pdf: Pdf, fields: list[_Field]) -> None:
    widgets = Array()
    for name, label, page, rectangle in fields:
        leaf = pdf.pages[page].obj
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(name),
                TU=String(label),
                F=4,  # printed with the page
                Rect=Array([round(edge, 2) for edge in rectangle]),
                P=leaf,
            )
        )
        if "/Annots" not in leaf:
            leaf.Annots = Array()
        leaf.Annots.append(widget)
        widgets.append(widget)
    # 3: there are signature fields, and only appending keeps signatures whole.
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=widgets, SigFlags=3))


def attachment(data: bytes, name: str, most: int) -> bytes | None:
    """The attached file of that name, or None. Raises BadPdf when the PDF or file cannot be read."""
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            if name not in pdf.attachments:
                return None
            stream = pdf.attachments[name].get_file().obj
            packed = stream.get("/Filter") == Name.FlateDecode
            return _unpacked(stream.read_raw_bytes(), most) if packed else b""
    except (pikepdf.PdfError, zlib.error, ValueError, KeyError, AttributeError) as error:
        raise BadPdf(Problem("bad_attachment", {"name": name})) from error


def _unpacked(raw: bytes, most: int) -> bytes:
    """Inflate, but never beyond `most` bytes: an attachment may be a bomb."""
    found = zlib.decompressobj().decompress(raw, most + 1)
    if len(found) > most:
        raise ValueError(most)
    return found


def _pdf_date(day: date) -> str:
    """Midnight in Taiwan of a date, as PDF writes times."""
    return f"D:{day:%Y%m%d}000000+08'00'"
