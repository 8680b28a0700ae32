from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from tinhgon.domain.procedures import Duration, NotARecord, Record, Step, Unit, from_json, to_json

from .records import COMPLETE, complete, records


@pytest.mark.parametrize(
    "amount", ["0", "-1", "100000", "NaN", "Infinity", "-Infinity", "1.00001", "1E+9"]
)
def test_a_time_that_no_rule_sets_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="a time"):
        Duration(Decimal(amount), Unit.DAY)


@pytest.mark.parametrize("amount", ["0.0001", "0.5", "1.50", "99999", "1E+2"])
def test_a_time_that_a_rule_may_set(amount: str) -> None:
    assert Duration(Decimal(amount), Unit.HOUR).amount == Decimal(amount)


@pytest.mark.parametrize("numbers", [(2,), (0, 1), (1, 1), (1, 3), (2, 1)])
def test_steps_are_numbered_in_their_order(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="steps numbered"):
        Record("A", steps=tuple(Step(number, "Làm") for number in numbers))


@given(records)
def test_a_record_comes_back_from_json(record: Record) -> None:
    assert from_json(json.loads(json.dumps(to_json(record)))) == record


def test_json_is_as_people_write_it() -> None:
    data = to_json(COMPLETE)
    assert data["kind"] == "between"
    assert data["steps"][0]["duration"] == {"amount": "4", "unit": "hour"}
    assert data["steps"][3]["after"] == [2, 3]
    assert data["bases"][0]["issued_on"] == "2017-09-01"
    assert data["bases"][0]["ended_on"] is None
    assert to_json(complete(time_limit=Duration(Decimal("1E+2"), Unit.DAY)))["time_limit"] == {
        "amount": "100",
        "unit": "day",
    }


def test_what_is_missing_takes_its_default() -> None:
    assert from_json({"name": "A"}) == Record("A")
    assert from_json({"name": "A", "steps": [{"number": 1, "what": "B"}]}) == Record(
        "A", steps=(Step(1, "B"),)
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "record: an object expected"),
        ("A", "record: an object expected"),
        (None, "record: an object expected"),
        ({}, "record: missing name"),
        ({"name": None}, "name: text expected, not None"),
        ({"name": 7}, "name: text expected, not 7"),
        ({"name": "A", "titel": "B", "code": "1"}, "record: unknown code, titel"),
        ({"name": "A", 3: "B"}, "record: unknown 3"),
        ({"name": "A", "kind": "both"}, "kind: one of between, inside expected, not 'both'"),
        ({"name": "A", "kind": None}, "kind: one of"),
        ({"name": "A", "kind": ["inside"]}, "kind: one of"),
        ({"name": "A", "rule_owner": "nobody"}, "rule_owner: one of centre, province, agency"),
        ({"name": "A", "is_interconnected": 1}, "is_interconnected: true or false expected"),
        ({"name": "A", "dossier_sets": True}, "dossier_sets: a whole number expected"),
        ({"name": "A", "dossier_sets": 1.0}, "dossier_sets: a whole number expected"),
        ({"name": "A", "subjects": "Sở Nội vụ"}, "subjects: a list expected"),
        ({"name": "A", "subjects": {"Sở": 1}}, "subjects: a list expected"),
        ({"name": "A", "subjects": ["Sở", 1]}, "subjects[1]: text expected, not 1"),
        ({"name": "A", "manners": ["fax"]}, "manners[0]: one of"),
        ({"name": "A", "steps": [{"what": "B"}]}, "steps[0]: missing number"),
        ({"name": "A", "steps": [{"number": "1", "what": "B"}]}, "steps[0].number: a whole"),
        ({"name": "A", "steps": [{"number": 2, "what": "B"}]}, "record: steps numbered"),
        ({"name": "A", "steps": [{"number": 1, "what": "B", "who": ""}]}, "steps[0]: unknown who"),
        ({"name": "A", "steps": [{"number": 1, "what": "B", "after": ["x"]}]}, "after[0]: a whole"),
        ({"name": "A", "time_limit": 5}, "time_limit: an object expected"),
        ({"name": "A", "time_limit": {"amount": "5"}}, "time_limit: missing unit"),
        ({"name": "A", "time_limit": {"amount": 5, "unit": "day"}}, "time_limit.amount: a decimal"),
        ({"name": "A", "time_limit": {"amount": "5e1", "unit": "day"}}, "amount: a decimal"),
        ({"name": "A", "time_limit": {"amount": "-5", "unit": "day"}}, "amount: a decimal"),
        ({"name": "A", "time_limit": {"amount": "0", "unit": "day"}}, "time_limit: a time above"),
        ({"name": "A", "time_limit": {"amount": "5", "unit": "week"}}, "time_limit.unit: one of"),
        ({"name": "A", "papers": [{"name": "B", "copy": "carbon"}]}, "papers[0].copy: one of"),
        ({"name": "A", "papers": [{"name": "B", "compulsory": "no"}]}, "papers[0].compulsory"),
        ({"name": "A", "forms": [{"name": "B", "file": "7"}]}, "forms[0].file: a whole number"),
        ({"name": "A", "bodies": [{"part": "deciding", "name": 1}]}, "bodies[0].name: text"),
        ({"name": "A", "bases": [{"document": "B", "issued_on": "20240701"}]}, "issued_on: a day"),
        ({"name": "A", "bases": [{"document": "B", "issued_on": "2024-13-01"}]}, "issued_on: a da"),
        ({"name": "A", "bases": [{"document": "B", "ended_on": 2024}]}, "bases[0].ended_on: a day"),
    ],
)
def test_another_shape_is_refused_with_its_place(data: Any, message: str) -> None:
    with pytest.raises(NotARecord) as caught:
        from_json(data)
    assert message in str(caught.value)


@given(records)
def test_each_part_of_the_wrong_shape_is_refused(record: Record) -> None:
    for part, value in to_json(record).items():
        for wrong in ({"?": 1}, [{"?": 1}], 1.5):
            with pytest.raises(NotARecord, match=part):
                from_json({**to_json(record), part: wrong})
        assert from_json({**to_json(record), part: value}) == record
