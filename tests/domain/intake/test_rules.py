"""The rules of intake: lives, verdicts, choices, headings, what a list says of a procedure."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from tests.factories.procedures import make_record
from tinhgon.domain.intake import (
    BATCH,
    BatchKind,
    BatchMove,
    BatchStatus,
    Choice,
    Found,
    How,
    Known,
    Nearness,
    Target,
    Verdict,
    allowed,
    cell_name,
    column_letter,
    compare,
    find,
    find_header,
    header_at,
    obstacles,
    onto,
    usual,
)
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import CellFault, Record

S, M = BatchStatus, BatchMove
LEGAL = {
    (S.UPLOADED, M.MATCH): S.MATCHED,
    (S.MATCHED, M.MATCH): S.MATCHED,
    (S.PREVIEWED, M.MATCH): S.MATCHED,
    (S.MATCHED, M.COMPARE): S.MATCHED,
    (S.MATCHED, M.FINISH): S.PREVIEWED,
    (S.PREVIEWED, M.CHOOSE): S.PREVIEWED,
    (S.PREVIEWED, M.WRITE): S.WRITTEN,
    (S.WRITTEN, M.UNDO): S.UNDONE,
    (S.UPLOADED, M.DISCARD): S.DISCARDED,
    (S.MATCHED, M.DISCARD): S.DISCARDED,
    (S.PREVIEWED, M.DISCARD): S.DISCARDED,
}


@pytest.mark.parametrize(("status", "move"), list(itertools.product(S, M)))
def test_the_whole_life_of_a_batch(status: BatchStatus, move: BatchMove) -> None:
    if (status, move) in LEGAL:
        assert BATCH.transition_for(status, move).to is LEGAL[status, move]
    else:
        with pytest.raises(IllegalMove):
            BATCH.transition_for(status, move)


# --- which procedure a row is about

HOME, ABROAD = 1, 2
MINE: Target[str] = Target("mine", HOME, Record(name="x"))
OTHER: Target[str] = Target("other", HOME, Record(name="y"))
THEIRS: Target[str] = Target("theirs", ABROAD, Record(name="z"))
KNOWN: Known[str] = Known(
    {"NB-1": MINE, "NB-9": THEIRS},
    {"1.1": OTHER, "1.9": THEIRS},
    {(HOME, "province", "k"): [MINE], (HOME, "province", "twice"): [MINE, OTHER]},
)


@pytest.mark.parametrize(
    ("asked", "target", "how", "fault"),
    [
        ({"local_code": "nb-1", "national_code": "1.1"}, MINE, How.LOCAL_CODE, ""),
        ({"local_code": "NB-2", "name_key": "k"}, None, None, "local_code"),
        ({"local_code": "NB-9"}, None, None, "local_code"),
        ({"national_code": "1.1", "name_key": "k"}, OTHER, How.NATIONAL_CODE, ""),
        ({"national_code": "1.9"}, None, None, "national_code"),
        ({"national_code": "1.2", "name_key": "k"}, MINE, How.NAME, ""),
        ({"name_key": "twice"}, None, None, "name"),
        ({"name_key": "k", "tier": "commune"}, None, None, ""),
        ({"name_key": "k", "agency": ABROAD}, None, None, ""),
    ],
)
def test_codes_go_before_names(asked: Any, target: Any, how: Any, fault: str) -> None:
    usual_row = {
        "local_code": "",
        "national_code": "",
        "agency": HOME,
        "tier": "province",
        "name_key": "",
    }
    found: Found[str] = find(KNOWN, **{**usual_row, **asked})
    assert (found.target, found.how) == (target, how)
    assert (found.fault.key if found.fault else "") == fault


def test_what_a_row_is() -> None:
    one, other = Record(name="x"), Record(name="x", fee="Không")
    target: Target[int] = Target(1, HOME, one)
    assert compare(one, target, faults=(), twin=False) is Verdict.SAME
    assert compare(other, target, faults=(), twin=True) is Verdict.CHANGED
    assert compare(one, None, faults=(), twin=False) is Verdict.NEW
    assert compare(one, None, faults=(), twin=True) is Verdict.TWIN
    assert compare(one, target, faults=[CellFault("fee", "?")], twin=False) is Verdict.ERROR
    assert compare(None, target, faults=(), twin=False) is Verdict.ERROR


# --- choices


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("kind", BatchKind)
def test_every_row_may_be_left_out_and_none_is_changed_unasked(
    verdict: Verdict, kind: BatchKind
) -> None:
    assert Choice.SKIP in allowed(verdict, kind)
    assert usual(verdict, kind) in {*allowed(verdict, kind), None}
    if verdict is Verdict.ERROR:
        assert allowed(verdict, kind) == (Choice.SKIP,)


def test_a_probable_duplicate_is_decided_by_a_person() -> None:
    assert usual(Verdict.TWIN) is None


def test_a_decision_publishes_even_what_does_not_differ() -> None:
    assert usual(Verdict.SAME, BatchKind.DECISION) is Choice.UPDATE
    assert usual(Verdict.SAME) is Choice.SKIP


@pytest.mark.parametrize(
    ("undecided", "errors", "chosen", "stop", "count"),
    [(0, 0, 1, True, 0), (1, 0, 1, False, 1), (0, 2, 1, False, 0), (0, 2, 1, True, 1),
     (0, 0, 0, False, 1), (1, 1, 0, True, 3)],
)  # fmt: skip
def test_what_stands_in_the_way(
    undecided: int, errors: int, chosen: int, stop: bool, count: int
) -> None:
    found = obstacles(undecided=undecided, errors=errors, chosen=chosen, stop_on_error=stop)
    assert len(found) == count


# --- headings


def test_titles_above_the_headings_are_passed_over() -> None:
    header = find_header(
        [
            ["ỦY BAN NHÂN DÂN TỈNH"],
            [None, "DANH MỤC THỦ TỤC"],
            ["STT", "Tên thủ tục", "LĨNH VỰC", "Cap thuc hien"],
            [1, "x", "y", "Cấp tỉnh"],
        ]
    )
    assert header is not None
    assert header.line == 3
    assert header.columns == {"name": 1, "field": 2, "tier": 3}
    assert header.is_sure


def test_other_words_are_likely_not_sure() -> None:
    header = header_at([["Tên TTHC nội bộ", "Thời gian thực hiện", "Ghi nhận"]], 1)
    assert header.columns == {}
    assert header.likely == {"name": 0, "time_limit": 1}
    assert not header.is_sure


def test_no_column_is_likely_twice_and_no_part_either() -> None:
    header = header_at([["Tên thủ tục", "Tên các thủ tục", "Kết quả", "Các kết quả"]], 1)
    places = [*header.columns.values(), *header.likely.values()]
    assert len(places) == len(set(places))
    assert not header.columns.keys() & header.likely.keys()


def test_numbers_alone_are_no_header() -> None:
    assert find_header([[1, 2, 3], [4, 5, 6]]) is None or not find_header([[1, 2, 3]]).columns  # type: ignore[union-attr]
    assert find_header([]) is None


def test_spelling_does_not_change_what_is_remembered() -> None:
    one = header_at([["Tên  thủ tục", "Lĩnh vực"]], 1)
    other = header_at([["TÊN THỦ TỤC", "linh vuc"]], 1)
    assert one.signature == other.signature


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_as_sheets_call_them(place: int, letters: str) -> None:
    assert column_letter(place) == letters
    assert cell_name(7, place) == f"{letters}7"
    assert cell_name(7, None) == "dòng 7"


# --- what a list says


def test_a_list_alone_leaves_the_content_as_it_was() -> None:
    base = make_record("Giao biên chế")
    read = Record(name="Giao biên chế công chức", field="Nội vụ")
    said = onto(base, read)
    assert (said.name, said.field) == (read.name, "Nội vụ")
    assert said.steps == base.steps
    assert onto(base, replace(read, fee="Có")).fee == "Có"


def test_names_near_one_another() -> None:
    near = Nearness(
        [
            Fingerprint(7, "Cử công chức đi đào tạo ở nước ngoài", level="province"),
            Fingerprint(8, "Thu hồi giấy phép xây dựng", level="province"),
        ]
    )
    twin = near.twin(Fingerprint("", "Cử công chức đi đào tạo tại nước ngoài", level="province"))
    assert twin is not None
    assert twin[0] == 7
    assert twin[1].reasons
    assert near.twin(Fingerprint("", "Cấp giấy phép xây dựng", level="province")) is None
    assert near.twin(Fingerprint("", "Một việc khác hẳn", level="province")) is None
