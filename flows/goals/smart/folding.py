"""A sentence in one form whose characters stay where they stood: half-width, lower case, simplified Chinese."""

from __future__ import annotations

import re
from typing import Literal

from flows.core.typed import FULL_WIDTH

LONGEST = 300  # characters of a sentence that are read; it bounds the work on hostile text

PAIRS = """
個个 們们 這这 來来 對对 時时 會会 後后 現现 發发 應应 將将 請请 為为 與与 於于 內内 業业 務务 員员 產产 銷销
額额 標标 達达 數数 據据 質质 優优 強强 進进 過过 還还 開开 關关 門门 間间 問问 題题 項项 經经 營营 費费 單单
結结 構构 組组 織织 訓训 練练 學学 習习 際际 階阶 級级 總总 計计 劃划 創创 獲获 證证 書书 審审 認认 檢检 測测
試试 實实 點点 擊击 轉转 換换 續续 約约 簽签 訂订 訪访 談谈 節节 預预 執执 報报 財财 資资 風风 險险 規规 範范
準准 縮缩 減减 壓压 庫库 貨货 運运 輸输 倉仓 儲储 設设 備备 維维 護护 廠厂 線线 號号 廢废 損损 壞坏 療疗 醫医
師师 診诊 藥药 術术 課课 論论 議议 場场 區区 衛卫 環环 態态 熱热 積积 極极 聯联 係系 協协 調调 辦办 車车 電电
話话 網网 頁页 戶户 從从 東东 萬万 億亿 兩两 幾几 張张 條条 種种 滿满 響响 讓让 盡尽 團团 隊队 崗岗 領领 導导
層层 責责 參参 舉举 見见 觀观 歸归 殺杀 無无 錯错 誤误 價价 買买 賣卖 賬账 帳账 臺台 適适 當当 較较 動动 帶带
晉晋 懷怀 齡龄 紀纪 錄录 檔档 編编 寫写 閱阅 讀读 彙汇 匯汇 繫系 長长 漲涨 遞递 貫贯 徹彻 穩稳 擴扩 寬宽 補补
離离 職职 義义 傷伤 齊齐 讚赞 贊赞 稅税 稱称 絡络 劑剂 愛爱 聲声 園园 遲迟 復复 兒儿 歲岁 圖图 館馆 遊游 廣广
濟济 貸贷 債债 隨随 獎奖 勵励 勞劳 軟软 載载 輛辆 鏈链 鋼钢 鐵铁 飯饭 飲饮 顧顾 願愿 類类 僱雇
"""
LOOKALIKES = dict(zip("−–—￥￡\u00a0\u2009\u202f\u3000’、", "---¥£    ',", strict=True))
FOLDED: dict[int, int | str] = {
    **FULL_WIDTH,
    **{ord(pair[0]): pair[1] for pair in PAIRS.split()},
    **{ord(old): new for old, new in LOOKALIKES.items()},
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\t\r\n"), " "),
}
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")


def folded(sentence: str) -> str:
    """Each character in the form that the rules know, in its own place; at most `LONGEST` of them."""
    plain = sentence[:LONGEST].translate(FOLDED)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(map(_lower, plain))


def language_of(sentence: str) -> Literal["en", "zh"]:
    """Chinese where there are at least as many Chinese characters as words in Latin letters."""
    start = sentence[:LONGEST]
    han = len(HAN.findall(start))
    return "zh" if han and han >= len(LATIN.findall(start)) else "en"


def _lower(character: str) -> str:
    lower = character.lower()
    return lower if len(lower) == 1 else character
