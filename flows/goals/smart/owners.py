"""The words by which the SMART check notices that a goal is given to all, to several or to somebody else."""

from __future__ import annotations

from flows.goals.smart.phrases import chinese, either, english

GROUPS = "team|department|staff|group|unit|office|school|ward|branch|division"
PEOPLE = "employees|staff|colleagues|managers|teams|departments|teachers|nurses|doctors|engineers"
ONE = "team|department|employee|manager|teacher|nurse"
DUTY = r"(?:will|should|shall|must|has to|have to|needs? to|is to|are to|ought to)"
MEASURES = r"(?:be|stay|remain|rise|fall|drop|go|grow|increase|decrease|improve|not|reach [0-9])\b"
NOBODY = (  # what stands before "to" without being somebody
    "need|want|aim|plan|try|hope|up|down|close|due|get|from|back|go|next|access|time|prior|responses?|thanks|not|how|yes|as|according"
)
DOES = (
    "deliver|provide|reach|sign|win|cut|reduce|increase|launch|publish|finish|complete|ship|hire|raise|bring|prepare|write"
    "|achieve|do|take|send|make|build|run"
)
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任"
    "姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
THIRD = "takes does writes delivers brings makes signs wins finishes publishes prepares runs handles ships builds replaces"
OURS = (
    "我们(?!的|公司的)|咱们|大家|全员|全体|每个人|人人|有人|(?:本|我)(?:部门|团队|科室|班组|小组|部)(?!的)|所有(?:员工|人员|同事|部门)"
    "|各个?(?:部门|小组|团队|科室|车间|班组|门店|岗位|分公司|区域|级|位)"
)
WITH = "一起|共同|一道|合作|联合|携手"
PLACES = "部|组|团队|科|车间|同事|老师|护士|医生|员工|人员|经理|主管"

OWNERS = either(
    rf"^[^a-z]*(?:we|our (?:{GROUPS})|the (?:whole |entire )?(?:[a-z]+ )?(?:team|department|staff|group)|everyone|everybody"
    rf"|someone|somebody|nobody|all (?:{PEOPLE})|(?:each|every) (?:{ONE}|of us))\b(?!'s? )",
    rf"^[^a-z]*(?!(?:i|it|this|that|which|what|there)\b)[a-z]+(?: [a-z0-9]+){{0,4}}? {DUTY} (?!{MEASURES})",
    rf"^[^a-z]*(?:ask|get|have|let|tell|make) (?!our\b|the\b|my\b|a\b|sure\b)[a-z]+ (?:to )?(?:{DOES})\b",
    rf"^[^a-z]*(?!(?:{NOBODY})\b)[a-z]+(?: (?:team|department|dept))? to (?:{DOES})\b",
    r"^[^a-z]*(?:(?:me|i) and [a-z]+|my team)\b|\bup to (?:everybody|everyone|all of us)\b",
    rf"^[^a-z]*(?!(?:i|it|this|that)\b)[a-z]+ (?:{chinese(THIRD)})\b",
    english("together, jointly, in cooperation with, in collaboration with, as a team, we all, all of us"),
)
OWNERS_ZH = either(
    rf"(?:^|[,。;:|] ?|^[^,]{{0,3}}前)(?:{OURS})",
    "由[^,。;0-9]{1,8}(?:负责|牵头|完成|承担|主导|跟进)",
    "(?:让|请|叫|安排|要求)(?:[小老][一-龥]|[一-龥]{1,4}(?:部|组|团队|科|老师|经理|同事|同学))",
    rf"(?:让|请|叫|安排|要求)[{SURNAMES}][一-龥]{{1,2}}(?=在|于|去|把|将|负责|完成|来)",
    rf"(?:^|[,。;:|前] ?)(?:和|与|跟|同|联合|会同|我和|我与|我跟)[^,。;0-9]{{1,10}}(?:{WITH})",
    "^我[和与跟及]",
    chinese("共同努力 (?:和|与|跟)[^,。;0-9]{1,10}一起"),
    rf"^[^,。;0-9|]{{1,8}}(?:{PLACES})们?(?:需要?|应该?|须|要|将|必须|牵头|负责|[|]+前?(?!的))",
)
