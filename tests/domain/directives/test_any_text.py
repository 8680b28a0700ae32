"""Whatever stands in a letter: reading ends, loses nothing and points at true words."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.domain.directives import read_tasks, tasks_json

from .letters import clause, dash, letter, paragraph

VOCABULARY = """
    Giao giao Sở Nội vụ các sở ban ngành UBND huyện tỉnh và , ; : . ( ) - chủ trì phối hợp với báo
    cáo trước ngày 01/7/2024 31/6/2024 quý II/2025 100% 20 TTHC Căn cứ nếu để gửi về qua tại của
    Kế hoạch số 12/KH-UBND “ ” hằng tháng định kỳ Công an Chủ tịch Thủ trưởng thuộc được đã sẽ
    ... /. đơn vị liên quan (i) 2) Tổ chức rà soát
"""
WORDS = st.sampled_from(VOCABULARY.split())
SENTENCES = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join),
    st.text(alphabet="aăâbđeêoôơuưỦủ .,;:()/-0123456789\n", max_size=80),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_reading_never_fails_and_places_are_true(texts: list[str]) -> None:
    items = [clause(n, text, dash(text)) for n, text in enumerate(texts, 1)]
    doc = letter(paragraph(texts[0]), *items, paragraph(texts[-1]), to=texts[:1])
    reading = read_tasks(doc)
    for task in reading.tasks:
        for place in task.places:
            block = doc.body[place.path[0]]
            for index in place.path[1:]:
                block = block.children[index]
            assert block.text[place.start : place.end] == task.text
    assert len(tasks_json(reading)["tasks"]) == len(reading.tasks)


@settings(max_examples=100, deadline=None)
@given(st.lists(SENTENCES.filter(str.strip), min_size=1, max_size=4))
def test_every_piece_is_a_task_or_left_out_with_a_reason(texts: list[str]) -> None:
    doc = letter(*(clause(n, text) for n, text in enumerate(texts, 1)))
    reading = read_tasks(doc)
    told = {place.path for task in reading.tasks for place in task.places}
    told |= {piece.place.path for piece in reading.left_out}
    told |= {
        origin.place.path
        for task in reading.tasks
        for origin in (task.origins.assignees, task.origins.due)
        if origin is not None and origin.place is not None
    }
    assert told == {(index,) for index in range(len(texts))}


def test_an_addressee_may_begin_with_a_colon() -> None:
    assert read_tasks(letter(clause(1, "Rà soát hồ sơ."), to=(": Giao",))).tasks
