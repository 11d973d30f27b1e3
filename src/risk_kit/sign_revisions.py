"""A PDF read as a chain of updates, within bounds, and the one policy on what an update may change.

The bounds are for files made to hurt: they end a reading that would take minutes. The policy is for
files made to deceive: after the first revision only empty signature fields may be filled.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DecodePurpose, StreamDecodeLimits
from pyhanko.pdf_utils.generic import DictionaryObject, PdfObject, Reference
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DSSCompareRule,
    FormUpdatingRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import VALUE_UPDATE_KEYS
from pyhanko.sign.diff_analysis.form_rules_api import (
    FieldComparisonContext,
    FieldMDPRule,
    FormUpdate,
)

from risk_kit.errors import BadPdf, Problem, RiskKitError
from risk_kit.sign_metadata import OwnTraces
from risk_kit.sign_uses import Known, NotPlain, Uses

MAX_BYTES = 50 * 1024 * 1024
MAX_REVISIONS = 50
MAX_SECONDS = 5.0
_JUMPS_PER_REVISION = 8
_READS_PER_CHECK = 256  # the library reads byte by byte
_SEEK, _READ = BytesIO.seek, BytesIO.read
_MIB = 1024 * 1024
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=16 * _MIB),
    per_purpose={
        DecodePurpose.OBJECT_STREAM: StreamDecodeLimits(max_output_size=4 * _MIB),
        DecodePurpose.XREF_STREAM: StreamDecodeLimits(max_output_size=_MIB // 4),
    },
)
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF(?:\r\n|\r|\n)?")


def bad_pdf(code: str, **facts: object) -> BadPdf:
    """The error that refuses a PDF for the reason `code`."""
    return BadPdf(Problem(code, facts))


class _Bounds:
    """How far one reading may go; shared by the stream and the resolvers of one file."""

    def __init__(self) -> None:
        self.deadline = time.monotonic() + MAX_SECONDS
        self.jumps_left: int | None = _JUMPS_PER_REVISION * (MAX_REVISIONS + 2)

    def check(self) -> None:
        if time.monotonic() > self.deadline:
            raise bad_pdf("pdf_too_complex", seconds=int(MAX_SECONDS))

    def jump(self) -> None:
        if self.jumps_left is None:
            return
        self.jumps_left -= 1
        if self.jumps_left < 0:
            raise bad_pdf("pdf_too_many_revisions", limit=MAX_REVISIONS)


class _BoundedStream(BytesIO):
    """Bytes whose reader is stopped at the deadline, and after too many jumps while it opens.

    Each revision is found by an absolute jump; without that bound, a chain of a hundred thousand
    tiny revisions would be read whole before anybody could count them.
    """

    def __init__(self, data: bytes, bounds: _Bounds) -> None:
        super().__init__(data)
        self._bounds = bounds

    _reads = 0

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if whence == 0:
            self._bounds.check()
            self._bounds.jump()
        return _SEEK(self, offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        self._reads += 1
        if not self._reads % _READS_PER_CHECK:
            self._bounds.check()
        return _READ(self, size)


class _BoundedResolver(HistoricalResolver):
    """A view on one revision, stopped at the deadline: shared objects make paths without end."""

    reader: _BoundedReader
    _uses: Uses | None = None

    def _load_reverse_xref_cache(self) -> None:
        if self._uses is not None:
            return
        try:
            self._uses = Uses(self, self.reader.data, self.reader.scanned, self.reader.bounds.check)
        except NotPlain:
            super()._load_reverse_xref_cache()  # type: ignore[no-untyped-call]

    def _get_usages_of_ref(self, ref: Reference) -> set[RawPdfPath]:
        if self._uses is not None:
            return self._uses.of(ref)
        found: set[RawPdfPath] = super()._get_usages_of_ref(ref)
        return found

    def get_object(
        self,
        ref: Reference,
        as_metadata_stream: bool = False,  # noqa: FBT001, FBT002  the library's own signature
    ) -> PdfObject:
        self.reader.bounds.check()
        found: PdfObject = super().get_object(ref, as_metadata_stream)
        return found


class _BoundedReader(PdfFileReader):
    def __init__(self, data: bytes) -> None:
        self.bounds = _Bounds()
        self.data = data
        self.scanned: Known = {}
        self._views: dict[int, HistoricalResolver] = {}
        super().__init__(_BoundedStream(data, self.bounds), strict=True, decode_limits=_LIMITS)
        self.bounds.jumps_left = None

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        if revision not in self._views:
            self._views[revision] = _BoundedResolver(self, revision)
        return self._views[revision]


class UpdateWriter(IncrementalPdfFileWriter):
    """Appends one update that leaves the metadata alone: the clock is not read, dates stay."""

    def _update_meta(self) -> None:
        return


@contextmanager
def refusing() -> Iterator[None]:
    """Turn whatever a library raises over a damaged file into BadPdf `pdf_malformed`."""
    try:
        yield
    except RiskKitError:
        raise
    except Exception as error:
        raise bad_pdf("pdf_malformed") from error


def open_pdf(pdf: bytes) -> PdfFileReader:
    """Open a PDF strictly. Raises BadPdf: not one, too large, encrypted, hybrid or damaged."""
    if not pdf.startswith(b"%PDF-"):
        raise bad_pdf("pdf_not_pdf")
    if len(pdf) > MAX_BYTES:
        raise bad_pdf("pdf_too_large", limit_mb=MAX_BYTES // _MIB, size_mb=len(pdf) // _MIB)
    with refusing():
        reader = _BoundedReader(pdf)
        if reader.total_revisions > MAX_REVISIONS:
            raise bad_pdf("pdf_too_many_revisions", limit=MAX_REVISIONS)
        if "/Encrypt" in reader.trailer:
            raise bad_pdf("pdf_encrypted")
        if reader.xrefs.hybrid_xrefs_present:
            raise bad_pdf("pdf_hybrid")
    return reader


def base_length(reader: PdfFileReader, pdf: bytes) -> int:
    """The offset, in bytes, where the first revision ends and the first update begins."""
    return ends_at(reader, pdf, 0)


def ends_at(reader: PdfFileReader, pdf: bytes, revision: int) -> int:
    """The offset, in bytes, where a revision ends. Raises BadPdf where its end is not marked."""
    start = reader.xrefs.get_xref_container_info(revision).end_location
    expected = reader.xrefs.get_startxref_for_revision(revision)
    for match in _END.finditer(pdf, start):
        if int(match[1]) == expected:
            return match.end()
    raise bad_pdf("pdf_malformed")


class _SameFields(FieldMDPRule):
    """No field may be added or taken away, but for timestamps of the document that show nothing."""

    def apply(
        self, context: FieldComparisonContext
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        for name, spec in context.field_specs.items():
            added, gone = spec.old_field_ref is None, spec.new_field_ref is None
            if gone or (added and not _hidden_timestamp(spec.new_field)):
                raise SuspiciousModification(f"field {name} was added or removed")
        return ()


def _hidden_timestamp(field: DictionaryObject | None) -> bool:
    if field is None or field.get("/FT") != "/Sig" or "/V" not in field:
        return False
    flat = "/AP" not in field and "/Kids" not in field and not any(field.get("/Rect", [1]))
    return bool(flat and field["/V"].get("/Type") == "/DocTimeStamp")


_MAY_CHANGE = VALUE_UPDATE_KEYS | {"/M"}  # some tools note when they signed at the field too

FILL_SIGNATURES_ONLY = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(  # type: ignore[no-untyped-call]
            ignored_keys=frozenset(
                {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version", "/Perms"}
            )
        ),
        OwnTraces().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[
            _SameFields(),
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]
            SigFieldModificationRule(value_update_keys=_MAY_CHANGE),
        ],
        ignored_acroform_keys=frozenset({"/Fields", "/SigFlags"}),
    ),
)
"""What an update may do: fill an empty signature field, add validation data or a timestamp."""


def adds_validation_data_only(reader: PdfFileReader, revision: int) -> bool:
    """True when the update that made `revision` changed the store of validation data, and no more."""
    before, after = (reader.get_historical_resolver(n) for n in (revision - 1, revision))
    changed = after.explicit_refs_in_revision()  # type: ignore[no-untyped-call]
    known = _store_objects(after)
    if not changed & known:
        return False
    try:
        level = FILL_SIGNATURES_ONLY.apply(before, after).modification_level
    except SuspiciousModification:
        return False
    return bool(level <= ModificationLevel.LTA_UPDATES)


def _store_objects(view: HistoricalResolver) -> set[Reference]:
    if "/DSS" not in view.root:
        return set()
    found: set[Reference] = view.collect_dependencies(view.root.raw_get("/DSS"))
    return found


def same_document(reader: PdfFileReader) -> bool:
    """True when every revision keeps the catalogue of the first one."""
    views = [reader.get_historical_resolver(n) for n in range(reader.total_revisions)]
    return len({_entry(view, "/Root") for view in views}) == 1


def _entry(view: HistoricalResolver, key: str) -> str:
    trailer = view.trailer_view
    return repr(trailer.raw_get(key)) if key in trailer else ""
