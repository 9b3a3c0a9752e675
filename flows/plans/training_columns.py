"""The columns of a sheet of trainings, by what people write above them in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "编号", "课程编号", "代码"),
    "title": ("title", "name", "英文名称", "名称", "课程名称"),
    "title_zh": ("title_zh", "title zh", "中文名称"),
    "hours": ("hours", "时长", "学时", "小时"),
    "mode": ("mode", "方式", "形式"),
    "link": ("link", "url", "链接"),
    "skills": ("skills", "技能", "能力"),
    "cost": ("cost", "price", "费用", "价格"),
    "currency": ("currency", "币种"),
}
OWN = ("hours", "mode", "skills", "link", "cost")
"""Columns of which a sheet of trainings has at least one, and a sheet of goals none besides."""


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands; the first of two that are called alike."""
    found: dict[str, int] = {}
    for place, text in enumerate(header):
        said = " ".join(text.casefold().split())
        for name, called in COLUMNS.items():
            if said in called:
                found.setdefault(name, place)
    return found


def is_of_trainings(header: Sequence[str]) -> bool:
    """Whether a sheet is a catalogue of trainings: a code, a title and something that only trainings have."""
    found = places_of(header)
    titled = "title" in found or "title_zh" in found
    return "code" in found and titled and any(name in found for name in OWN)
