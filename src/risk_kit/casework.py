"""From an answer file to an assessment: which pack, which day, and the result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from risk_kit import answers, catalogue
from risk_kit.answers import AnswerFile
from risk_kit.assess import Work, assess, assess_unanswered_as_none
from risk_kit.errors import BadInput, NotAvailable, Problem
from risk_kit.model import Pack
from risk_kit.yamlread import Path_


def open_case(
    file: AnswerFile,
    pack_name: str | None = None,
    overlays: tuple[str, ...] = (),
    as_of: date | None = None,
    *,
    unanswered_as_none: bool = False,
) -> Work:
    """Bind an answer file to its pack (or to `pack_name`) and assess it.

    The day is `as_of`, else the file's, else today. Raises NotAvailable and BadInput.
    """
    chosen = tuple(dict.fromkeys((*file.overlays, *overlays)))
    try:
        pack = catalogue.pack(pack_name or file.framework, chosen)
    except NotAvailable as error:
        raise NotAvailable(*(_placed(one, file, pack_name) for one in error.problems)) from error
    bound = answers.bind(file, pack, _others(file, pack))
    day = as_of or file.as_of or date.today()  # noqa: DTZ011 - a calendar day where the user sits
    meaning = assess_unanswered_as_none if unanswered_as_none else assess
    return Work(pack, bound, meaning(pack, bound, day))


def _others(file: AnswerFile, pack: Pack) -> frozenset[str]:
    """Questions asked beside the pack's own: one file may answer several shipped frameworks.

    Raises BadInput when the file is of another framework that asks nothing of what the pack asks.
    """
    given = file.document.value["answers"]
    own, ident = file.framework.partition("@")[0], pack.framework.id
    if own == ident and all(q in pack.questions for q in given):
        return frozenset()
    shipped = {own, ident} <= set(catalogue.shipped())
    if own != ident and not (shipped and any(q in pack.questions for q in given)):
        facts = {"wanted": file.framework, "id": ident}
        raise BadInput(file.document.problem("framework_differs", ("framework",), **facts))
    return catalogue.asked_beside(ident) if shipped else frozenset()


def _placed(problem: Problem, file: AnswerFile, pack_name: str | None) -> Problem:
    """What is not here, at the place that names it: a line of the answer file, or an option."""
    if problem.file is not None:
        return problem
    ident = problem.facts.get("id")
    if problem.code == "no_overlay":
        if ident not in file.overlays:
            return replace(problem, path="--overlay")
        path: Path_ = ("overlays", file.overlays.index(ident))
    elif pack_name:
        return replace(problem, path="--pack")
    else:
        path = ("framework",)
    return file.document.problem(problem.code, path, **problem.facts)


def reaches(work: Work, level: str) -> bool:
    """Whether the upper bound of the tier reaches `level`. Raises BadInput for an unknown level."""
    scale = work.pack.main_scale
    offered = [one.id for one in scale.levels]
    if level not in offered:
        near = get_close_matches(level, offered, 1)
        facts = {"scale": scale.id, "id": level, "offered": offered, "near": near}
        raise BadInput(Problem("no_level", facts, path="--fail-at"))
    high = work.assessment.tier.high
    return high is not None and scale.position(high) >= scale.position(level)
