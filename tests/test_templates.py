"""An agency's template: its seal and words in every rendering, told by name and digest."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from click.testing import CliRunner
from PIL import Image

from risk_kit import answers, casework, catalogue, picture, rendering, templates
from risk_kit.appearance import texts
from risk_kit.assess import Work
from risk_kit.cli import main
from risk_kit.document import Heading, Language, Picture
from risk_kit.edition import Edition
from risk_kit.errors import BadInput, NotAvailable, RiskKitError
from risk_kit.report_words import HEADINGS, WORDS

SAMPLE: Final = catalogue.shelf().frameworks / "tw-ai-risk" / "samples" / "scribe.yaml"
WHOLE: Final = """\
format: risk-kit/template/1
name: 示範市
title: {zh: 示範市自評報告, en: City self-assessment}
header: {zh: 示範市政府, en: Demonstration City}
opening: {zh: 依要點製作。, en: Made under the rules.}
closing: {zh: 核定後備查。, en: Filed once approved.}
headings:
  why: {zh: 結果之理由, en: Grounds of the result}
seal:
  file: seal.png
  alt: {zh: 市徽, en: Seal of the city}
"""
BLOCKS: Final = '{% extends "report.html.j2" %}{% block footer %}<p>電話</p>{% endblock %}'


def png(size: tuple[int, int] = (40, 20), mode: str = "RGBA") -> bytes:
    target = BytesIO()
    Image.new(mode, size, 1 if mode == "P" else "red").save(target, "PNG")
    return target.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "city"
    made.mkdir()
    (made / "template.yaml").write_text(WHOLE, encoding="utf-8")
    (made / "seal.png").write_bytes(png())
    (made / "report.html.j2").write_text(BLOCKS, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def work() -> Work:
    return casework.open_case(answers.read(SAMPLE))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_and_the_seal_are_in_the_report(
    folder: Path, work: Work, language: Language
) -> None:
    template = templates.read(folder)
    made = rendering.built(work, language, Edition("full", (), template))
    shown = list(texts(made.blocks))
    for text in (template.opening, template.closing, template.headings["why"]):
        assert text is not None
        assert getattr(text, language) in shown
    assert template.title is not None
    assert made.title == getattr(template.title, language)
    (seal,) = [block for block in made.blocks if isinstance(block, Picture)]
    assert (seal.width, seal.height) == (96, 48)
    assert {template.name, template.digest} <= set(shown)
    assert json.loads(made.attachments[0].data)["template"] == {
        "name": "示範市",
        "digest": template.digest,
    }


def test_what_must_be_said_is_said_first_and_stays(folder: Path, work: Work) -> None:
    plain = rendering.built(work, "zh")
    made = rendering.built(work, "zh", Edition("full", (), templates.read(folder)))
    assert made.header.index(WORDS["pages_of"].zh) < made.header.index("示範市政府")
    kept = set(texts(plain.blocks)) - {WORDS["why"].zh}
    assert kept <= set(texts(made.blocks))


def test_every_heading_that_may_be_worded_can_be(folder: Path, work: Work) -> None:
    lines = "".join(f"  {key}: {{zh: 標題{key}, en: Heading {key}}}\n" for key in HEADINGS)
    text = f"format: risk-kit/template/1\nname: a\nheadings:\n{lines}"
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    made = rendering.built(work, "en", Edition("full", (), templates.read(folder)))
    plain = {one.text for one in rendering.built(work, "en").blocks if isinstance(one, Heading)}
    words = {WORDS[key].en for key in HEADINGS} & plain
    assert not words & {one.text for one in made.blocks if isinstance(one, Heading)}


def test_every_rendering_carries_it(folder: Path, work: Work) -> None:
    edition = Edition("full", (), templates.read(folder))
    page = rendering.render(work, "zh", Path("a.html"), None, edition).decode()
    assert 'alt="市徽"' in page
    assert "<p>電話</p>" in page
    assert "示範市自評報告" in page
    data = rendering.render(work, "zh", Path("a.pdf"), None, edition)
    assert data == rendering.render(work, "zh", Path("b.pdf"), None, edition)
    with pikepdf.Pdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_the_digest_is_of_every_file(folder: Path) -> None:
    first = templates.read(folder).digest
    seen = {first}
    (folder / "unused.txt").write_text("x", encoding="utf-8")
    assert templates.read(folder).digest == first
    for name, data in (
        ("seal.png", png((20, 20))),
        ("report.html.j2", BLOCKS.encode() + b"\n"),
        ("template.yaml", WHOLE.encode() + b"\n"),
    ):
        (folder / name).write_bytes(data)
        seen.add(templates.read(folder).digest)
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("name: 示範市", "nam: 示範市", "unknown_key", 2),
        ("  why:", "  attest:", "unknown_key", 8),
        ("  why:", "  pages_of:", "unknown_key", 8),
        ("file: seal.png", "file: ../seal.png", "bad_picture_name", 10),
        ("file: seal.png", "file: seal.svg", "bad_picture_name", 10),
        (", en: Demonstration City", "", "missing_key", 4),
        ("zh: 示範市政府", f"zh: {'長' * 61}", "too_long", 4),
        ("risk-kit/template/1", "risk-kit/template/9", "not_offered", 1),
        ("file: seal.png", "file: none.png", "no_file", None),
    ],
)
def test_faults_are_told_with_file_and_line(
    folder: Path, old: str, new: str, code: str, line: int | None
) -> None:
    (folder / "template.yaml").write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RiskKitError) as error:
        templates.read(folder)
    assert (code, line) in [(one.code, one.line) for one in error.value.problems]
    for one in error.value.problems:
        assert one.file is not None
        assert Path(one.file).is_relative_to(folder)


def test_a_fault_of_the_page_is_told_with_its_file(folder: Path) -> None:
    (folder / "report.html.j2").write_text(BLOCKS + "\n{{ files }}", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        templates.read(folder)
    (found,) = error.value.problems
    assert (found.line, found.file) == (2, str(folder / "report.html.j2"))
    (folder / "report.html.j2").write_bytes(b"\xff")
    with pytest.raises(BadInput):
        templates.read(folder)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\0" * 50,
        png()[:60],
        png()[:40] + b"\0" * 20 + png()[60:],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png((2001, 1)),
        png() + b"\0" * picture.MOST_BYTES,
    ],
)
def test_a_picture_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as error:
        picture.png(data, "seal.png")
    assert error.value.problems[0].code == "bad_picture"


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    """A few kilobytes that claim to be a hundred million points."""
    claim = png()[:16] + (10_000).to_bytes(4) * 2 + png()[24:]
    with pytest.raises(BadInput):
        picture.png(claim, "seal.png")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_is_written_anew(mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (8, 4)).save(target, "PNG")
    data, width, height = picture.png(target.getvalue() + b"trailing", "seal.png")
    assert (width, height) == (8, 4)
    assert b"trailing" not in data
    assert data == picture.png(data, "seal.png")[0]


def test_a_wide_seal_stays_on_the_page(folder: Path) -> None:
    (folder / "seal.png").write_bytes(png((2000, 10)))
    seal = templates.read(folder).seal
    assert seal is not None
    assert (seal.width, seal.height) == (templates.MOST_WIDTH, 2)


# -- where they are --------------------------------------------------------------------------------


def test_templates_are_found_by_name_and_digest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = templates.read(folder)
    monkeypatch.setenv(templates.FOLDERS, os.pathsep.join(["", "nowhere", str(folder.parent)]))
    assert templates.named("示範市") == known
    assert templates.by_digest("x", known.digest) == known
    assert templates.offered() == (known,)
    with pytest.raises(NotAvailable):
        templates.named("別的")
    monkeypatch.setenv(templates.FOLDERS, str(folder))
    assert templates.named("示範市") == known
    monkeypatch.delenv(templates.FOLDERS)
    assert templates.offered() == ()
    with pytest.raises(NotAvailable):
        templates.by_digest("示範市", known.digest)


def test_a_broken_template_hides_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = folder.parent / "broken"
    broken.mkdir()
    (broken / "template.yaml").write_text("name: [", encoding="utf-8")
    monkeypatch.setenv(templates.FOLDERS, str(folder.parent))
    assert [one.name for one in templates.offered()] == ["示範市"]


def test_the_command_takes_a_template(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    done = CliRunner().invoke(
        main, ["report", str(SAMPLE), "-o", str(out), "--template", str(folder)]
    )
    assert done.exit_code == 0
    assert "<p>電話</p>" in out.read_text("utf-8")
    wrong = ["report", str(SAMPLE), "-o", str(out), "--template", "nowhere"]
    done = CliRunner().invoke(main, wrong)
    assert (done.exit_code, "RISK_KIT_TEMPLATES" in done.output) == (2, True)


def test_markup_in_a_template_is_text(folder: Path, work: Work) -> None:
    evil = "</title><script>alert(1)</script>{{ 7*7 }}"
    text = WHOLE.replace("zh: 依要點製作。", f"zh: '{evil}'").replace(
        "name: 示範市", f"name: '{evil}'"
    )
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    template = templates.read(folder)
    page = rendering.render(
        work, "zh", Path("a.html"), None, Edition("full", (), replace(template))
    ).decode()
    assert "<script>" not in page
    assert "{{ 7*7 }}" in page


def test_the_template_of_the_documentation_works(tmp_path: Path, work: Work) -> None:
    page = (Path(__file__).parents[1] / "docs" / "templates.md").read_text("utf-8")
    for mark, name in (("yaml template", "template.yaml"), ("jinja", "report.html.j2")):
        found = page.partition(f"```{mark}\n")[2].partition("```")[0]
        (tmp_path / name).write_text(found, encoding="utf-8")
    (tmp_path / "seal.png").write_bytes(png())
    edition = Edition("full", (), templates.read(tmp_path))
    made = rendering.render(work, "zh", Path("a.html"), None, edition).decode()
    assert "聯絡電話：1999" in made
    assert all(f"`{key}`" in page for key in HEADINGS)
