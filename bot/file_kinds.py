"""Which files can be asked for in the chat, and what makes each kind of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calibration_pictures import calibration_pictures
from bot.calibration_sheet import calibration_sheet
from bot.file_orders import Maker
from bot.goal_pictures import goal_pictures
from bot.goal_template import template_files
from bot.interview_paper import interview_agenda
from flows.goals.pictures.asking import ORDER as GOAL_PICTURES
from flows.interviews.agenda import ORDER as INTERVIEW_AGENDA
from flows.results.calibrating.asking import PICTURE as CALIBRATION_PICTURE
from flows.results.calibrating.asking import SHEET as CALIBRATION_SHEET

MAKERS: Mapping[str, Maker] = {
    "goal-template": template_files,
    GOAL_PICTURES: goal_pictures,
    CALIBRATION_PICTURE: calibration_pictures,
    CALIBRATION_SHEET: calibration_sheet,
    INTERVIEW_AGENDA: interview_agenda,
}
