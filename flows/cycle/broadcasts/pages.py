"""What HR is asked for a broadcast: its text in both languages, who gets it, when, and whether that is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flows.core.kinds import Choice, Day, Text
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire
from flows.core.refusal import Refusal
from flows.core.rich import check_rich
from flows.core.said import Option
from flows.core.words import Words, count, same
from flows.cycle.broadcasts.progress import minutes
from flows.cycle.kept import Audience
from flows.people.person import Person

NOW, AT = "now", "at"
PEOPLE, CHANNELS = "people", "channels"
HALF_HOURS = tuple(Option(f"{h:02}:{m:02}", same(f"{h:02}:{m:02}")) for h in range(24) for m in (0, 30))
HOW_TO_WRITE = Words(
    "*bold*, _italic_, ~struck~, `code`, - lists, > quotes, and links such as <https://example.com|the page>.",
    "支持 *加粗*、_斜体_、~删除线~、`代码`、- 列表、> 引用，以及链接，例如 <https://example.com|页面>。",
)
WRITING = Questionnaire(
    "text",
    Words("What do you want to say?", "要通知什么？"),
    (
        Question(
            "en", Words("In English", "英文"), Text(8, check=check_rich), optional=True, hint=HOW_TO_WRITE
        ),
        Question("zh", Words("In Chinese", "中文"), Text(8, check=check_rich), optional=True),
    ),
    Words(
        "Each reader gets it in their own language. If you write only one, everyone gets that one.",
        "每位读者会收到自己语言的版本。如果只写一种语言，所有人都会收到这一种。",
    ),
)
WHERE_QUESTION = Words("Where does it go?", "发到哪里？")
WHERE = Questionnaire(
    "where",
    WHERE_QUESTION,
    (
        Question(
            "where",
            WHERE_QUESTION,
            Choice(
                (
                    Option(PEOPLE, Words("To each reader directly", "直接发给每位读者")),
                    Option(CHANNELS, Words("To channels", "发到频道")),
                )
            ),
        ),
    ),
)
CHANNEL = re.compile(
    r"<#([CG][A-Z0-9]{2,})(?:\|[^>]*)?>|https://[a-z0-9.-]+/archives/([CG][A-Z0-9]{2,})\S*|([CG][A-Z0-9]{6,})"
)


def read_channels(text: str) -> tuple[str, ...]:
    """The channels that are named by link, mention or id, each once; refuses what names none."""
    found: dict[str, None] = {}
    for word in re.split(r"[\s,，、;；]+", text.strip()):
        match = CHANNEL.fullmatch(word)
        if match is None:
            raise Refusal(
                "{word} names no channel. Open the channel, choose “Copy link”, and paste the link here.",
                "{word} 不是频道。请打开频道，选择“复制链接”，粘贴到这里。",
                word=word[:60],
            )
        found[match[1] or match[2] or match[3]] = None
    return tuple(found)


CHANNELS_PAGE = Questionnaire(
    "channels",
    Words("Which channels?", "哪些频道？"),
    (
        Question(
            "channels",
            Words("Links of the channels", "频道链接"),
            Text(3, check=read_channels),
            hint=Words(
                "One per line. perfloop has to be a member of each.", "每行一个，需先邀请 perfloop 加入。"
            ),
        ),
    ),
)
WHEN_QUESTION = Words("When?", "什么时候发送？")
WHEN = Questionnaire(
    "when",
    WHEN_QUESTION,
    (
        Question(
            "when",
            WHEN_QUESTION,
            Choice(
                (
                    Option(NOW, Words("As soon as it is confirmed", "确认后立即发送")),
                    Option(
                        AT, Words("On a day, at an hour of each reader's own clock", "按读者当地时间定时发送")
                    ),
                )
            ),
        ),
    ),
)


def moment_page(today: date) -> Questionnaire:
    """The local day and time."""
    return Questionnaire(
        "moment",
        WHEN_QUESTION,
        (
            Question("day", Words("On which day?", "哪一天？"), Day(today, today + timedelta(days=366))),
            Question("time", Words("At what time?", "几点？"), Choice(HALF_HOURS)),
        ),
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """What HR decided about a broadcast. `number` is how many readers or channels that is at the moment.

    A language that was left empty holds the other's text.
    """

    author: Person
    text: Words
    audience: Audience
    channels: tuple[str, ...]
    send_on: date | None
    send_at: time | None
    number: int
    posts_per_minute: float

    @property
    def readers(self) -> Words:
        if self.channels:
            return count(self.number, "{n} channel", "{n} channels", "{n} 个频道")
        return count(self.number, "{n} person", "{n} people", "{n} 人")

    @property
    def takes(self) -> Words:
        """How long the sending takes at the messenger's rate."""
        return minutes(self.number, self.posts_per_minute)

    def told(self) -> Words:
        """Who gets it, when and in which language, in a few sentences."""
        words = Words("{readers} will get it", "{readers}将收到").fill(readers=self.readers)
        if self.send_on and self.send_at:
            at = day_words(self.send_on) + same(f" {self.send_at:%H:%M}")
            words += Words(
                " on {at} of their own time, or at once where that is over.",
                "，于当地时间 {at}；已过该时间的立即发送。",
            ).fill(at=at)
        else:
            words += Words(" now, which takes {takes}.", "，立即发送，需要{takes}。").fill(takes=self.takes)
        if self.text.en == self.text.zh:
            words += Words(
                " Only one language is filled in, so everyone gets that one.",
                "只填写了一种语言，所有人都会收到这一种。",
            )
        return words


def sure_page(draft: Draft) -> Questionnaire:
    """The last question. Its name holds how many there are, so that it is asked anew when they are others."""
    yes = Option("yes", Words("Yes, send it to {readers}", "是，发送给{readers}").fill(readers=draft.readers))
    question = Question(f"sure_{draft.number}", Words("Is that right?", "确认吗？"), Choice((yes,)))
    return Questionnaire("sure", Words("Before it goes out", "发送之前"), (question,), draft.told())


def text_of(english: str | None, chinese: str | None) -> Words:
    """The text by language; one that is empty is stood in for by the other."""
    return Words(english or chinese or "", chinese or english or "")


def has_text(text: Words) -> None:
    """Refuse a broadcast without any text."""
    if not text.en.strip():
        raise Refusal(
            "Nothing is written yet. Please write it in English, in Chinese or in both.",
            "还没有内容，请用中文、英文或两种语言填写。",
        )


def not_past(moment: datetime, now: datetime) -> None:
    """Refuse a moment that is over by the author's own clock."""
    if moment <= now:
        raise Refusal(
            "That moment is over. Please choose a later one, or send it now.",
            "这个时间已过，请选择更晚的时间或立即发送。",
        )
