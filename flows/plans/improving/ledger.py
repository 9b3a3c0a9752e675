"""The record of an improvement plan: steps that are only ever added, each sealed and tied to the one before.

A step's seal is SHA-256, in hex, over its content as JSON without blanks, its keys sorted. Its hash is SHA-256 over
the JSON array ["perfloop-improvement-1", plan, number, kind, by, at, seal, before], `at` in UTC with microseconds.
So a content that is taken away by age leaves a chain that can still be checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flows.plans.improving.records import Plan, Step, StepKind

FORM = "perfloop-improvement-1"


def next_step(plan: Plan, kind: StepKind, by: int | None, content: Mapping[str, Any], at: datetime) -> Step:
    """The step that follows the plan's last one, sealed."""
    kept = clean(content)
    made = Step(plan.id, plan.steps + 1, kind, by, at, kept, seal_of(kept), plan.head)
    return replace(made, hash=hash_of(made))


def seal_of(content: Mapping[str, Any]) -> str:
    return sha256(_text(dict(content)).encode()).hexdigest()


def hash_of(step: Step) -> str:
    """The hash over every field but the content, for which its seal stands."""
    at = step.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = [FORM, step.plan, step.number, step.kind, step.by, at, step.seal, step.before]
    return sha256(_text(fields).encode()).hexdigest()


def broken_at(plan: Plan, steps: Sequence[Step]) -> int | None:
    """The number of the first step that is not what was added, or is missing; None where all are whole."""
    before = ""
    for number, step in enumerate(steps, 1):
        sealed = step.content is None or seal_of(step.content) == step.seal
        if step.number != number or step.before != before or not sealed or hash_of(step) != step.hash:
            return number
        before = step.hash
    return None if (len(steps), before) == (plan.steps, plan.head) else len(steps) + 1


def clean(value: Any) -> Any:
    """The content as either database gives it back: no NUL, no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {str(clean(name)): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
