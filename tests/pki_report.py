"""A small report to sign: pages, one attachment, three empty signature fields; and another tool."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from reportlab.pdfgen.canvas import Canvas

from risk_kit.sign import ROLES, Signer

ATTACHED = b'{"tier": "high"}'
STAMP = "D:20261122000000+08'00'"


@lru_cache
def report(pages: int = 2, word: str = "page") -> bytes:
    """The bytes of a PDF with the three fields of a report on its last page."""
    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"{word} {number}")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(drawn) as pdf:
        leaf = pdf.pages[-1].obj
        fields = [pdf.make_indirect(_box(role, 50 + 160 * n)) for n, role in enumerate(ROLES)]
        leaf.Annots = pdf.make_indirect(pikepdf.Array(fields))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=3)
        pdf.attachments["assessment.json"] = pikepdf.AttachedFileSpec(
            pdf, ATTACHED, filename="assessment.json", creation_date=STAMP, mod_date=STAMP
        )
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            xmp["dc:title"] = word
        pdf.save(out := BytesIO(), deterministic_id=True)
    return out.getvalue()


def _box(role: str, x: int) -> pikepdf.Dictionary:
    kind = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Sig}
    return pikepdf.Dictionary(**kind, T=role, Rect=[x, 100, x + 147, 158], F=4)


class _Elsewhere(PdfSigner):
    """Another tool, whose clock is ours."""

    now: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> PdfSigningSession:  # noqa: ANN401
        session = super().init_signing_session(*given, **named)
        session.system_time = self.now
        return session


def signed_elsewhere(
    writer: IncrementalPdfFileWriter, role: str, who: Signer, at: datetime
) -> bytes:
    """Signed with a library alone, at that time: none of the product's refusals."""
    meta = PdfSignatureMetadata(field_name=role, subfilter=SigSeedSubFilter.PADES)
    tool = _Elsewhere(meta, who.key)
    tool.now = at
    out: BytesIO = tool.sign_pdf(writer)
    return out.getvalue()
