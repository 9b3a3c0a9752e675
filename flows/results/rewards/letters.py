"""The letter of praise: a picture to look at before and after, and the channel to which its person has it posted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.file_orders import ON_ITS_WAY, FileOrder
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, allows
from flows.results.rewards.opening import MEMBER, one_channel
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import KIND, found_rules, is_seen, whose_reward

PICTURE = "reward-letter"
CHAT = Words(
    "The picture comes into your chat with me. Whoever may export this workspace can read what is in it.",
    "图片会发到你和我的聊天里。有权导出本工作区数据的人可以看到其中的内容。",
)
POST = Words("Post it to a channel", "发布到频道")


def letter_buttons(reward: Reward, *, own: bool = False) -> list[Button]:
    """The picture; to its person the way to post it, too."""
    if not reward.letter:
        return []
    it = str(reward.id)
    found = [Button(Words("See it as a picture", "查看图片"), Act("do", (PICTURE, it)), confirm=CHAT)]
    if own:
        found.append(Button(POST, Act("open", ("reward-post", it))))
    return found


@deed(PICTURE, may=(KIND, "view"), of=whose_reward)
def picture(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the picture into the actor's own chat."""
    reward = records.rewards.get(whole(about[0]))
    if reward is None or not reward.letter:
        raise NotThere
    records.file_orders.ask(PICTURE, actor.id, {"reward": reward.id, "revision": reward.revision}, now)
    return ON_ITS_WAY


def ordered(records: RewardRecords, order: FileOrder, reader: Person, now: datetime) -> Reward | None:
    """The letter that was ordered, if the reader may (still) have it; into a channel only its own person has it."""
    about = (str(order.about.get("reward", "")),)
    load = whose_reward(records, reader, about)
    if load is None or not allows(reader, (KIND, "view"), load(now), now):
        return None
    reward = records.rewards.get(whole(about[0]))
    if reward is None or not reward.letter:
        return None
    channel = order.about.get("channel")
    return reward if channel is None or (reader.id == reward.person and channel == reward.channel) else None


@dataclass(frozen=True, slots=True)
class Posting:
    """The letter, and where HR would have it."""

    reward: Reward
    rules: Rules


def own_letter(records: RewardRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The actor's own letter that a button names; nobody else has it posted."""
    reward = records.rewards.get(whole(about[0])) if about else None
    if reward is None or reward.person != actor.id or not reward.letter:
        return None
    return Thing("conversation", actor)


def posting(records: RewardRecords, actor: Person, subject: str, now: datetime) -> Posting:
    """Refuses what is not to be seen yet."""
    reward = records.rewards.get(whole(subject))
    if reward is None or not is_seen(records, reward, actor, now):
        raise NotThere
    _, rules = found_rules(records, records.cycles.get(reward.cycle))
    return Posting(reward, rules)


def keep_posted(records: RewardRecords, actor: Person, subject: str, channel: str, now: datetime) -> Words:
    """Have it posted: the person has agreed by sending this."""
    has = posting(records, actor, subject, now)
    locked = records.rewards.lock(has.reward.id)
    if locked is None:
        raise NotThere
    records.rewards.save(replace(locked, channel=channel))
    records.file_orders.ask(PICTURE, actor.id, {"reward": locked.id, "channel": channel}, now)
    records.audit.note(now, actor.id, "reward.post", f"reward/{locked.id}", {"channel": channel})
    return Words(
        "It will stand there in a moment. If I am no member of that channel, you will hear of it.",
        "稍后会发布。如果我不是该频道的成员，会通知你。",
    )


@flow(
    "reward-post",
    POST,
    may=("conversation", "hold"),
    of=own_letter,
    facts=posting,
    keep=keep_posted,
    again=True,
)
def post(ask: Ask, has: Posting) -> str:
    note = Words(
        "Everybody in that channel will see the letter with your name. It is posted only because you send this.",
        "频道中的所有人都会看到这封信和你的姓名。只有你提交后才会发布。",
    )
    if has.reward.channel:
        note += AGAIN
    asked = Question("channel", Words("Which channel?", "哪个频道？"), Text(1, 300, one_channel), hint=MEMBER)
    start = {"channel": has.rules.channel} if has.rules.channel else {}
    said = ask.form(Questionnaire("channel", POST, (asked,), note), start=start)
    return one_channel(said["channel"]) if said["channel"] else ""


AGAIN = Words(
    " You have had it posted before; sending this posts it once more.",
    "你之前已发布过，再次提交会重新发布一次。",
)
