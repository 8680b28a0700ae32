"""What can be read safely out of the parts of a procedure: steps, papers, sets, time limit."""

from __future__ import annotations

import re
from decimal import Decimal

from tinhgon.domain.procedures import CopyKind, Duration, Paper, Step, Unit

from ._agencies import begins_with_agency

_STEP = re.compile(
    r"^[-–+*•]?\s*(?:\d+(?:\.\d+)*[.)]\s*)?Bước\s+(?:thứ\s+)?(?P<number>\d{1,2})\b\s*[.:)\-–]*\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TIME = re.compile(
    r"(?P<amount>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:\([^)]{1,30}\)\s*)?"
    r"(?P<unit>ngày\s+làm\s+việc|ngày|giờ\s+làm\s+việc|giờ|tháng)(?!\s*\d|\s+\d|/)",
    re.IGNORECASE,
)
_A_DATE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}|"
    r"\d{1,2}/\d{4}"
)
_UNITS = {
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    "giờ": Unit.HOUR,
    "giờ làm việc": Unit.HOUR,
    "tháng": Unit.MONTH,
}
_NOTHING = re.compile(
    r"^\W*(?:không(?: có| phải)?(?: quy định| yêu cầu| áp dụng| thu)?|chưa (?:quy định|có))\W*$",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^(?:[-–+*•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|"
    r"\([a-zđ]\))\s*(?P<text>\S.*)$",
    re.DOTALL,
)
_LABELLED = re.compile(
    r"^(?:[-–+*•a-zđ\d.)\s]{0,6})?(?:thành phần(?: hồ sơ)?|"
    r"hồ sơ)(?: bao)?(?: gồm(?: có)?)?\s*:?\s*$",
    re.IGNORECASE,
)
_SETS = re.compile(r"(?<!\d)(?P<count>\d{1,2})\s*(?:\([^)]{1,20}\)\s*)?bộ\b", re.IGNORECASE)
_SETS_LINE = re.compile(r"^\W*(?:[a-zđ]\)|\d[.)])?\s*số lượng(?: bộ)?(?: hồ sơ)?\b", re.IGNORECASE)
_COPIES = re.compile(r"(?<!\d)0?(?P<count>[1-9]\d?)\s*(?:\([^)]{1,15}\)\s*)?bản\b", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:[Mm]ẫu|[Bb]iểu)\s+(?:số\s*)?(?P<name>\d[\w.\-/]*|[IVX]+\b)"
    r"(?:\s+[Pp]hụ lục\s+(?:số\s*)?[IVX\d]+)?",
)
_KINDS: tuple[tuple[CopyKind, re.Pattern[str]], ...] = (
    (CopyKind.CERTIFIED, re.compile(r"chứng thực|công chứng", re.IGNORECASE)),
    (CopyKind.COPY, re.compile(r"bản sao|bản chụp|bản photo", re.IGNORECASE)),
    (CopyKind.ELECTRONIC, re.compile(r"bản điện tử|bản mềm|bản scan|tệp tin|file", re.IGNORECASE)),
)
_LONGEST_PAPER = 400


def durations_in(text: str) -> list[Duration]:
    """Return every time named in a text; days of the calendar are none."""
    out: list[Duration] = []
    for found in _TIME.finditer(_A_DATE.sub(" ", text)):
        amount = Decimal(found["amount"].replace(",", "."))
        unit = _UNITS[" ".join(found["unit"].lower().split())]
        if amount > 0:
            out.append(Duration(amount, unit))
    return out


def time_limit_of(text: str) -> Duration | None:
    """Return the time limit when the text names one only."""
    found = durations_in(text)
    return found[0] if len(found) == 1 else None


def steps_of(text: str) -> tuple[Step, ...]:
    """Return the steps when they are numbered "Bước 1", "Bước 2" … once and in order."""
    blocks: list[tuple[int, list[str]]] = []
    for line in text.split("\n"):
        found = _STEP.match(line)
        if found:
            blocks.append((int(found["number"]), [found["text"]] if found["text"] else []))
        elif blocks:
            blocks[-1][1].append(line)
        elif line.strip():
            return ()  # something stands before the first step: it would be lost
    if [number for number, _ in blocks] != list(range(1, len(blocks) + 1)):
        return ()
    return tuple(_step(number, "\n".join(lines).strip()) for number, lines in blocks)


def _step(number: int, text: str) -> Step:
    return Step(number, text, actor=begins_with_agency(text), duration=time_limit_of(text))


def sets_of(text: str) -> int | None:
    """Return the number of sets of the dossier ("01 bộ")."""
    lines = [line for line in text.split("\n") if _SETS.search(line)]
    counts = {int(found["count"]) for line in lines[:1] for found in [_SETS.search(line)] if found}
    return counts.pop() if len(counts) == 1 else None


def papers_of(text: str) -> tuple[Paper, ...]:
    """Return the papers when each stands on a line of its own with a bullet or number."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    lines = [line for line in lines if not _LABELLED.match(line) and not _SETS_LINE.match(line)]
    if not lines or any(map(says_nothing, lines)) or any(line.endswith(":") for line in lines):
        return ()
    if len(lines) == 1:
        (only,) = texts_of(lines[0])
        single = ";" not in only.rstrip(";") and len(only) < _LONGEST_PAPER
        return (_paper(only),) if single else ()
    names = texts_of("\n".join(lines))
    if not all(map(_BULLET.match, lines)) or any(map(_CASE.match, names)):
        return ()
    return tuple(map(_paper, names))


_CASE = re.compile(r"^(?:trường hợp|đối với|khi|nếu|riêng)\b", re.IGNORECASE)


def says_nothing(text: str) -> bool:
    """Tell whether the text says that there is nothing ("Không quy định")."""
    return bool(_NOTHING.match(text))


def texts_of(text: str) -> list[str]:
    """Return the lines of a text without their bullets and numbers."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [found["text"] if (found := _BULLET.match(line)) else line for line in lines]


def _paper(text: str) -> Paper:
    name = " ".join(text.split()).rstrip(" ;.,")
    copies, form = _COPIES.search(name), _FORM.search(name)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(name)), CopyKind.ORIGINAL)
    return Paper(
        name=name,
        copy=kind,
        quantity=int(copies["count"]) if copies else 1,
        form=" ".join(form[0].split()) if form else "",
        compulsory="nếu có" not in name.lower(),
    )
