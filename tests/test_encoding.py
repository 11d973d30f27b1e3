"""The generated pages of docs/encoding are those that the packs give now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import encoding


def test_the_generated_pages_are_current() -> None:
    assert encoding.stale(encoding.pages()) == [], "run: make encoding"


def test_a_page_that_differs_is_missing_or_too_many_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "FOLDER", tmp_path)
    for name, text in {"same.md": "a", "old.md": "b", "gone.md": "c", "README.md": "d"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = {"same.md": "a", "old.md": "B", "new.md": "n"}
    assert encoding.stale(made) == ["gone.md", "new.md", "old.md"]


def test_the_overview_links_to_every_page_and_every_link_leads_somewhere() -> None:
    overview = (encoding.FOLDER / "README.md").read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(([^)#]+)\)", overview))
    assert {path.name for path in encoding.FOLDER.glob("*.md")} - {"README.md"} <= links
    assert [one for one in links if not (encoding.FOLDER / one).is_file()] == []


def test_links_between_generated_pages_lead_somewhere() -> None:
    pages = {path.name: path.read_text("utf-8") for path in encoding.FOLDER.glob("*.md")}
    for name, text in pages.items():
        for page, anchor in re.findall(r"\]\(([^()#]*)#([^)]+)\)", text):
            assert f'<a id="{anchor}"></a>' in pages[page or name], (name, page, anchor)
