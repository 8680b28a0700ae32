"""What the document says of itself, held against what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tinhgon.domain.procedures import Action
from tinhgon.domain.vntext import fold

from ._model import Content, ContentPart, Finding, Problem, Row, StatedCount
from ._words import field_of_heading, level_in, one_action, without_count


def problems_of(
    rows: Sequence[Row], counts: Sequence[StatedCount], contents: Sequence[Content]
) -> Iterator[Problem]:
    """Yield what does not agree, each with a sentence that says what to look at."""
    if not rows:
        yield Problem(Finding.NO_LIST, _no_list(counts))
        return
    yield from count_problems(counts, rows)
    yield from _doubles(rows)
    yield from _gaps(rows)
    if contents:
        yield from _check_contents(rows, contents)


def count_problems(counts: Sequence[StatedCount], rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield the stated numbers which are not those of the rows."""
    alike = [count.count for count in counts if count.scope is None and not count.heading]
    for count in counts:
        summed = count.scope is None and not count.heading and sum(alike) == len(rows)
        if not summed:
            yield from _check_count(count, rows)


def _no_list(counts: Sequence[StatedCount]) -> str:
    if counts:
        return f"Văn bản nêu “{counts[0].text}” nhưng trong tệp không có danh mục để đối chiếu."
    return "Không thấy danh mục thủ tục hành chính trong tệp."


def _check_count(count: StatedCount, rows: Sequence[Row]) -> Iterator[Problem]:
    counted = _below(count, rows) if count.heading else _within(count.scope, rows)
    if counted != count.count:
        yield Problem(
            Finding.COUNT,
            f"Văn bản nêu “{count.text}” nhưng đọc được {counted} thủ tục. "
            "Hãy đối chiếu với bản gốc.",
        )


def _below(count: StatedCount, rows: Sequence[Row]) -> int:
    own = fold(without_count(count.text))
    below = [
        row
        for row in rows
        if any(fold(without_count(head)) == own for head in (row.section or "").split(" > "))
    ]
    return len(below) if below else _within(count.scope, rows)


def _within(scope: str | None, rows: Sequence[Row]) -> int:
    """Return how many rows the words of a scope cover."""
    if scope is None:
        return len(rows)
    action, level = one_action(scope), level_in(scope)
    if not any(row.level for row in rows):
        level = None
    field = fold(field_of_heading(scope) or "")
    return sum(
        (action is None or row.action is action)
        and (level is None or row.level is level)
        and (not field or fold(row.field or "") == field)
        for row in rows
    )


def _doubles(rows: Sequence[Row]) -> Iterator[Problem]:
    for row in rows:
        if row.position.endswith(")"):
            yield Problem(
                Finding.DOUBLE_POSITION,
                f"Số thứ tự {row.position.partition('(')[0]} được in hai lần.",
                row.position,
            )
    codes = Counter((row.code, row.action) for row in rows if row.code)
    seen: set[str] = set()
    for row in rows:
        if row.code and codes[row.code, row.action] > 1 and row.code not in seen:
            seen.add(row.code)
            times = codes[row.code, row.action]
            yield Problem(
                Finding.DOUBLE_CODE,
                f"Mã {row.code} có ở {times} dòng của danh mục.",
                row.position,
            )


def _gaps(rows: Sequence[Row]) -> Iterator[Problem]:
    """Numbers that jump: a row was lost, or the document left one out."""
    last: tuple[str, int] | None = None
    for row in rows:
        head, _, number = row.position.partition("(")[0].rpartition(".")
        if not number.isdigit():
            last = None
            continue
        here = int(number)
        if last is not None and here > last[1] + 1 and (here > 1) and head == last[0]:
            yield Problem(
                Finding.GAP,
                f"Sau số thứ tự {last[1]} là {here}: thiếu {_missing(last[1], here)}.",
                row.position,
            )
        last = (head, here)


def _missing(before: int, after: int) -> str:
    first, final = before + 1, after - 1
    return f"số {first}" if first == final else f"các số từ {first} đến {final}"


def _check_contents(rows: Sequence[Row], contents: Sequence[Content]) -> Iterator[Problem]:
    taken = {id(row.content) for row in rows if row.content}
    for content in contents:
        if id(content) not in taken:
            yield Problem(
                Finding.CONTENT,
                f"Phần nội dung “{_short(content.name)}” không khớp với dòng nào của danh mục.",
            )
    without = [
        row.position
        for row in rows
        if row.content is None and row.action is not Action.ABOLISHED and row.replaced_by is None
    ]
    if without:
        shown = ", ".join(without[:_SHOWN]) + (", …" if len(without) > _SHOWN else "")
        yield Problem(
            Finding.CONTENT, f"{len(without)} thủ tục không có nội dung cụ thể trong tệp: {shown}."
        )
    for row in rows:
        if row.content is not None:
            yield from _missing_parts(row, row.content)


_SHOWN = 12
_PARTS = {
    ContentPart.STEPS: "trình tự thực hiện",
    ContentPart.DOSSIER: "thành phần hồ sơ",
    ContentPart.TIME_LIMIT: "thời hạn giải quyết",
    ContentPart.AGENCY: "cơ quan giải quyết",
    ContentPart.RESULT: "kết quả",
    ContentPart.LEGAL_BASIS: "căn cứ pháp lý",
}


def _missing_parts(row: Row, content: Content) -> Iterator[Problem]:
    lacking = [words for part, words in _PARTS.items() if not content.text(part)]
    if lacking:
        yield Problem(Finding.CONTENT, f"Nội dung cụ thể thiếu {', '.join(lacking)}.", row.position)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
