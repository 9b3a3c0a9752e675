"""Which files can be asked for in the chat, and what makes each kind of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calendars.invitation import invitation_file
from bot.calibration_pictures import calibration_pictures
from bot.calibration_sheet import calibration_sheet
from bot.file_orders import Maker
from bot.goal_pictures import goal_pictures
from bot.goal_template import template_files
from bot.interview_paper import interview_agenda
from bot.letter_picture import letter_picture
from bot.own_record import own_record_file
from bot.payroll_sheet import payroll_sheet
from bot.plan_paper import plan_paper
from bot.report_files import report_pictures, report_sheet
from flows.goals.pictures.asking import ORDER as GOAL_PICTURES
from flows.interviews.agenda import ORDER as INTERVIEW_AGENDA
from flows.interviews.inviting import ORDER as INVITATION
from flows.people.mine.page import FILE as MY_DATA
from flows.plans.improving.paper import ORDER as IMPROVEMENT_PAPER
from flows.reports.frame.asking import PICTURE as REPORT_PICTURE
from flows.reports.frame.asking import SHEET as REPORT_SHEET
from flows.results.calibrating.asking import PICTURE as CALIBRATION_PICTURE
from flows.results.calibrating.asking import SHEET as CALIBRATION_SHEET
from flows.results.rewards.letters import PICTURE as REWARD_LETTER
from flows.results.rewards.payroll import SHEET as PAYROLL

MAKERS: Mapping[str, Maker] = {
    MY_DATA: own_record_file,
    "goal-template": template_files,
    INVITATION: invitation_file,
    GOAL_PICTURES: goal_pictures,
    CALIBRATION_PICTURE: calibration_pictures,
    CALIBRATION_SHEET: calibration_sheet,
    REWARD_LETTER: letter_picture,
    PAYROLL: payroll_sheet,
    IMPROVEMENT_PAPER: plan_paper,
    INTERVIEW_AGENDA: interview_agenda,
    REPORT_PICTURE: report_pictures,
    REPORT_SHEET: report_sheet,
}
