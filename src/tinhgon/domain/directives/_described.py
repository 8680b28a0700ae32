"""
Bodies that a text describes before it says what they do: "các trường trung học phổ thông tổ chức
…", "các sở chưa gửi báo cáo phải gửi …", "các sở quản lý ngành có trách nhiệm …".
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from ._lexed import Name, NameList
from ._who import NameReader

MOST_WORDS = 7  # of a description that no list knows
_LONGEST_CASE = 16
_FEWEST_WORDS = 3  # of a duty whose verb no list knows


class DescribedNames(ABC):
    """Reads on behind the names of one text."""

    def __init__(self, text: str) -> None:
        self.reader = NameReader(text)

    @abstractmethod
    def _acts(self, i: int) -> bool:
        """Say whether the words at `i` tell what the body before them has to do."""

    def _up_to(self, end: int, names: NameList) -> NameList:
        """Return the names with the last one running up to token `end`."""
        r, last = self.reader, names.names[-1]
        stop = r.toks[end - 1].end
        longer = Name(r.text[last.start : stop], last.start, stop)
        return NameList((*names.names[:-1], longer), names.first, end)

    def _further_words(self, names: NameList, last: int) -> NameList | None:
        """
        Read on where a collective is described in words of its own up to its duty: "các trường
        trung học phổ thông tổ chức …".
        """
        r = self.reader
        end = names.end
        while end < min(last, names.end + MOST_WORDS) and self._runs_on(end):
            end += 1
        known = any(names.first <= k < names.end and r.lex("quantifiers", k) for k in range(end))
        if end == names.end or end >= last or r.lex("states", names.end):
            return None
        if not known or not self._acts(end):
            return None
        return self._up_to(end, names)

    def _runs_on(self, i: int) -> bool:
        """Say whether a description goes on at `i`, over a joint too: "tín đồ, chức sắc"."""
        r = self.reader
        if r.sign(i, ", và"):
            after = r.at(i + 1)
            return after is not None and not after.capital and r.describes(i + 1)
        return r.describes(i)

    def _which(self, names: NameList, last: int) -> NameList | None:
        """Read on over the work that some bodies have: "các sở quản lý ngành có trách nhiệm …"."""
        r = self.reader
        several = any(r.lex("quantifiers", k) for k in range(names.first, names.end))
        if not several or not r.lex("describing", names.end):
            return None
        for end in range(names.end + 1, min(last, names.end + _LONGEST_CASE)):
            if not r.toks[end].word:
                return None
            if r.lex("presses", end) and not r.sign(end - 1, "và"):
                return self._up_to(end, names)
        return None

    def _in_a_case(self, names: NameList, last: int) -> NameList | None:
        """Read on over the case some bodies are in: "các sở chưa gửi báo cáo phải gửi …"."""
        r = self.reader
        if not r.sign(names.end, "chưa còn có đang đã được") or not r.lex(
            "quantifiers", names.first
        ):
            return None
        for end in range(names.end + 1, min(last, names.end + _LONGEST_CASE)):
            if not r.toks[end].word:
                return None
            pressed = r.sign(end, "phải cần") or r.lex("adverbs", end) > 1
            if pressed or (r.sign(names.end, "có được") and self._begins(end)):
                return self._up_to(end, names)
        return None

    def _begins(self, i: int) -> bool:
        """Say whether a verb of work that is no noun of management begins at `i`."""
        r = self.reader
        return r.lex("verbs", i) > 1 and bool(r.action(i)) and not r.lex("describing", i)

    def _up_to_colon(self, names: NameList, last: int) -> NameList | None:
        """Read on over all words that describe a collective before a colon."""
        r = self.reader
        stop = min(last, names.end + _LONGEST_CASE)
        end = next((j for j in range(names.end, stop) if r.sign(j, ":")), None)
        if end in (None, names.end) or not r.lex("quantifiers", names.first):
            return None
        if any(r.sign(j, "; .") or r.starts(j) for j in range(names.end, end)):
            return None
        return self._up_to(end, names)

    def _says_more(self, names: NameList, last: int) -> bool:
        """
        Say whether a whole name opens the clause and words follow that no list knows: they tell
        what the body does, as verbs are many ("Sở Y tế kích cầu tiêm chủng").
        """
        r = self.reader
        first = r.toks[names.first]
        whole = (first.capital or r.lex("quantifiers", names.first)) and r.finished(names.end)
        told = r.lex("states", names.end) or r.lex("function_words", names.end)
        return bool(whole) and not told and last - names.end >= _FEWEST_WORDS
