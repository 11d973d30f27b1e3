# ruff: noqa: INP001, E501 - a script of long lines
"""The table of benchmarks/README.md from the numbers of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Found = Mapping[str, Any]

HEAD = """# Benchmarks

Made by `make bench`; do not edit. Everything is measured in one process, on one thread, as the median of five rounds in which each contestant has its turn. The peers' results are compared with ours on a sample before anything is timed.

The job ({job}) is seeded: 120 questions (60 yes/no, 30 choices of 3 to 6 options, 15 of many options, 15 whole numbers from 0 to 10), 200 rules of depth 2 to 3, six score dimensions, 20 gates that raise one tier, half of them asking for a score.

Machine: {processor}, {cores} cores, Python {python}, {system}; load average {load} at the end of the run. Ratios say more than times: above 1, we are faster.
"""

FAIR = """
What is compared, and what is not:

- **Ranges.** The ratios compare the same full answer sets. Ours would give ranges if anything were missing; peers have no such notion: with an answer missing they fail or take it for a no. The last column divides by our time for sets with one answer in five missing, which is more work than any peer does.
- **One case.** Reading or building rules is outside the clock for all. A peer gets a dict of plain values in its best form. Where a peer has a quicker way than its documentation shows, both rows are there. The ratio of cel-expr-python is taken from its quickest way, that of zen-engine from its documented decision graph; its bare list expression is much quicker, as its row says.
- **Many cases.** Each keeps its answers in its own form of columns in memory: ours is bit planes. The second row starts from one byte per question and case instead, so that packing is inside the clock. Polars and DuckDB are held to one thread and would use all cores on their own; ours is one thread as well.
- **Expressed.** Every peer could express the whole job. Sums of points are the host's work in Python where the peer's rules are truths only.
"""


def text(found: Found) -> str:
    """The whole page."""
    machine = found["machine"] | {"load": ", ".join(map(str, found["machine"]["load"]))}
    parts = [HEAD.format(job="`job.py`", **machine)]
    parts.append(f"## One assessment\n\n{_one(found['one_case'])}")
    parts.append(f"## {found['cases']:,} answer sets\n\n{_many(found['many_cases'])}")
    parts.append(f"## Ours alone\n\n{_figures(found['figures'])}")
    parts.append("## Ratios\n\n" + _table(("ratio", "times"), found["ratios"].items()))
    return "\n".join(parts) + FAIR


def _one(rows: Sequence[Found]) -> str:
    head = ("who", "how", "in the clock", "µs", "times ours", "times ours with answers missing")
    keys = ("who", "way", "timed", "microseconds", "times", "times_with_missing")
    return _table(head, ([row[key] for key in keys] for row in rows))


def _many(rows: Sequence[Found]) -> str:
    head = ("who", "how", "millions a second", "times ours", "MB above the data")
    keys = ("who", "way", "millions_a_second", "times")
    return _table(head, ((*(r[k] for k in keys), r.get("peak_mb", "")) for r in rows))


_NAMES = {
    "reasons_all_answered_ms": "reasons of all 200 rules, all answered",
    "reasons_one_in_five_missing_ms": "reasons of all 200 rules, one answer in five missing",
    "single_changes_ms": "every change of one answer ({single_changes} of them)",
    "load_ms": "cold load of {load_kb} KB of YAML: all of the next six",
    "load_parse_ms": "· parse",
    "load_validate_questionnaire_ms": "· validate and build the questionnaire",
    "load_validate_framework_ms": "· validate and build the framework",
    "load_check_ms": "· check",
    "load_resolve_ms": "· resolve and digest",
    "load_compile_ms": "· compile",
    "import_ms": "`import risk_kit`",
}


def _figures(figures: Found) -> str:
    rows = ((name.format(**figures), figures[key]) for key, name in _NAMES.items())
    return _table(("what", "ms"), rows)


def _table(head: Sequence[str], rows: Any) -> str:  # noqa: ANN401 - rows of any values
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"
