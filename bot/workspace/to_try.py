"""What there is to try, said in the terminal when the local workspace begins in the middle of something."""

from __future__ import annotations

REVIEWS = """\
  A half-year review is on, and most of it is written. Four things to try:
  · Be Jonas Weber and write about a colleague: /review
  · Be Emily Carter and score your two people: /score
  · Move the clock by a week. Be Marta Klein, calibrate, lock and release: /calibrate, then /cycle release
  · Two mornings later be 李娜 or Daniel Brooks and open your result: /result

"""
RESULTS = """\
  The results of the half-year review were opened this morning. Five things to try:
  · Be Kavya Iyer, open your result, and pick a time for the talk: /result, /interview
  · Be 陈伟, whose team of nine you lead, and look at your week and an agenda: /interview
  · Be 孙悦 and appeal: /appeal
  · Be Marta Klein and open rewards: /reward open
  · Praise somebody, put something into the suggestion box, open a 1:1: /kudos, /suggest new, /1on1

"""
GOES_ON = "  What was tried before goes on; add --fresh to begin anew.\n\n"
