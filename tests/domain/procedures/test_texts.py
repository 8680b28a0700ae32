from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from tests.factories.procedures import make_record
from tinhgon.domain.procedures import Form, texts_of, to_json


def every_text(value: Any) -> set[str]:
    """Return the texts anywhere in a value; members of enums are no texts."""
    if is_dataclass(value):
        return set().union(*(every_text(getattr(value, each.name)) for each in fields(value)))
    if isinstance(value, tuple):
        return set().union(*map(every_text, value))
    return {value} if type(value) is str else set()


def test_no_text_of_a_record_is_left_out() -> None:
    record = make_record(
        "Tên",
        field="Lĩnh vực",
        manner_text="Qua trục liên thông",
        dossier_text="Không quy định",
        time_limit_text="Trong ngày",
        conditions=("Còn chỉ tiêu",),
        forms=(Form("Mẫu số 01"),),
    )
    said = set(texts_of(to_json(record)))

    assert every_text(record) - said - {""} == {"Tên", "Lĩnh vực", "7"}  # and article 7
    assert {"Qua trục liên thông", "Còn chỉ tiêu", "Mẫu số 01"} <= said


def test_a_record_of_nothing_but_a_name_has_no_texts() -> None:
    assert not [text for text in texts_of({"name": "Tên"}) if text]
