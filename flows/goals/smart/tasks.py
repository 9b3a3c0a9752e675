"""The words by which the SMART check tells an activity from a result, and knows what is done or not done."""

from __future__ import annotations

from flows.goals.smart.phrases import chinese, either, english, words

SUBJECT = (  # what may stand before the verb: "I will", "everybody", "Ask Ben to"
    r"(?:^[^a-z]{0,30}|[,.;:] ?)"
    r"(?:(?:i|we|everybody|everyone|all staff|(?:[a-z]+ ){1,3}(?:will|should|must)|[a-z]+ to) )?"
    r"(?:will |should |must |to )?"
)
EVENTS = english(
    "training, trainings, workshops?, webinars?, sessions?, meetings?, events?, courses?, campaigns?"
)
OCCASIONS = words(
    """lectures talks speeches presentations visits calls meetings trainings workshops sessions seminars webinars conferences
    courses interviews tours demos events lecture talk speech presentation visit call meeting training workshop session"""
)
"""What is counted when only the doing is: two of these are no result."""
TASK = either(
    SUBJECT + english(
        "attends?, participates?, takes? part, organi[sz]es?, holds?, conducts?, carry out, carries out, writes?, drafts?,"
        "prepares?, learns?, study, studies, reads?, helps?, supports?, assists?, works? on, works? with, takes? care,"
        "(?:be |is )responsible, follows? up, monitors?, visits?, calls?, trains?, teach, teaches, reviews?, researchs?,"
        "refactors?, documents?, meets?, coordinates?, collects?(?! [0-9$€£]), continues?, discuss, hosts?, give talks?,"
        "do research, watch, explore, investigate, analy[sz]e, joins?, shadows?, mentors?, coach, interviews?, explains?,"
        "contributes?, accompany, accompanies, chairs?, moderates?, compiles?, brainstorms?, participation, involvement,"
        "visits? to, attendance at, leads?, oversees?, supervises?, represents?, look at, look into, have a look, get to know,"
        "understand, familiari[sz]e, acts? as, serves? on"
    ),
    SUBJECT + r"\b(?:complete|finish|take|do)s? (?:the |a |an )?(?:[a-z]+ ){0,3}(?:course|training|e-learning|webinar)\b",
    SUBJECT + r"\brun (?:[a-z0-9]+ )?(?:[a-z]+ )?" + EVENTS,
)  # fmt: skip
TASK_ZH = either(
    chinese(
        "组织(?!架构|能力|氛围|结构|效能|文化) 举办 举行 开展 召开 参加 参与(?!度|率) 撰写 编写 起草 整理 跟进 跟踪 拜访 走访"
    ),
    chinese(
        "巡检 巡查 巡视 听课 调研 跟岗 学完 带教 陪访 轮岗 旁听 观摩 宣讲 策划 巡店 盘点 主持 (?<![编撰填改])写(?!字楼|入)"
    ),
    chinese(
        "了解 熟悉 看看 带领 分管 家访 座谈 慰问 梳理 研读 探索 关注 交流 演讲 做[一-龥0-9]{0,6}(?:讲座|分享|培训|汇报|宣讲)"
    ),
    "完成[一-龥]{0,8}(?:课程|培训)(?:$|[,。|])",
    "(?:^|[,。;:|底前内天周月] ?)"
    f"(?:{chinese('学习 阅读 培训 宣传 协助 配合 支持 负责 帮助 参观 讨论 收集 汇总 监控 检查 复习 备课 值班 翻译')})"
    "(?!率|合格|通过|时长|时间|人数|平台|系统)",
    "(?:按时|按期|定期|每月|每周|按月)(?:提交|上报|汇报|报送|编制|完成报表)",
    "进行[一-龥]{0,6}(?:学习|培训|调研|检查|沟通|宣传)",
)
HELPS_ZH = either("(?:^|[,。;:|前内] ?)(?:协助|配合|支持|帮助|参与)")
RESULTS = either(
    english("so that, in order to, resulting, which (?:cuts|raises|brings)"),
    chinese("% -> → 使得?(?!用) 从而 以便 确保[^,。;]{0,20}[0-9] 率"),
)
DONE = either(
    r"(?:^[^a-z]*|\b(?:to|will|should|must|and|then|i|all|finally) |[,;:.] ?)" + english(
        "launch, ship, pass, obtain, get certified, certify, migrate, open, complete, finish, deliver, publish, roll out,"
        "go live, set up, introduce, implement, install, submit, sign, win, close, move, relocate, retire, replace, release,"
        "commission, build, hire, appoint, switch, renew, merge, found, acquire, register, take over, hand over, file,"
        "upgrade, decommission, onboard, put, bring, create, establish, negotiate, agree, secure, recruit, adopt, translate,"
        "become, earn, receive, automate, digiti[sz]e"
    ),
    english(
        "launched, shipped, passed, obtained, certified, migrated, opened, completed, finished, delivered, published,"
        "rolled out, live, introduced, installed, submitted, signed, moved, relocated, retired, replaced, released,"
        "commissioned, built, hired, appointed, renewed, registered, handed over, in operation, in place, go-live, done,"
        "signed off, ready, up and running"
    ),
    r"\b(?:have|get|all|every|each|is|are|be) [a-z ]{1,40}?[a-z]{3,}ed\b",
    r"\bfrom [a-z0-9]{1,12} to [a-z0-9]|^[^a-z]*(?!(?:be|have|take|as|give|do)\b)[a-z]+ (?:a|an|my) [a-z]",
    chinese("上线 上架 下线 发布 通过 取得 获得 拿到 考取 拿下 建成 完成 开业 投产 迁移 搬迁 签订 签署 签下 交付 验收 替换 搭建"),
    chinese("建立 出台 启用 落地 竣工 开通 中标 注册 升级 切换 投入使用 到岗 交接 关闭 立项 结项 获批 获评 获奖 成为 入选"),
    chinese("晋升为 制定 印发 推出 推行 投用 更换 签约 谈下 改造 修订 收回 上市 试运行 过关 完毕 [一-龥]完(?![成善整全美工])"),
    "[从由][^,。;|]{1,8}[到至升][^,。;|]",
)  # fmt: skip
