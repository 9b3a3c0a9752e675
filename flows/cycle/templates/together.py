"""What the keys of a template must agree about with each other."""

from __future__ import annotations

import re

from flows.cycle.template import Template
from flows.cycle.templates.entry import Entry


def goes_together(entry: Entry, made: Template) -> None:
    """Note each key that another one contradicts, or that has nothing to be about."""
    if entry.part("perspectives") and "bsc" not in made.goal_methods and "goal_methods" not in entry.broken:
        entry.wrong(
            "perspectives",
            "Perspectives belong to the balanced scorecard: add `bsc` to `goal_methods`, or take `perspectives` out.",
            "维度属于平衡计分卡：请在 `goal_methods` 中加入 `bsc`，或删去 `perspectives`。",
        )
    if entry.part("guide") and not entry.part("scale"):
        entry.wrong(
            "guide",
            "A guide spreads ratings over the steps of a scale: add `scale`, or take `guide` out.",
            "分布指引依据评分等级：请补充 `scale`，或删去 `guide`。",
        )
    elif entry.part("guide") and made.free:
        entry.wrong(
            "guide",
            "A guide spreads ratings over steps, and this scale has none: take `guide` out.",
            "分布指引依据评分等级，而该评级没有等级：请删去 `guide`。",
        )
    _formula_and_weights(entry, made)
    _about_reviewers(entry, made)


def _formula_and_weights(entry: Entry, made: Template) -> None:
    """A formula takes the place of the weights, unless it uses them."""
    if not made.formula or "formula" in entry.broken:
        return
    uses = re.search(r"\bweighted\b", made.formula)
    if uses and not entry.part("weights"):
        entry.wrong(
            "formula",
            "`weighted()` is the mean by weights, and there are none: add `weights`, or take it out of the formula.",
            "`weighted()` 表示加权平均，但没有权重：请补充 `weights`，或从公式中删去。",
        )
    if entry.part("weights") and not uses:
        entry.wrong(
            "weights",
            "The formula takes the place of the weights: use `weighted()` in it, or take `weights` out.",
            "公式会取代权重：请在公式中使用 `weighted()`，或删去 `weights`。",
        )


def _about_reviewers(entry: Entry, made: Template) -> None:
    """Nominations and guests must have a review that they are for, and enough of them for anything to be shown."""
    if entry.broken & {"reviews", "ratings", "nominations", "anonymity"}:
        return
    if entry.part("nominations") and not made.reviews.keys() & {"peer", "project"}:
        entry.wrong(
            "nominations",
            "Reviewers are named for the reviews peer, project: add one under `reviews`, or take `nominations` out.",
            "只有 peer、project 评估需要提名：请在 `reviews` 下补充，或删去 `nominations`。",
        )
    if entry.part("external") and "external" not in made.reviews:
        entry.wrong(
            "external",
            "Nobody outside is asked: add `external` under `reviews`, or take it out here.",
            "没有外部评价：请在 `reviews` 下补充 `external`，或删去此处。",
        )
    peer = made.reviews.get("peer")
    if peer and peer.anonymous and made.nominations.most < made.anonymity.peers:
        entry.wrong(
            "nominations" if entry.part("nominations") else "anonymity",
            "At most {most} colleagues are named, but nothing is shown below {peers} answers: change one of them.",
            "最多提名 {most} 人，而少于 {peers} 份回答时不会显示任何内容：请修改其中之一。",
            most=made.nominations.most, peers=made.anonymity.peers,
        )  # fmt: skip
