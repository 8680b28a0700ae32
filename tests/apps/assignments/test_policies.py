"""The whole product of states, moves and parts, through the policy."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import Province, make_user
from tests.factories.assignments import make_assignment
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.models import Assignment
from tinhgon.domain.assigning import ASSIGNMENT, Move, Status
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

_HOLDS = {Move.ACKNOWLEDGE, Move.REPORT_PROGRESS, Move.SUBMIT, Move.ASK_EXTENSION}
_DECIDES = {Move.RETURN, Move.ACCEPT, Move.DECIDE_EXTENSION}
_GIVES = {Move.WITHDRAW, Move.AMEND_DUE}

# Who has which part in the work that the province gave to the district.
MAY: dict[str, set[Move]] = {
    "officer of the district": _HOLDS,
    "head of the district": _HOLDS | {Move.PASS_ON},
    "coordinator of the district": _HOLDS | {Move.PASS_ON},
    "coordinator of the province": _DECIDES | _GIVES,
    "leader of the province": set(),
    "clerk of the province": set(),
    "administrator of the province": set(),
    "officer of a commune": set(),
    "officer of another district": set(),
    "coordinator of another district": set(),
}


def _person(province: Province, who: str) -> User:
    role, _, where = who.partition(" of ")
    if where == "the province":
        return make_user(province.office, role, scope=province.committee)
    agency = {
        "the district": province.districts[0],
        "another district": province.districts[1],
        "a commune": province.communes[0][0],
    }[where]
    return make_user(agency, role)


@pytest.fixture
def assignment(province: Province, coordinator: User) -> Assignment:
    return make_assignment(province.districts[0], coordinator)


@pytest.mark.parametrize("who", MAY)
def test_every_state_and_move(province: Province, assignment: Assignment, who: str) -> None:
    person = _person(province, who)
    for status in Status:
        assignment.status = status.value
        for move in Move:
            expected = (status, move) in ASSIGNMENT.transitions and move in MAY[who]
            assert policies.can(person, move, assignment) == expected, (status, move)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", Move)
def test_what_nobody_may_is_told_apart_from_what_not_you(
    province: Province, assignment: Assignment, status: Status, move: Move
) -> None:
    assignment.status = status.value
    legal = (status, move) in ASSIGNMENT.transitions
    with pytest.raises(PermissionDenied if legal else IllegalMove):
        policies.check(_person(province, "leader of the province"), move, assignment)


def test_the_province_does_not_decide_for_the_district(
    province: Province, coordinator: User
) -> None:
    district = make_user(province.districts[0], "coordinator")
    own = make_assignment(province.communes[0][0], district, issuer=province.districts[0])
    own.status = Status.SUBMITTED.value
    assert policies.can(district, Move.ACCEPT, own)
    assert not policies.can(coordinator, Move.ACCEPT, own)
    assert not policies.can(coordinator, Move.WITHDRAW, own)


def test_who_gave_the_work_does_not_answer_for_it(province: Province, coordinator: User) -> None:
    department = make_assignment(province.departments[0], coordinator)
    own_office = make_assignment(province.office, coordinator, issuer=province.committee)
    assert not policies.can(coordinator, Move.SUBMIT, department)
    assert policies.can(coordinator, Move.SUBMIT, own_office)


def test_a_district_may_answer_for_a_commune_that_the_province_addresses(
    province: Province, coordinator: User
) -> None:
    assignment = make_assignment(province.communes[0][0], coordinator, issuer=province.committee)
    assert policies.can(make_user(province.districts[0]), Move.SUBMIT, assignment)
    assert not policies.can(make_user(province.districts[1]), Move.SUBMIT, assignment)
