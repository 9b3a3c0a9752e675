"""The words by which the SMART check knows a direction, a change, a level, haste and what is vague."""

from __future__ import annotations

from flows.goals.smart.phrases import chinese, either, english

UP = either(
    english("increas, rais, grow, lift, boost, double, triple, expand", ""),
    english("at least, more than, above, no less, no lower, up to"),
    chinese("提高 提升 增 涨 升 以上 不低于 不少于 超过 高于 ≥ 翻"),
)
DOWN = either(
    english("reduc, cut, lower, decreas, shorten, shrink, halv", ""),
    english("fewer, less, down, below, under, at most, no more than, no higher, within"),
    chinese("降 减 缩 压 收窄 以内 以下 不超过 不高于 低于 少于 控制在 ≤ <"),
)
CHANGES = either(
    english(
        "increas, incres, rais, grow, lift, boost, improv, reduc, cut, lower, decreas, shorten, shrink", ""
    ),
    english("doubl, tripl, halv, bring, drop, speed", ""),
    r"\bget [a-z ]{1,30}(?:up|down)\b",
    chinese("提高 提升 增长 增加 上升 涨 升 降 减 缩 压 收窄 翻 改善 加快"),
)
KEEPS = either(
    english("keep, maintain, stay, remain, hold, no more than, no higher, no lower, no less, not exceed"),
    english("not more, not less, at most, never"),
    chinese("保持 维持 稳定在 控制在 不低于 不少于 不超过 不高于 ≥ ≤ 不得"),
)
LEVELS = either(
    english("average, avg, mean, median, per head, per capita, score, rating, index, nps, csat"),
    english("time, duration, latency, speed"),
    english("cost per, price"),
    chinese("单次 单位成本 单价 平均 人均 户均 评分 得分 指数 满意度 时间 时长 时效 周期"),
)
TERMS = either(english("discount, rebate, stake, interest"), chinese("折扣 优惠 返点 股份 利息"))
"""Shares that stand for themselves: nobody asks where a discount of 5 % starts."""
REACHES = either(chinese("达到 冲到 涨到"))
LEADS = either(english("to, under, below, at"), "[到至为成]")

HASTE = either(
    english(
        "asap, as soon as possible, soon, promptly, without delay, immediately, right away, quick as possible"
    ),
    chinese("尽快 尽早 早日 抓紧 从速 马上"),
)
VAGUE = either(
    english(
        """improv, strengthen, enhanc, optimi[sz], boost, increas, rais, grow, reduc, lower, decreas, minimi[sz], maximi[sz],
        standardi[sz], streamlin, transform, deepen, promot, foster, empower, uplift""",
        r"\w*",
    ),
    english(
        """better, good, great, nice, nicer, excellent, outstanding, best, high[- ]quality, world[- ]class, professional,
        polite, politely, smooth, smoothly, more, fewer, less, faster, quicker, quickly, stronger, higher, easier, well,
        timely, efficient, efficiently, effective, effectively, proper, properly, adequate, proactive, proactively, kindly,
        friendly, seamless, robust, motivated, develop myself, ownership, tidy, painful, simple, simpler, easy, modern,
        attractive, cleaner, safer, happier, cheaper, smarter, as a person, some, several, various, etc, and so on,
        as much as possible, as far as possible, further, drive, cut, try, always, regularly"""
    ),
    chinese(
        """提高 提升 加强 增强 强化 优化 改善 改进 完善 健全 加快 加大 促进 推进 推动 深化 落实 做好 做强 抓好 搞好 办好
        狠抓 努力 积极 认真 良好 优质 高质量 高效 较好 更好 更加 最好 及时 适当 合理 充分 一些 若干 等工作 等等 等方面
        等事项 规范 降低 减少 增加 扩大 拓展 拓宽 夯实 热情 态度好 态度积极 力度 进一步 不断 持续 全面 全力 大力 切实
        服务好 维护好 其他工作 其它工作 降本 增效 尽量 尽可能 更多 更快 多开发 多拓展 少花 多办 多做 创新 赋能 保障
        再接再厉 佳绩 卓越 精益求精 成长 不那么 多[卖签跑拉接招开] 便捷 主动 担当 贴心 耐心 打造 营造
        更[流稳顺高强优慢少低精大] 确保(?![^,。;]{0,20}[0-9]) 有效(?!线索|客户|用户|订单|商机|样本|问卷|期|日|率)"""
    ),
)
