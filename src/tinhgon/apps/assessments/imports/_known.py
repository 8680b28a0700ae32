"""Which row of the sheet each line of the file is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from tinhgon.apps.assessments.enums import KEY_HEADING
from tinhgon.domain.costing import By, Named, Pairing, Row, Sides, pair

from ._lines import Said


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the file with the key of its row, "" while it is not clear which one is meant."""

    said: Said
    key: str
    meant: str
    is_new: bool = False
    fault: str = ""


def known_now(said: Sequence[Said], sheet: Sides, keys: Iterator[str]) -> list[Known]:
    """Return which row of the sheet each line of section I is; new ones get the next of `keys`."""
    rows = [*sheet.now.rows, *_after_alone(sheet)]
    pairs = pair([each.named(each.mark) for each in said], [_named(row) for row in rows])
    found = []
    for each, paired in zip(said, pairs, strict=True):
        if paired.place is not None:
            row = rows[paired.place]
            found.append(Known(each, row.key, _same_words(each, row, paired)))
        elif paired.by is By.UNCLEAR:
            fault = _unclear_now(each, paired, said, rows)
            found.append(Known(each, "", _UNCLEAR, fault=fault))
        else:
            found.append(Known(each, next(keys), "dòng mới", is_new=True))
    return found


def known_after(
    said: Sequence[Said], now: Sequence[Known], sheet: Sides, keys: Iterator[str]
) -> list[Known]:
    """
    Return which row each line of section II is: one of section I, one of the sheet that only its
    after side has, or a new one.

    A mark of one's own making, unknown to the sheet, ties two new lines as one of the sheet does.
    """
    times = Counter(each.said.mark for each in now)
    taken = {each.key for each in now}
    alone = [row for row in _after_alone(sheet) if row.key not in taken]
    known = [
        each.said.named(
            "" if each.is_new else each.key, each.said.mark if times[each.said.mark] == 1 else ""
        )
        for each in now
    ]
    known += [_named(row) for row in alone]
    pairs = pair([each.named(each.mark) for each in said], known)
    found = []
    for each, paired in zip(said, pairs, strict=True):
        if paired.place is None:
            if paired.by is By.UNCLEAR:
                fault = _unclear_after(each, paired, said, [*(n.said for n in now), *alone])
                found.append(Known(each, "", _UNCLEAR, fault=fault))
            else:
                found.append(Known(each, next(keys), "dòng mới, chỉ có ở mục II", is_new=True))
        elif paired.place < len(now):
            other = now[paired.place]
            found.append(Known(each, other.key, f"như dòng {other.said.number} ở mục I"))
        else:
            row = alone[paired.place - len(now)]
            meant = f"{_same_words(each, row, paired)}, chỉ có ở mục II"
            found.append(Known(each, row.key, meant))
    return found


def new_keys(sheet: Sides, taken: Set[str]) -> Iterator[str]:
    """Yield keys for new rows, none of which the sheet has or had."""
    old = taken | {row.key for side in (sheet.now, sheet.after) for row in side.rows}
    number = 0
    while True:
        number += 1
        if (key := f"own-{number}") not in old:
            yield key


_UNCLEAR = "chưa rõ là dòng nào"


def _after_alone(sheet: Sides) -> list[Row]:
    known = {row.key for row in sheet.now.rows}
    return [row for row in sheet.after.rows if row.key not in known]


def _named(row: Row) -> Named:
    return Named(frozenset({row.key}), row.group, row.side, row.what, row.how)


def _same_words(said: Said, row: Row, paired: Pairing) -> str:
    if paired.by is By.WORDS:
        return "dòng có sẵn, theo tên"
    return "dòng có sẵn" if said.what == row.what else f"dòng có sẵn, tên cũ: {row.what}"


def _unclear_now(said: Said, paired: Pairing, lines: Sequence[Said], rows: Sequence[Row]) -> str:
    marks = ", ".join(f"“{rows[place].what}” (mã {rows[place].key})" for place in paired.could_be)
    return (
        f"Dòng {said.number}: chưa rõ là dòng nào trong bảng: {marks}{_also(paired, lines)}. "
        f"Ghi đúng mã vào cột {KEY_HEADING}; dòng mới thì xóa mã và đặt tên khác."
    )


def _unclear_after(
    said: Said, paired: Pairing, lines: Sequence[Said], known: Sequence[Said | Row]
) -> str:
    places = ", ".join(
        f"dòng {each.number}" if isinstance(each, Said) else f"mã {each.key}"
        for each in (known[place] for place in paired.could_be)
    )
    return (
        f"Dòng {said.number}: chưa rõ “{said.what}” là việc nào ở mục I: "
        f"{places}{_also(paired, lines)}. Ghi cùng một mã, tự đặt cũng được (ví dụ A1), vào cột "
        f"{KEY_HEADING} của dòng này và của đúng dòng ở mục I."
    )


def _also(paired: Pairing, lines: Sequence[Said]) -> str:
    if not paired.alike:
        return ""
    others = ", ".join(str(lines[place].number) for place in paired.alike)
    return f"; dòng {others} của tệp cũng có thể là dòng ấy"
