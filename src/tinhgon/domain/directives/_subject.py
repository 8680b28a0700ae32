"""
Who has to act, in one sentence or clause.

Four shapes are known: an order and its addressee ("giao Sở A …"), a body and what it does ("Sở A
chủ trì …", "Sở A: …"), the
same behind a circumstance ("Trên cơ sở …, Sở A tổng hợp …", "Về việc …: giao Sở A …"), and a verb
alone, whose doer stands above.
"""

from __future__ import annotations

from dataclasses import dataclass

from ._described import DescribedNames
from ._lexed import Name, NameList
from ._words import words

_BEFORE_LIST = words("before_lists")
_PERSONS = frozenset(["ông", "bà", "đồng", "đ"])


@dataclass(frozen=True, slots=True)
class Subject:
    """
    The doers named in a clause; `start` is where the words of the order or of the first name
    begin.
    """

    names: tuple[Name, ...]
    start: int
    end: int
    ordered: bool
    conditional: bool = False  # stands behind "nếu …", "trường hợp …"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name.text for name in self.names)


class SubjectFinder(DescribedNames):
    """Finds the doers in a text whose names were read once."""

    def find(self, start: int, end: int) -> Subject | None:
        """Return the doer named in the stretch from `start` to `end`, None if it names none."""
        r = self.reader
        first = next((i for i, t in enumerate(r.toks) if t.start >= start), len(r.toks))
        last = next((i for i, t in enumerate(r.toks) if t.start >= end), len(r.toks))
        i = self._skip_connectors(first)
        return (
            self._ordered(i, last)
            or self._plain(i, last)
            or self._concerning(i, last)
            or self._charged(i, last)
            or self._behind_circumstance(i, last)
            or self._behind_topic(i, last)
            or self._behind_work(i, last)
        )

    def order_at(self, i: int) -> Subject | None:
        """Return the bodies an order beginning at token `i` is given to."""
        return self._ordered(i, len(self.reader.toks))

    def _skip_connectors(self, i: int) -> int:
        """Return the token where a clause really begins, behind "(i)", "b)" and "Đồng thời,"."""
        r = self.reader
        i = self._past_marker(i)
        size = r.lex("connectors", i)
        if not size:
            return i
        i += size
        return i + 1 if r.sign(i, ", :") else i

    def _past_marker(self, i: int) -> int:
        """Return the token behind "(i)" or "b)" inside a sentence."""
        if self.reader.sign(i, "(") and self.reader.sign(i + 2, ")"):
            return i + 3
        return i + 2 if self.reader.sign(i + 1, ")") else i

    def _ordered(self, i: int, last: int) -> Subject | None:
        """Read "giao Sở A", "Yêu cầu: Sở A", "Chủ tịch UBND tỉnh giao Sở A"."""
        r = self.reader
        order = r.lex("orders", i)
        begin = i
        if not order:
            performer = r.read(i)
            if performer is None:
                return None
            i = performer.end
            order = r.lex("orders", i)
            if not order or self._word(i) in ("chỉ đạo", "lưu ý", "đôn đốc"):
                return None
        elif self._word(i) in ("chỉ đạo", "đôn đốc", "lưu ý") or (
            not r.toks[i].capital and i > 0 and not r.sign(i - 1, ": ; , .")
        ):
            return None
        i += order
        if r.sign(i, ":"):
            i = self._past_marker(i + 1)
        names = r.read(i)
        if names is None or names.end > last:
            return None
        names = self._further_words(names, last) or names
        return self._subject(begin, names.names, names.end, ordered=True)

    def _word(self, i: int) -> str:
        return " ".join(t.text for t in self.reader.toks[i : i + 2])

    def first_name(self, start: int, end: int) -> Subject | None:
        """Return the first body named at all: the one a date is granted to."""
        r = self.reader
        for i, token in enumerate(r.toks):
            if (
                start <= token.start < end
                and token.capital
                and i
                and r.starts(i)
                and (names := r.read(i))
            ):
                return self._subject(i, names.names[:1], names.end, ordered=True)
        return None

    def any_order(self, start: int, end: int) -> Subject | None:
        """
        Return the bodies of an order wherever it stands, for letters whose issuer is not read as
        a name.
        """
        r = self.reader
        for i in range(1, len(r.toks)):
            if not start <= r.toks[i].start < end:
                continue
            size = r.lex("orders", i)
            if size and self._word(i) in ("đề nghị", "yêu cầu") and r.starts(i + size):
                names = r.read(i + size)
                if names is not None and r.action(names.end):
                    return self._subject(i, names.names, names.end, ordered=True)
        return None

    def _plain(self, i: int, last: int) -> Subject | None:
        """Read "Sở A, Sở B chủ trì …" or "Sở A: …"."""
        r = self.reader
        names = r.read(i)
        if names is None or names.end > last:
            return None
        if which := self._which(names, last):
            return self._subject(i, which.names, which.end, ordered=False)
        if names.end == last or self._acts(names.end):
            return self._subject(i, names.names, names.end, ordered=False)
        longer = self._further_words(names, last) or self._in_a_case(names, last)
        longer = longer or (names if self._says_more(names, last) else None)
        return self._subject(i, longer.names, longer.end, ordered=False) if longer else None

    def _concerning(self, i: int, last: int) -> Subject | None:
        """Read "Đối với Sở A: rà soát …"."""
        r = self.reader
        if self._word(i) != "đối với":
            return None
        names = r.read(i + 2)
        if names is None or names.end >= last:
            return None
        names = self._up_to_colon(names, last) or names
        if not r.sign(names.end, ": ,") or not r.action(names.end + 1):
            return None
        return self._subject(i, names.names, names.end, ordered=False)

    def _charged(self, i: int, last: int) -> Subject | None:
        """Read "Trách nhiệm của Sở A: …" and "Việc … do Sở A thực hiện"."""
        r = self.reader
        if r.sign(i, "trách nhiệm") and r.sign(i + 2, "của"):
            names = r.read(i + 3)
            if names is None or names.end >= last or not r.sign(names.end, ":"):
                return None
            return self._subject(i, names.names, names.end, ordered=False)
        if not r.sign(i, "việc công"):
            return None
        for j in range(i + 2, last):
            names = r.read(j + 1) if r.sign(j, "do") and r.starts(j + 1) else None
            if names is not None and names.end < last and r.lex("carries_out", names.end):
                return self._subject(j, names.names, names.end, ordered=False)
        return None

    def _acts(self, i: int) -> bool:
        """Say whether the words at `i` tell what the body before them has to do."""
        r = self.reader
        i = self._past_bracket(i)
        if r.sign(i, ":"):
            after = i + 1
            starts = r.action(after) or r.lex("openers", after) or r.lex("short_verbs", after)
            return bool(starts) or after == len(r.toks)
        if r.sign(i, ",") and (r.lex("openers", i + 1) or r.action(i + 1)):
            return True
        size = r.action(i)
        if size and r.sign(i + size, ":") and self._names_somebody(i + size + 1):
            return False
        return bool(size) or self._described_first(i)

    def _past_bracket(self, i: int) -> int:
        """Return the token behind a remark about the body: "Sở A (chưa gửi báo cáo) rà soát"."""
        r = self.reader
        if not r.sign(i, "("):
            return i
        return next((j + 1 for j in range(i, len(r.toks)) if r.sign(j, ")")), i)

    def _names_somebody(self, i: int) -> bool:
        """Say whether a person or a figure stands at `i`: "Trưởng ban kiểm tra: ông A"."""
        token = self.reader.at(i)
        return token is not None and (token.text in _PERSONS or token.text[0].isdigit())

    def _described_first(self, i: int) -> bool:
        """Say whether a clause about the body stands before "có trách nhiệm": "được giao … ."."""
        r = self.reader
        if not (r.sign(i, "được") and r.sign(i + 1, "giao phân")):
            return False
        return any(
            r.sign(j, "có chịu") and r.sign(j + 1, "trách")
            for j in range(i, min(i + 30, len(r.toks)))
        )

    def _behind_circumstance(self, i: int, last: int) -> Subject | None:
        r = self.reader
        if not r.lex("openers", i):
            return None
        conditional = r.toks[i].text in ("nếu", "trường", "khi") or self._holds(i, last, ("nếu",))
        for j in range(i + 1, last):
            if not r.sign(j - 1, ", ; :") or self._inside_bracket(j):
                continue
            got = self._ordered(j, last) or (self._last_of_list(i, j, last))
            if got:
                return Subject(got.names, got.start, got.end, got.ordered, conditional)
        return None

    def _behind_topic(self, i: int, last: int) -> Subject | None:
        """
        Read the doer behind a topic and a colon: "Nâng cao chất lượng: Khi …, yêu cầu các sở …".
        """
        r = self.reader
        for j in range(i + 1, last - 1):
            if r.sign(j, ":") and r.toks[j + 1].capital:
                return (
                    self._ordered(j + 1, last)
                    or self._plain(j + 1, last)
                    or self._behind_circumstance(j + 1, last)
                )
        return None

    def _behind_work(self, i: int, last: int) -> Subject | None:
        """Read the doer behind the work: "Khắc phục hậu quả, các địa phương phải huy động …"."""
        r = self.reader
        for j in range(i + 2, last):
            if not r.sign(j - 1, ",") or not r.starts(j) or self._inside_bracket(j):
                continue
            names = r.read(j)
            if names is None or names.end > last or not self._named_formally(names):
                continue
            if r.sign(names.end, "phải") and self._running_list(i, j) is None:
                return self._subject(j, names.names, names.end, ordered=False)
        return None

    def _holds(self, i: int, last: int, words: tuple[str, ...]) -> bool:
        return any(t.text in words for t in self.reader.toks[i:last])

    def _inside_bracket(self, j: int) -> bool:
        signs = [t.text for t in self.reader.toks[:j]]
        return signs.count("(") > signs.count(")")

    def _last_of_list(self, first: int, j: int, last: int) -> Subject | None:
        """
        Read the body that acts after a circumstance: "Trên cơ sở đề xuất của Sở A, Sở B và Sở C,
        Sở D tổng hợp".

        The names of the circumstance itself end at a comma; only what stands after the last comma
        acts.
        """
        r = self.reader
        names = r.read(j)
        if names is None or names.end > last or not self._acts(names.end):
            return None
        own = names.names
        if not self._named_formally(names):
            return None
        begun = self._running_list(first, j)
        if begun is not None:
            if self._together_with(begun) or self._receives(begun):
                return None
            after_comma = [k for k in range(j, names.end) if r.sign(k, ",") and r.starts(k + 1)]
            if after_comma:
                cut = r.toks[after_comma[-1]].start
                own = tuple(name for name in own if name.start > cut)
        return self._subject(j, own, names.end, ordered=False) if own else None

    def _named_formally(self, names: NameList) -> bool:
        """
        Say whether a body is named as one that acts: with a capital, with "các", or with "có
        trách nhiệm" behind it.
        """
        r = self.reader
        first = r.toks[names.first]
        if first.capital or r.lex("quantifiers", names.first):
            return True
        return r.sign(names.end, "phải chịu chủ có")

    def _running_list(self, first: int, j: int) -> int | None:
        """Return where a list of names began that the comma before `j` is part of."""
        r = self.reader
        for k in range(first, j - 1):
            before = r.read(k) if r.starts(k) else None
            if before is not None and k <= j - 2 < before.end and before.end > j:
                return k
        return None

    def takes_list(self, k: int) -> bool:
        """
        Say whether the words before token `k` ask for names that may go on behind a semicolon.
        """
        before = self.reader.toks[k - 1].text if k else "."
        return before in _BEFORE_LIST or self._together_with(k)

    def _together_with(self, k: int) -> bool:
        """Say whether the list at `k` names partners: "phối hợp với Sở A, Sở B"."""
        toks = self.reader.toks
        before = [t.text for t in toks[max(0, k - 4) : k]]
        return "hợp" in before or before[-1:] in (["với"], ["cùng"], ["cho"], ["gửi"])

    def _receives(self, k: int) -> bool:
        """Say whether the list at `k` gets a report: "báo cáo kết quả về Sở A, Sở B"."""
        before = [t.text for t in self.reader.toks[max(0, k - 8) : k]]
        return before[-1:] == ["về"] and "cáo" in before

    def _subject(self, begin: int, names: tuple[Name, ...], end: int, *, ordered: bool) -> Subject:
        toks = self.reader.toks
        start = min(toks[begin].start, names[0].start)
        return Subject(names, start, toks[end - 1].end, ordered)
