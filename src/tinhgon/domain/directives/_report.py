"""
Duties to report ("báo cáo UBND tỉnh kết quả …") and which deadline belongs to the work, which to
the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ._when import Due, Wording
from ._who import NameReader
from ._words import Span, clauses, fold, words

_NOUN_BEFORE = words("report_nouns_before")
_NOUN_AFTER = words("report_nouns_after")
_AFTER_RECEIVER = words("report_after_receiver")
_TOWARDS = frozenset(["về", "cho", "đến", "tới", "gửi", "lên", "với"])
_PURPOSE = words("purpose")
_PURPOSE_CHAIN = words("purpose_chain")
_PRODUCT = re.compile(
    r"danh sách|danh mục|hồ sơ|kịch bản|dự thảo|kiến nghị xử lý|sản phẩm|ý kiến góp ý"
)
_CONNECTING = re.compile(
    r"(?:đồng thời|tổng hợp|thống kê|hoặc|đột xuất"
    r"|kịp thời|định kỳ|thường xuyên|và|kết quả(?: thực hiện)?|gửi"
    r"|trên cơ sở đó|sau đó|chủ động|có trách nhiệm|chủ trì|chung|,|;|:|\.|trực tiếp"
    r"|khẩn trương|lập|xây dựng|phải|tham mưu|yêu cầu|đề nghị|giao|có|văn bản|nghiêm túc"
    r"|thực hiện)+"
)


@dataclass(frozen=True, slots=True)
class ReportFound:
    """A verb of reporting with its receiver; `start` is where the verb begins."""

    to: str
    start: int
    end: int


def reports(text: str) -> list[ReportFound]:
    """Return the reports a text tells somebody to make to a named body."""
    return _Finder(text).all()


class _Finder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.reader = NameReader(text)
        self.toks = self.reader.toks
        self.spans = clauses(text)

    def all(self) -> list[ReportFound]:
        found = []
        for i in range(len(self.toks) - 1):
            got = self._at(i)
            if got:
                found.append(got)
        return found

    def _at(self, i: int) -> ReportFound | None:
        word = f"{self.toks[i].text} {self.toks[i + 1].text}"
        if word == "báo cáo" and i and self.toks[i - 1].text == "độ":
            return self._receiver(i, i + 2, only_about=True)  # "thực hiện chế độ báo cáo về Sở A"
        if word == "báo cáo":
            verb = not self._noun(i) and not self._purpose(i)
            return self._receiver(i, i + 2) if verb else None
        if word in ("phản ánh", "phản hồi"):
            verb = not self._purpose(i) and not self._petition(i)
            return self._receiver(i, i + 2, only_about=True) if verb else None
        if self.toks[i].text == "gửi":
            return self._sent(i)
        return None

    def _petition(self, i: int) -> bool:
        """Say whether "phản ánh" is what citizens sent in: "tiếp nhận kiến nghị, phản ánh"."""
        before = [t.text for t in self.toks[max(0, i - 2) : i] if t.word]
        return before[-1:] in (["nghị"], ["các"], ["những"], ["nhận"])

    def _noun(self, i: int) -> bool:
        if i and self.toks[i - 1].text in _NOUN_BEFORE:
            return True
        return i + 2 < len(self.toks) and self.toks[i + 2].text in _NOUN_AFTER

    def _purpose(self, i: int) -> bool:
        """
        Say whether the verb tells what the receiver then does: "để tổng hợp, báo cáo Chính phủ".
        """
        j = i - 1
        while j >= 0 and self.toks[j].text in _PURPOSE_CHAIN:
            j -= 1
        return j >= 0 and self.toks[j].text in _PURPOSE

    def _clause_end(self, i: int) -> int:
        at = self.toks[i].start
        end = next((s.end for s in self.spans if s.start <= at < s.end), len(self.text))
        return next((k for k, t in enumerate(self.toks) if t.start >= end), len(self.toks))

    def _receiver(self, verb: int, i: int, *, only_about: bool = False) -> ReportFound | None:
        last = self._clause_end(verb)
        if not only_about:
            j = self._past_fillers(i, last)
            if j < last and self.reader.starts(j):
                return self._to(verb, j)
        purpose = False
        for j in range(i, last - 1):
            purpose = purpose or self.toks[j].text in _PURPOSE
            # Behind "để …" only "gửi" can still name who gets the report.
            leads = self.toks[j].text == "gửi" if purpose else self.toks[j].text in _TOWARDS
            towards = leads and self.reader.starts(j + 1)
            if towards and self._ends_well(j + 1):
                return self._to(verb, j + 1)
        return None

    def _ends_well(self, i: int) -> bool:
        """
        Say whether the name at `i` receives, and is not what the report is about ("về các cơ quan
        vi phạm").
        """
        names = self.reader.read(i)
        if names is None:
            return False
        after = self.reader.at(names.end)
        return after is None or not after.word or after.text in _AFTER_RECEIVER

    def _past_fillers(self, i: int, last: int) -> int:
        moved = True
        while moved and i < last:
            moved = False
            if self.reader.starts(i):
                return i
            if size := self.reader.lex("report_fillers", i):
                i += size
                moved = True
        return i

    def _sent(self, i: int) -> ReportFound | None:
        """Read "gửi báo cáo … về Sở A", "tổng hợp … gửi về Sở A"."""
        last = self._clause_end(i)
        words = fold(self.text[self._clause_start(i) : self.toks[last - 1].end])
        if _PRODUCT.search(words) or self._purpose(i):
            return None
        own = fold(self.text[self._clause_start(i) : self.toks[i].start])
        reportlike = re.search(r"báo cáo|kết quả|số liệu", words) or "tổng hợp" in own
        if not reportlike:
            return None
        for j in range(i + 1, last - 1):
            if self.toks[j].text in ("về", "cho", "đến", "tới") and self.reader.starts(j + 1):
                return self._to(i, j + 1) if self._ends_well(j + 1) else None
            if self.toks[j].text in _PURPOSE:
                return None
        return None

    def _clause_start(self, i: int) -> int:
        at = self.toks[i].start
        return next((s.start for s in self.spans if s.start <= at < s.end), 0)

    def _sent_further(self, i: int) -> bool:
        """Say whether the report goes to somebody else too: "báo cáo Sở A và gửi Sở B"."""
        toks = self.toks
        sent = i + 1 < len(toks) and (toks[i].text, toks[i + 1].text) == ("và", "gửi")
        return sent and self.reader.starts(i + 2)

    def _to(self, verb: int, j: int) -> ReportFound | None:
        names = self.reader.read(j)
        if names is None:
            return None
        to, end = "; ".join(names.texts), names.end
        if self._sent_further(end) and (others := self.reader.read(end + 2)):
            to, end = "; ".join((*names.texts, *others.texts)), others.end
        start = self.toks[verb].start
        channel = re.compile(r"\s*\((?:thông )?qua [^()]*\)", re.IGNORECASE).match(
            self.text, self.toks[end - 1].end
        )
        if channel:
            return ReportFound(to + " " + channel[0].strip(), start, channel.end())
        if self.toks[end - 1].end < len(self.text) and end < len(self.toks):
            through = end + (2 if self.toks[end].text == "thông" else 1)
            if self.toks[end].text in ("thông", "qua") and self.reader.starts(through):
                via = self.reader.read(through)
                if via:
                    channel_text = self.text[self.toks[end].start : via.names[-1].end]
                    return ReportFound(f"{to} ({channel_text})", start, via.names[-1].end)
        return ReportFound(to, start, self.toks[end - 1].end)


@dataclass(frozen=True, slots=True)
class Timing:
    """The deadlines of one task: of the work, of its report, and how it recurs."""

    work: Due | None = None
    report: Due | None = None
    report_to: ReportFound | None = None
    recurrence: str | None = None


_COMPLETION = re.compile(
    r"hoàn thành|hoàn tất|xong|dứt điểm|kết thúc|thời gian|thời hạn|ban hành|đưa vào"
    r"|phấn đấu|trình|ký|bàn giao|khởi công|tổ chức|đạt|gửi|tham mưu"
)
_FRAMES = ("trong", "trước", "chậm", "đến hết", "hết", "từ nay", "muộn")
_FRAME_BEFORE = re.compile(
    r"(?:thời gian|thời hạn|tiến độ|hoàn thành|xong)(?: thực hiện| hoàn thành| vào| là|:|\s)*$"
)
_PURPOSE_CLAUSE = re.compile(r"^(?:để|nhằm|phấn đấu)\b")
_PLAN_OF_YEAR = re.compile(
    r"(?:kế hoạch|phương án|dự toán|chương trình|nhiệm vụ|công tác|danh mục|chỉ tiêu"
    r"|ngân sách|chỉ số|mục tiêu|đề án|tiến độ|biện pháp)[^,;.]{0,60}$"
)


# "kiểm tra đột xuất" is how to inspect, not when to report.
_AD_HOC = re.compile(
    r"(?:\b(?:và|hoặc|hay)|,|\()\s*(?:báo cáo\s+)?đột xuất|báo cáo đột xuất"
    r"|đột xuất (?:khi|theo|\()"
)


def timing(text: str, dues: list[Due], *, part: bool = False) -> Timing:
    """
    Tell the deadlines of the work from those of its report.

    A clause that only tells to report dates the report; the whole of a task that only tells to
    report dates both. `part` says that
    `text` is one clause of a longer task.
    """
    found = reports(text)
    spans = clauses(text)
    folded = fold(text)
    work: Due | None = None
    of_report: Due | None = None
    periods: list[str] = []
    for due in dues:
        clause = next((s for s in spans if s.start <= due.start < s.end), Span(0, len(text)))
        reporting = [r for r in found if clause.start <= r.start < clause.end]
        if not _counts(folded, due, clause, reporting):
            continue
        for_work, for_report = _belongs(
            folded, due, clause, reporting, alone=len(spans) == 1 and not part
        )
        if due.recurrence and (for_work or for_report):
            periods += due.recurrence.split("+")
        if for_work and (work is None or (due.firm and not work.firm)):
            work = due
        if for_report and of_report is None:
            of_report = due
    named = [period for period in periods if period != "periodic"]
    recurrence = "+".join(dict.fromkeys(named or periods)) or None
    if recurrence and _AD_HOC.search(folded):
        recurrence += "+ad_hoc"
    return Timing(work, of_report, _all_receivers(found), recurrence)


def _all_receivers(found: list[ReportFound]) -> ReportFound | None:
    """Join the receivers of all reports of one task."""
    if not found:
        return None
    to = dict.fromkeys(part for report in found for part in report.to.split("; "))
    return ReportFound("; ".join(to), found[0].start, found[0].end)


def _counts(folded: str, due: Due, clause: Span, reporting: list[ReportFound]) -> bool:
    """Say whether a phrase of time is a deadline here."""
    before = folded[clause.start : due.start]
    if due.kind is Wording.PERIODIC_REPORT:
        return bool(reporting)
    if due.kind is Wording.RECURRING:
        steady = re.search(r"định kỳ|ngày\s+\d|\d/\d|thứ |lần/", fold(due.text))
        steadily = bool(steady) or "định kỳ" in before
        return steadily or not before.strip(" -+") or _of_report(folded, due, reporting)
    if due.kind is Wording.AFTER_EVENT:
        return _ends_clause(folded, due, clause) and due.start > clause.start
    if (
        due.kind in (Wording.IN_YEAR, Wording.IN_MONTH, Wording.IN_QUARTER, Wording.OPEN)
        or not due.firm
    ):
        if not fold(due.text).startswith(_FRAMES) and not _FRAME_BEFORE.search(before):
            return False
        opening = not before.strip(" -+")  # "Trong quý II, Sở A hoàn thành …"
        stretch = folded[due.end : clause.end] if opening else before
        completed = _COMPLETION.search(stretch) or reporting
        return bool(completed) and not _in_plan(before)
    return not _purpose_date(before) and not _of_receiver(before)


def _of_report(folded: str, due: Due, reporting: list[ReportFound]) -> bool:
    """Say whether "hằng năm" tells how often to report, not what kind of figure is meant."""
    if not reporting:
        return False
    verb = reporting[0].start
    return due.start > verb or not _CONNECTING.sub("", folded[due.end : verb]).strip()


def _in_plan(before: str) -> bool:
    tail = before[before.rfind(",") + 1 :]
    finished = re.search(r"hoàn thành|xong|báo cáo", tail)
    return bool(_PLAN_OF_YEAR.search(before)) and not finished


def _of_receiver(before: str) -> bool:
    """
    Say whether a second date is the receiver's: "… trước ngày 20/11 để tổng hợp, báo cáo UBND tỉnh
    trước ngày 30/11".
    """
    first, purpose, then = before.rpartition(" để ")
    dated = re.search(r"\d{1,2}/\d{1,2}|hằng|hàng", first)
    return bool(purpose and dated and re.search(r"báo cáo|trình|tổng hợp", then))


def _purpose_date(before: str) -> bool:
    """Say whether the date belongs to a purpose: "để kịp … trước Tết"."""
    last = before[before.rfind(",") + 1 :].strip()
    return bool(_PURPOSE_CLAUSE.match(last)) and "hoàn thành" not in last


def _ends_clause(folded: str, due: Due, clause: Span) -> bool:
    return not folded[due.end : clause.end].strip(" .;,/")


def _without_names(text: str, start: int, end: int) -> str:
    """Return the words of a stretch, folded, without brackets and without the body that acts."""
    stretch = re.sub(r"\([^()]*\)", " ", text[start:end]).strip(" ,")
    names = NameReader(stretch).read(0)
    if names is not None:
        stretch = stretch[names.names[-1].end :]
    return fold(stretch)


def _belongs(
    text: str, due: Due, clause: Span, reporting: list[ReportFound], *, alone: bool
) -> tuple[bool, bool]:
    """Return whether the deadline is the work's and whether it is the report's."""
    if not reporting:
        return True, False
    if due.kind is Wording.PERIODIC_REPORT:
        return False, True
    verb = reporting[0]
    folded = fold(text)
    lead = folded[clause.start : min(verb.start, due.start)]
    pure = not _CONNECTING.sub("", lead).strip()
    if due.start < verb.start:
        between = _CONNECTING.sub("", _without_names(text, due.end, verb.start)).strip()
        if not between and (pure or due.kind is Wording.RECURRING):
            return alone and pure and due.kind is not Wording.RECURRING, True
        return True, False
    if due.kind is Wording.RECURRING:
        return False, True
    if re.search(r"hoàn thành|xong", folded[verb.end : due.start]):
        return True, False
    return (not pure or alone), True
