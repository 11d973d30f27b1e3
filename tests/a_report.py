"""A small report, for tests of its renderings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from risk_kit.document import Attachment, Block, MapCell, Reason, Report, RiskMap

LEVELS = ("最低風險", "有限風險", "高度風險", "待確認限制或禁止")
JSON = '{"tier": {"low": "limited"}, "名稱": "治水"}'.encode()
ATTACHED = Attachment("assessment.json", "application/json", JSON, "機器可讀之評估")
MAP = RiskMap(
    LEVELS,
    (
        (
            "A 技術設計缺陷",
            (
                MapCell("A1", "安全漏洞與攻擊", "高度風險", 2, 2),
                MapCell("A2", "缺乏透明性", "尚未確定，最高「有限風險」", None, 1),
                MapCell("A3", "偏離人類意圖", "不成立", None, None),
            ),
        ),
        ("B 操作", tuple(MapCell(f"B{n}", "過度依賴", "最低風險", 0, 0) for n in range(1, 8))),
    ),
    "十項子類型中，八項達到。",
    "尚未確定",
)


def report(*blocks: Block, **changes: object) -> Report:
    """A report of these blocks."""
    base = Report(
        language="zh",
        title="系統性治水決策模型：自評報告",
        subject="級距為指示性",
        author="某市政府水利局",
        header="系統性治水決策模型｜自評報告",
        page_label="第 {page} 頁，共 {pages} 頁",
        date=date(2026, 8, 22),
        blocks=blocks,
        attachments=(),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def reason(because: str = "輸出直接送交抽水站。") -> Reason:
    """A finding as a card."""
    answers = (("是否逐次核可？", "否"),)
    return Reason("操作設施", "holds", "成立", 2, because, answers, ("人工智慧基本法第 5 條",))
