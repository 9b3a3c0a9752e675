"""How lists of English and Chinese phrases become one pattern that is tried on a folded sentence."""

from __future__ import annotations

import re


def english(phrases: str, end: str = r"\b") -> str:
    """Any of these, separated by commas, as whole words; with `end` "" also at the beginning of a longer word."""
    return rf"\b(?:{'|'.join(phrase.strip() for phrase in phrases.split(','))}){end}"


def chinese(phrases: str) -> str:
    """Any of these, separated by spaces, anywhere."""
    return "|".join(phrases.split())


def either(*patterns: str) -> re.Pattern[str]:
    """Any of these patterns; a word in Latin letters ends where Chinese begins ("在Q1完成")."""
    return re.compile("|".join(patterns), re.ASCII)


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
