"""The phases of a cycle in which goals are written, and the one that answers about them are counted under."""

from __future__ import annotations

from datetime import datetime

from flows.cycle.phase import window_of
from flows.cycle.records import Cycle
from flows.cycle.template import Phase

WRITING = "goals"  # what such a phase asks for: the kind of each person's own task


def writing_phases(cycle: Cycle) -> list[Phase]:
    return [phase for phase in cycle.template.phases if phase.work == WRITING]


def answering_phases(cycle: Cycle) -> list[Phase]:
    """Those that answers may stand under: goals can be changed in a cycle that has no phase for writing them, too."""
    return writing_phases(cycle) or list(cycle.template.phases[:1])


def answering_phase(cycle: Cycle, now: datetime) -> Phase | None:
    """The last one that has opened, else the first there is."""
    phases = answering_phases(cycle)
    opened = [phase for phase in phases if window_of(cycle, phase).opens <= now.date()]
    return max(opened or phases[:1], key=lambda phase: window_of(cycle, phase).opens, default=None)
