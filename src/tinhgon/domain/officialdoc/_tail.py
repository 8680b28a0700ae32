"""The foot of a document: recipients and signature; it tells where the body ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tinhgon.domain.vntext import fold

from ._header import is_bullet, without_bullet
from ._join import glue
from ._model import Signature
from ._phrases import after_label, document_type, is_rule, is_upper, mostly_upper
from ._raw import Line, Side
from ._titles import AUTHORITY, clean_title, is_name, is_title

_SIGNED = re.compile(r"^\(?\s*(?:đã ký|ký tên.*|ký, ghi rõ.*|chữ ký.*)\s*\)?$", re.IGNORECASE)
_ANNEX = re.compile(
    r"^(?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|Biểu số|MẪU|Mẫu số|KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|"
    r"PHƯƠNG ÁN|ĐỀ CƯƠNG|QUY TRÌNH|NỘI DUNG|CHƯƠNG TRÌNH|ĐỀ ÁN|BẢNG)\b"
)
_TITLE_LENGTH = 60
_NOTE = re.compile(r"^(?:\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}\))\s*\S")
_BURIED = re.compile(r"(?<=[,;.)])\s*[-–]\s*(?=Lưu\s*:)")


@dataclass(slots=True)
class Tail:
    """`start` is the index of its first line, `end` that of the first line after it."""

    start: int
    end: int
    recipients: list[str] = field(default_factory=list)
    signature: Signature | None = None
    notes: list[Line] = field(default_factory=list)
    strange: list[Line] = field(default_factory=list)


def find_tail(lines: list[Line], start: int) -> Tail:
    """
    Return the foot of the document in the lines from `start` on; without one it is empty at the
    end.
    """
    first = _find_recipients(lines, start)
    if first is None:
        first = _find_signature(lines, start)
        if first is None:
            return Tail(len(lines), len(lines))
    else:
        first = _back_over_signature(lines, first, start)
    return _Reader(lines, first).read()


def _find_recipients(lines: list[Line], start: int) -> int | None:
    for index in range(start, len(lines)):
        if lines[index].table is None and after_label("noi nhan", lines[index].text) is not None:
            return index
    return None


def _find_signature(lines: list[Line], start: int) -> int | None:
    """Without recipients: the first line of a title which is followed by a name."""
    for index in range(start, len(lines)):
        if not is_title(lines[index].text):
            continue
        for after in lines[index + 1 : index + 8]:
            if is_name(after.text) and not is_upper(after.text):
                return index
            if not (is_title(after.text) or _SIGNED.match(after.text) or is_upper(after.text)):
                break
    return None


def _back_over_signature(lines: list[Line], first: int, start: int) -> int:
    """The signature may be printed before the recipients; then the foot begins there."""
    begin = first
    seen_title = False
    while begin > start and first - begin < 8:
        text = lines[begin - 1].text
        if is_title(text):
            seen_title = True
        elif not (is_name(text) or _SIGNED.match(text) or is_rule(text)):
            break
        begin -= 1
    while begin < first and not is_title(lines[begin].text):
        begin += 1
    return begin if seen_title else first


class _Reader:
    def __init__(self, lines: list[Line], first: int) -> None:
        self.lines = lines
        self.tail = Tail(first, first)
        self.entries: list[str] = []
        self.titles: list[str] = []
        self.name = ""
        self.in_recipients = False
        self.at = first

    def read(self) -> Tail:
        while self.at < len(self.lines) and not self._ends(self.at):
            self._take(self.lines[self.at])
            self.at += 1
        self.tail.end = self.at
        self.tail.recipients = [entry for entry in map(without_bullet, self.entries) if entry]
        if self.titles:
            title = self.titles[-1] if not AUTHORITY.match(self.titles[-1]) else ""
            authority = self.titles[:-1] if title else self.titles
            self.tail.signature = Signature(tuple(authority), title, self.name)
        return self.tail

    def _ends(self, at: int) -> bool:
        line = self.lines[at]
        if line.table or at - self.tail.start > 150:
            return True
        text = line.text
        if _ANNEX.match(text) and not is_title(text) and not is_bullet(text):
            done = bool(self.name) or not self.in_recipients or self._is_filed_unsigned()
            return done or document_type(text) is not None
        done = bool(self.titles and self.name)
        is_own = is_bullet(text) or is_title(text) or _NOTE.match(text) or is_rule(text)
        in_note = bool(self.tail.notes) and line.continues is True
        return done and not is_own and not in_note and not self._is_rest(line)

    def _is_filed_unsigned(self) -> bool:
        """A draft has a title and no name; its recipients end with who files it ("Lưu: VT")."""
        last = without_bullet(self.entries[-1]) if self.entries else ""
        return bool(self.titles) and fold(last).startswith("luu")

    def _is_rest(self, line: Line) -> bool:
        if line.side is not Side.FULL:
            return True
        return after_label("noi nhan", line.text) is not None or (
            self.in_recipients and self._goes_on(line)
        )

    def _take(self, line: Line) -> None:
        text = line.text.strip()
        label = after_label("noi nhan", text)
        if label is not None:
            self.in_recipients = True
            self._recipient(label)
        elif self._is_nothing(text) or (line.side is not Side.LEFT and self._signature(text)):
            return
        elif self.tail.notes and line.continues is True:
            last = self.tail.notes[-1]
            self.tail.notes[-1] = replace(last, text=glue(last.text, text), end_line=line.end_line)
        elif self.name and _NOTE.match(text) and not self._is_numbered_recipient():
            self.tail.notes.append(line)
        elif self.in_recipients and line.side is not Side.RIGHT:
            self._recipient_line(line, text)
        else:
            self.tail.strange.append(line)

    @staticmethod
    def _is_nothing(text: str) -> bool:
        return is_rule(text) or bool(_SIGNED.match(text))

    def _is_numbered_recipient(self) -> bool:
        return not self.entries

    def _signature(self, text: str) -> bool:
        if is_title(text):
            self.titles.append(clean_title(text))
            return True
        if self.titles and not self.name and not is_bullet(text):
            return self._name_or_more_title(text)
        return False

    def _name_or_more_title(self, text: str) -> bool:
        last_open = self.in_recipients and self.entries and self.entries[-1].endswith(",")
        if is_name(text) and not mostly_upper(text) and not last_open:
            self.name = text
            return True
        letters = sum(c.isalpha() for c in text)
        if not is_upper(text) or not 4 <= letters < _TITLE_LENGTH:
            return False
        if is_name(text.title()) and not self._signer_ahead():
            self.name = text
        else:
            self.titles[-1] = f"{self.titles[-1]} {text}"
        return True

    def _signer_ahead(self) -> bool:
        """A title or name still to come tells a second line of a title from a name in capitals."""
        after = self.lines[self.at + 1 : self.at + 12]
        return any(
            is_title(line.text) or (is_name(line.text) and not mostly_upper(line.text))
            for line in after
            if line.side is not Side.LEFT
        )

    def _recipient(self, text: str) -> None:
        for piece in _BURIED.split(text):
            if piece.strip():
                self.entries.append(piece.strip())

    def _recipient_line(self, line: Line, text: str) -> None:
        if self._goes_on(line):
            joined = glue(self.entries.pop(), text)
            self._recipient(joined)
        else:
            self._recipient(text)

    def _goes_on(self, line: Line) -> bool:
        if not self.entries or is_bullet(line.text):
            return False
        last = self.entries[-1]
        return not last.endswith((";", ".")) and (
            is_bullet(last) or last.endswith((",", ":")) or line.text[:1].islower()
        )
