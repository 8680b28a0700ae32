from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.access import Access, Grant, Permission, read_roles, role_for, seed_roles

ROLE_TABLE = {
    "officer": (
        "see answer propose_procedure draft_decision review_procedures write_report "
        "receive_reports raise_difficulty answer_difficulty"
    ),
    "head": (
        "see answer pass_on propose_procedure confirm_procedure draft_decision review_procedures "
        "confirm_review write_report send_report receive_reports raise_difficulty send_difficulty "
        "answer_difficulty"
    ),
    "coordinator": (
        "see upload_directive issue pass_on review urge register_document manage_programmes answer "
        "propose_procedure check_procedure draft_decision record_decision manage_rounds "
        "check_review assess_plan record_plan_decision write_report receive_reports "
        "manage_report_periods raise_difficulty answer_difficulty guide_difficulty"
    ),
    "clerk": "see upload_directive register_document record_decision record_plan_decision",
    "leader": "see",
    "administrator": (
        "see manage_agencies manage_people manage_calendar manage_programmes manage_rounds "
        "see_audit"
    ),
}

paths = st.lists(st.sampled_from(["1", "7", "17", "42"]), max_size=4).map(
    lambda steps: "/" + "".join(f"{s}/" for s in steps)
)
grants = st.lists(
    st.builds(Grant, paths, st.frozensets(st.sampled_from(list(Permission)), max_size=3)),
    max_size=6,
)


@pytest.mark.parametrize("code", ROLE_TABLE)
def test_each_role_has_its_permissions(code: str) -> None:
    assert " ".join(sorted(role_for(code).permissions)) == " ".join(
        sorted(ROLE_TABLE[code].split())
    )


def test_no_role_without_a_row_in_the_table() -> None:
    assert list(seed_roles()) == list(ROLE_TABLE)


def test_every_permission_and_role_says_what_it_is() -> None:
    for permission in Permission:
        assert permission.description.endswith(".")
    assert len({p.description for p in Permission}) == len(Permission)
    assert all(role.name and role.description for role in seed_roles().values())


def test_an_unknown_role() -> None:
    with pytest.raises(KeyError):
        role_for("emperor")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[[role]]\ncode="a"\nname="A"\ndescription="."\npermissions=["fly"]', "fly"),
        ('[[role]]\ncode="a"\nname="A"\npermissions=[]', "description"),
        ('[[role]]\ncode="a"\nname="A"\ndescription="."\npermissions=[]\n' * 2, "twice"),
    ],
)
def test_a_faulty_file_of_roles(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_roles(text.encode())


@pytest.mark.parametrize(
    ("granted", "asked", "allowed"),
    [
        ("/1/", "/1/", True),
        ("/1/", "/1/7/", True),
        ("/1/", "/17/", False),
        ("/1/7/", "/1/", False),
        ("/1/7/", "/1/77/", False),
        ("/", "/9/", True),
    ],
)
def test_a_grant_covers_its_branch(granted: str, asked: str, *, allowed: bool) -> None:
    access = Access([Grant(granted, frozenset({Permission.SEE}))])
    assert access.allows(Permission.SEE, asked) is allowed
    assert not access.allows(Permission.ISSUE, asked)


def test_nobody_may_nothing() -> None:
    assert not Access().allows(Permission.SEE, "/1/")
    assert Access().paths(Permission.SEE) == ()


def test_covered_paths_are_dropped() -> None:
    see = frozenset({Permission.SEE})
    access = Access([Grant("/1/7/", see), Grant("/2/", see), Grant("/1/", see), Grant("/12/", see)])
    assert access.paths(Permission.SEE) == ("/1/", "/12/", "/2/")


@pytest.mark.parametrize("path", ["", "1", "/1", "1/", "//", "/1//2/"])
def test_a_path_of_another_shape_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        Grant(path, frozenset())
    with pytest.raises(ValueError, match="path"):
        Access().allows(Permission.SEE, path)


@given(grants, st.sampled_from(list(Permission)), paths)
def test_paths_and_allows_agree(held: list[Grant], permission: Permission, path: str) -> None:
    access = Access(held)
    granted = any(permission in g.permissions and path.startswith(g.path) for g in held)
    assert access.allows(permission, path) is granted
    minimal = access.paths(permission)
    assert not any(a != b and a.startswith(b) for a in minimal for b in minimal)
