"""The words by which the SMART check knows what is vague, a task, a result, a change, or somebody else's."""

from __future__ import annotations

import re


def either(*parts: str) -> re.Pattern[str]:
    """Any of these in a folded sentence; a word in Latin letters ends where Chinese begins."""
    return re.compile("|".join(part for part in parts if part), re.ASCII)


UP = either(
    r"\b(?:increas|rais|grow|lift|boost|double|triple|expand)|\b(?:at least|more than|above|no less|no lower|up to)\b",
    "提高|提升|增|涨|升|以上|不低于|不少于|超过|高于|≥|翻",
)
DOWN = either(
    r"\b(?:reduc|cut|lower|decreas|shorten|shrink|halv)|\b(?:fewer|less|down|below|under|at most|no more than|no higher|within)\b",
    "降|减|缩|压|收窄|以内|以下|不超过|不高于|低于|少于|控制在|≤|<",
)
CHANGES = either(
    r"\b(?:increas|incres|rais|grow|lift|boost|improv|reduc|cut|lower|decreas|shorten|shrink|doubl|tripl|halv|bring|drop|speed)|\bget [a-z ]{1,30}(?:up|down)\b",
    "提高|提升|增长|增加|上升|涨|升|降|减|缩|压|收窄|翻|改善|加快",
)
KEEPS = either(
    r"\b(?:keep|maintain|stay|remain|hold|no more than|no higher|no lower|no less|not exceed|not more|not less|at most|never)\b",
    "保持|维持|稳定在|控制在|不低于|不少于|不超过|不高于|≥|≤|不得",
)
LEVELS = either(r"\b(?:average|avg|mean|median|per head|per capita|score|rating|index|nps|csat|time|duration|latency|speed)\b", "平均|人均|户均|评分|得分|指数|满意度|时间|时长|时效|周期")

HASTE = either(r"\b(?:asap|as soon as possible|soon|promptly|without delay|immediately|right away|quick as possible)\b", "尽快|尽早|早日|抓紧|从速|马上")
VAGUE = either(
    r"\b(?:improv|strengthen|enhanc|optimi[sz]|boost|increas|rais|grow|reduc|lower|decreas|minimi[sz]|maximi[sz]|standardi[sz]|streamlin"
    r"|transform|deepen|promot|foster|empower|uplift)\w*",
    r"\b(?:better|good|great|nice|nicer|excellent|outstanding|best|high[- ]quality|world[- ]class|professional|polite|politely|smooth"
    r"|smoothly|more|fewer|less|faster|quicker|quickly|stronger|higher|easier|well|timely|efficient|efficiently|effective|effectively|proper"
    r"|properly|adequate|some|several|various|etc|and so on|as much as possible|as far as possible|further|drive|cut|try|always|regularly)\b",
    "提高|提升|加强|增强|强化|优化|改善|改进|完善|健全|加快|加大|促进|推进|推动|深化|落实|做好|做强|抓好|搞好|办好|狠抓|努力|积极|认真",
    "良好|优质|高质量|高效|较好|更好|更加|最好|及时|适当|合理|充分|一些|若干|等工作|等等|等方面|等事项|规范|降低|减少|增加|扩大|拓展|拓宽|夯实",
    "热情|态度好|态度积极|力度|进一步|不断|持续|全面|全力|大力|切实|有效(?!线索|客户|用户|订单|商机|样本|问卷|期|日|率)|服务好|维护好|其他工作|其它工作|降本|增效|尽量|尽可能|更多|更快|更[流稳顺高强优]",
    "多开发|多拓展|多签|创新|赋能|保障|确保(?![^,。;]{0,20}[0-9])|打造|营造",
)

SUBJECT = r"(?:^|[,.;:] ?)(?:[^a-z]*)(?:(?:i|we|everybody|everyone|all staff|(?:[a-z]+ ){1,3}(?:will|should|must)|[a-z]+ to) )?(?:will |should |must |to )?"
TASK = either(
    SUBJECT
    + r"(?:attends?|participates?|takes? part|organi[sz]es?|holds?|conducts?|carry out|carries out|writes?|drafts?|prepares?|learns?|stud(?:y|ies)|reads?"
    r"|helps?|supports?|assists?|works? on|works? with|is responsible|be responsible|takes? care|follows? up|monitors?|visits?|calls?|trains?|teach|teaches|reviews?"
    r"|researchs?|refactors?|documents?|meets?|coordinates?|collects?(?! [0-9$€£])|continues?|discuss|host|hosts|give talks?|do research|watch|explore|investigate|analy[sz]e"
    r"|joins?|run (?:[a-z0-9]+ )?(?:[a-z]+ )?(?:training|trainings|workshops?|webinars?|sessions?|meetings?|events?|courses?|campaigns?))\b",
)
TASK_ZH = either(
    r"组织(?!架构|能力|氛围|结构|效能|文化)|举办|举行|开展|召开|参加|参与(?!度|率)|撰写|编写|起草|整理|跟进|跟踪|拜访|走访|巡检|巡查|巡视|听课|走访|调研",
    r"(?:^|[,。;:|底前内天周月] ?)(?:学习|阅读|培训|宣传|协助|配合|支持|负责|帮助|参观|讨论|收集|汇总|监控|检查|复习|备课|值班|翻译)(?!率|合格|通过|时长|时间|人数|平台|系统)",
    r"(?:按时|按期|定期|每月|每周|按月)(?:提交|上报|汇报|报送|编制|完成报表)|进行[一-龥]{0,6}(?:学习|培训|调研|检查|沟通|宣传)|主持",
)
HELPS_ZH = either(r"(?:^|[,。;:|前内] ?)(?:协助|配合|支持|帮助|参与)")
RESULTS = either(r"\bso that\b|\bin order to\b|\bresulting\b|\bwhich (?:cuts|raises|brings)\b|%|->|→", "使得?(?!用)|从而|以便|确保[^,。;]{0,20}[0-9]|%|率")
DONE = either(
    r"(?:^[^a-z]*|\b(?:to|will|should|must|and|then|i|all|finally) |[,;:.] ?)(?:launch|ship|pass|obtain|get certified|certify|migrate|open|complete|finish|deliver"
    r"|publish|roll out|go live|set up|introduce|implement|install|submit|sign|win|close|move|relocate|retire|replace|release|commission|build|hire|appoint|switch"
    r"|renew|merge|found|acquire|register|take over|hand over|file|upgrade|decommission|onboard|put|bring|create|establish|become|earn|receive|automate|digiti[sz]e)\b",
    r"\b(?:launched|shipped|passed|obtained|certified|migrated|opened|completed|finished|delivered|published|rolled out|live|introduced|installed|submitted|signed"
    r"|moved|relocated|retired|replaced|released|commissioned|built|hired|appointed|renewed|registered|handed over|in operation|in place)\b",
    "上线|上架|下线|发布|通过|取得|获得|拿到|考取|拿下|建成|完成|开业|投产|迁移|搬迁|签订|签署|签下|交付|验收|替换|搭建|建立|出台|启用|落地",
    "竣工|开通|中标|注册|升级|切换|投入使用|到岗|交接|关闭|立项|结项|获批|获评|获奖|成为|入选|晋升为|制定|印发",
)

MEASURES = r"(?:be|stay|remain|rise|fall|drop|go|grow|increase|decrease|improve|not|reach [0-9])\b"
DUTY = r"(?:will|should|shall|must|has to|have to|needs? to|is to|are to|ought to)"
OWNERS = either(
    r"^[^a-z]*(?:we|our (?:team|department|group|unit|office|school|ward|branch|division|staff)|the (?:whole |entire )?(?:[a-z]+ )?(?:team|department|staff|group)"
    r"|everyone|everybody|someone|somebody|nobody|all (?:employees|staff|colleagues|managers|teams|departments|teachers|nurses|doctors|engineers)"
    r"|each (?:team|department|employee|manager|of us)|every (?:team|department|employee|manager|teacher|nurse))\b(?!'s? )",
    rf"^[^a-z]*(?!(?:i|it|this|that|which|what|there)\b)[a-z]+(?: [a-z]+){{0,4}}? {DUTY} (?!{MEASURES})",
    r"^[^a-z]*(?:ask|get|have|let|tell|make) (?!our\b|the\b|my\b|a\b|sure\b)[a-z]+ (?:to )?(?:publish|do|take|write|finish|deliver|sign|prepare|send|make|build|run|launch|ship)\b",
    r"^[^a-z]*(?!(?:need|want|aim|plan|try|hope|up|down|close|due|get|from|back|go|next|access|time|prior|response|responses|thanks|not|how|yes|as|according)\b)[a-z]+(?: (?:team|department|dept))? to (?:deliver|provide|reach|sign|win|cut|reduce|increase|launch|publish|finish|complete|ship|hire|raise|bring|prepare|write|achieve)\b",
    r"\b(?:together with|jointly|in cooperation with|in collaboration with|as a team|we all|all of us)\b",
)
OURS_ZH = (
    r"我们(?!的|公司的)|咱们|大家|全员|全体|每个人|人人|有人|各(?:个)?(?:部门|小组|团队|科室|车间|班组|门店|岗位|分公司|区域|级|位)|(?:本|我)(?:部门|团队|科室|班组|小组|部)(?!的)|所有(?:员工|人员|同事|部门)"
)
NAMES_ZH = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
OWNERS_ZH = either(
    rf"(?:^|[,。;:|] ?|^[^,]{{0,3}}前)(?:{OURS_ZH})",
    r"由[^,。;0-9]{1,8}(?:负责|牵头|完成|承担|主导|跟进)",
    rf"(?:让|请|叫|安排|要求)(?:[小老][一-龥]|[一-龥]{{1,4}}(?:部|组|团队|科|老师|经理|同事|同学)|[{NAMES_ZH}][一-龥]{{1,2}}(?=在|于|去|把|将|负责|完成|来|于))",
    r"(?:^|[,。;:|前] ?)(?:和|与|跟|同|联合|会同)[^,。;0-9]{1,10}(?:一起|共同|一道|合作|联合|携手)|共同努力|(?:和|与|跟)[^,。;0-9]{1,10}一起",
    r"^[^,。;0-9|]{2,8}(?:部|组|团队|科|车间)(?:需要?|应该?|要|将|必须|牵头|负责)",
)
