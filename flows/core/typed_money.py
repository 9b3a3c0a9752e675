"""What a person typed as an amount of money, understood in English and Chinese."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.core.typed import number, tidy

# What people write before or after an amount. A bare "$" is the US dollar and a bare "¥" the renminbi;
# a krona by itself names no country, so it is not here.
NAMES = {
    "CNY": "cny rmb cn¥ ¥ 元 块 块钱 圆 人民币 yuan",
    "USD": "usd us$ $ dollar dollars 美元 美金",
    "EUR": "eur € euro euros 欧元",
    "GBP": "gbp £ pound pounds 英镑",
    "JPY": "jpy jp¥ yen 円 日元 日圆",
    "HKD": "hkd hk$ 港元 港币",
    "TWD": "twd nt$ 新台币 台币",
    "SGD": "sgd s$ 新加坡元 新币",
    "KRW": "krw ₩ won 韩元",
    "INR": "inr ₹ rs rs. rupee rupees 卢比",
    "AUD": "aud a$ au$ 澳元",
    "NZD": "nzd nz$ 新西兰元",
    "CAD": "cad c$ ca$ 加元",
    "BRL": "brl r$ real reais 雷亚尔",
    "MXN": "mxn mx$ 墨西哥比索",
    "CHF": "chf 瑞士法郎",
    "RUB": "rub ₽ rouble roubles ruble rubles 卢布",
    "THB": "thb ฿ baht 泰铢",
    "VND": "vnd ₫ dong 越南盾",
    "MYR": "myr rm ringgit 令吉 林吉特",
    "IDR": "idr rp rupiah 印尼盾",
    "PHP": "php ₱ 菲律宾比索",
    "TRY": "try ₺ lira 里拉",
    "PLN": "pln zł 兹罗提",
    "ILS": "ils ₪ shekel shekels",
    "AED": "aed dirham dirhams 迪拉姆",
    "SAR": "sar riyal riyals 沙特里亚尔",
    "KWD": "kwd",
    "BHD": "bhd",
    "OMR": "omr",
    "SEK": "sek 瑞典克朗",
    "NOK": "nok 挪威克朗",
    "DKK": "dkk 丹麦克朗",
    "CZK": "czk 捷克克朗",
    "HUF": "huf forint 福林",
    "ZAR": "zar rand 兰特",
    "EGP": "egp",
    "NGN": "ngn ₦ naira",
    "KES": "kes",
    "MOP": "mop 澳门元",
}
CODES = {name: code for code, names in NAMES.items() for name in names.split()}
LONGEST_FIRST = tuple(sorted(CODES, key=len, reverse=True))  # so that "hk$" is not taken for "$"
THREE_DECIMALS = frozenset({"BHD", "KWD", "OMR"})  # ISO 4217 minor units
THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def money(text: str) -> tuple[Decimal, str | None] | None:
    """The amount, and the ISO 4217 code of its currency if one is named: "8.5万元", "R$ 3.500,00", "USD 20k".

    Numbers are read as `typed.number` reads them, with one difference: three digits after a single dot are
    thousands ("€3.500" is 3500), because no amount has them as cents (but KWD, BHD and OMR do).
    None for two currencies in one amount, and for a percentage.
    """
    plain = tidy(text).removesuffix("整").rstrip()
    sign = "-" if plain.startswith("-") else ""
    unsigned = plain.removeprefix("-").lstrip()
    before = next((name for name in LONGEST_FIRST if unsigned.startswith(name)), "")
    rest = unsigned.removeprefix(before).strip()
    after = next((name for name in LONGEST_FIRST if rest.endswith(name)), "")
    amount = rest.removesuffix(after).strip()
    codes = {CODES[name] for name in (before, after) if name}
    if len(codes) > 1 or amount.endswith("%") or (sign and amount.startswith(("-", "+"))):
        return None
    currency = codes.pop() if codes else None
    if THOUSANDS.fullmatch(amount.removeprefix("-")) and currency not in THREE_DECIMALS:
        amount = amount.replace(".", "")
    value = number(sign + amount)
    return None if value is None else (value, currency)
