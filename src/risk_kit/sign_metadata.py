"""What signing tools write about themselves: their name and the time, and nothing that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.generic import DictionaryObject, Reference, StreamObject
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.diff_analysis.rules_api import Context, ReferenceUpdate, WhitelistRule

MAX_BYTES: Final = 256 * 1024
_OWN_INFO: Final = {"/ModDate", "/Producer"}
_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_OWN_XMP: Final = {
    "{http://ns.adobe.com/pdf/1.3/}Producer",
    "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "{http://ns.adobe.com/xap/1.0/}MetadataDate",
}
_HISTORY: Final = "{http://ns.adobe.com/xap/1.0/mm/}"
_Statements = dict[str, tuple[str, ...]]


class OwnTraces(WhitelistRule):
    """An update may say which tool made it and when; title, author and all the rest must stay."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        """The references that may change. Raises SuspiciousModification when more did."""
        for place, holder, same in (
            (("/Info",), (old.trailer_view, new.trailer_view), _same_info),
            (("/Root", "/Metadata"), (old.root, new.root), _same_xmp),
        ):
            key = place[-1]
            before, after = (_reference(one, key) for one in holder)
            if before is None and after is None:
                continue
            if before is None or after is None or not same(_at(old, before), _at(new, after)):
                raise SuspiciousModification(f"{key} says something else")
            if before == after or old.is_ref_unassignable(after):
                where = Context.from_absolute(old, RawPdfPath(*place))
                yield ReferenceUpdate(after, context_checked=where)


def _reference(holder: DictionaryObject, key: str) -> Reference | None:
    found = holder.get_value_as_reference(key, optional=True)
    return found if isinstance(found, Reference) else None  # type: ignore[redundant-expr]


def _at(view: HistoricalResolver, reference: Reference) -> object:
    return view.get_object(reference)


def _same_info(before: object, after: object) -> bool:
    if not isinstance(before, DictionaryObject) or not isinstance(after, DictionaryObject):
        return False
    keys = (set(before) | set(after)) - _OWN_INFO
    return all(key in before and key in after and before[key] == after[key] for key in keys)


def _same_xmp(before: object, after: object) -> bool:
    if not isinstance(before, StreamObject) or not isinstance(after, StreamObject):
        return False
    return _statements(before) == _statements(after)


def _statements(stream: StreamObject) -> _Statements:
    """What the packet says, but for the marks of tools. Raises SuspiciousModification."""
    data = bytes(stream.read_data(DecodePurpose.XMP_METADATA))
    if len(data) > MAX_BYTES or b"<!" in data:  # no document type, hence no entities
        raise SuspiciousModification("the metadata are no plain XMP")
    try:
        tree = ET.fromstring(data)  # noqa: S314  checked above
    except ET.ParseError as error:
        raise SuspiciousModification("the metadata are no XML") from error
    found: _Statements = {}
    for description in tree.iter(f"{_RDF}Description"):
        found |= {name: (value,) for name, value in description.attrib.items()}
        found |= {child.tag: _texts(child) for child in description}
    own = _OWN_XMP | {f"{_RDF}about"}
    return {k: v for k, v in found.items() if k not in own and not k.startswith(_HISTORY)}


def _texts(element: ET.Element) -> tuple[str, ...]:
    inner = [one for each in element.iter() for one in (*each.attrib.values(), each.text or "")]
    return tuple(one.strip() for one in inner if one.strip())
