"""After every action the index is as a rebuild would make it."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.apps.directives.letters import make_directive as receive
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import (
    issue,
    make_directive,
    make_letter,
    make_proposal,
    reload,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import actions as agencies
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.search import actions, index, queries
from tinhgon.apps.search.models import SearchEntry

pytestmark = [pytest.mark.django_db]
DAY = date(2024, 3, 20)


@pytest.fixture
def province(march_2024: datetime) -> Province:
    found = make_province()
    actions.rebuild()
    return found


@pytest.fixture
def coordinator(province: Province) -> User:
    user = make_user(province.office, "coordinator", scope=province.committee)
    make_user(province.committee, "administrator").positions.update(user=user)
    return user


def differences() -> list[str]:
    return list(queries.differences())


def found(user: User, words: str, kind: str) -> list[str]:
    user = User.objects.get(pk=user.pk)  # what he may do is kept with the object
    answer = queries.search(user=user, words=words, kinds=[kind], today=DAY)
    return ["".join(piece.text for piece in hit.title) for hit in answer.hits]


def test_through_the_life_of_a_letter(
    province: Province, coordinator: User, march_2024: datetime
) -> None:
    at, home = march_2024, province.districts[0]
    officer = make_user(home, "head")
    draft = receive(province.committee, coordinator, at)
    assert differences() == []
    assert found(coordinator, "45/UBND", "directive") == ["rà soát quy trình nội bộ"]
    assert found(officer, "45/UBND", "directive") == []

    directives.correct_document(
        directive=draft,
        values={"subject": "Về rà soát quy trình mẫu"},
        by=coordinator,
        at=at,
        version=draft.document.version,
    )
    assert differences() == []
    assert found(coordinator, "trình mẫu", "directive") == ["Về rà soát quy trình mẫu"]

    draft = Directive.objects.get()
    draft.proposals.filter(agencies=None).update(included=False)
    duties = issue(draft, coordinator, at=at)
    assert differences() == []
    assert len(found(officer, "45/UBND", "directive")) == 1
    assert len(found(officer, "rà soát", "duty")) >= 1

    assignment = reload(duties[0].assignments.get(agency=home))
    commune = province.communes[0][0]
    neighbour = make_user(commune)
    assert found(neighbour, "quy trình", "duty") == []
    assignments.pass_on(
        assignment=assignment,
        parts={commune: Part.LEAD},
        note="Gửi kèm biểu mẫu",
        due_on=None,
        by=officer,
        at=at,
        version=assignment.version,
    )
    assert differences() == []
    assert len(found(neighbour, "kèm biểu mẫu", "duty")) == 1

    later = make_letter(province.committee, coordinator, issued_at=at)
    duty = Duty.objects.select_related("issuer", "directive__document").get(pk=duties[0].pk)
    assignments.amend_duty(
        duty=duty,
        letter=later,
        text="Thống kê biểu mẫu điện tử",
        due=None,
        reason="",
        by=coordinator,
        at=at,
        version=duty.version,
    )
    assert differences() == []
    assert found(officer, "bieu mau dien tu", "duty") == ["Thống kê biểu mẫu điện tử"]

    duty.refresh_from_db()
    assignments.withdraw_duty(
        duty=duty, letter=later, reason="", by=coordinator, at=at, version=duty.version
    )
    assert differences() == []
    draft.refresh_from_db()
    assignments.replace_directive(
        directive=draft, letter=later, reason="", by=coordinator, at=at, version=draft.version
    )
    assert differences() == []


def test_through_changes_of_the_tree(
    province: Province, coordinator: User, march_2024: datetime
) -> None:
    at = march_2024
    cao_loc, van_lang = province.districts
    commune = province.communes[0][0]
    duties = _given(province.committee, commune, coordinator, at)
    old, new = make_user(cao_loc), make_user(van_lang)
    assert len(found(old, "quy trình", "duty")) == len(duties)
    assert found(new, "quy trình", "duty") == []

    agencies.move_agency(
        agency=commune, parent=van_lang, on=DAY, basis="", by=coordinator, at=at, version=1
    )
    assert differences() == []
    assert found(old, "quy trình", "duty") == []
    assert len(found(new, "quy trình", "duty")) == len(duties)
    assert found(new, "Gia Cát Văn Lãng", "agency") == [commune.name]

    van_lang.refresh_from_db()
    agencies.rename_agency(
        agency=van_lang,
        name="Ủy ban nhân dân thị xã Na Sầm",
        short_name="",
        symbol="UBND",
        on=DAY,
        basis="",
        by=coordinator,
        at=at,
        version=van_lang.version,
    )
    assert differences() == []
    assert found(coordinator, "Gia Cát Na Sầm", "agency") == [commune.name]
    assert found(coordinator, "huyện Văn Lãng", "agency") == ["Ủy ban nhân dân thị xã Na Sầm"]

    heir = agencies.NewAgency(
        name="Ủy ban nhân dân xã Đồng Đăng", level=Level.COMMUNE, kind=Kind.COMMITTEE
    )
    olds = [Agency.objects.get(pk=each.pk) for each in province.communes[1]]
    successions = agencies.merge_agencies(
        agencies=[(each, each.version) for each in olds],
        into=heir,
        on=DAY,
        basis="",
        by=coordinator,
        at=at,
    )
    assert differences() == []
    assignments.transfer_assignments(successions=successions, by=coordinator, at=at)
    assert differences() == []


def test_a_district_ends_and_its_work_goes_over(
    province: Province, coordinator: User, march_2024: datetime
) -> None:
    at = march_2024
    home, heir = province.departments
    duties = _given(province.committee, home, coordinator, at)
    reader = make_user(heir)
    assert found(reader, "quy trình", "duty") == []

    successions = agencies.end_agency(
        agency=home, heirs=[heir], on=DAY, reason="Sáp nhập", by=coordinator, at=at, version=1
    )
    assignments.transfer_assignments(successions=successions, by=coordinator, at=at)

    assert differences() == []
    assert len(found(reader, "quy trình", "duty")) == len(duties)


def test_verify_tells_what_differs_and_rebuild_mends_it(
    province: Province, coordinator: User, march_2024: datetime
) -> None:
    receive(province.committee, coordinator, march_2024)
    agency, other, third = province.committee, *province.departments
    Agency.objects.filter(pk=agency.pk).update(name="Tên khác")
    SearchEntry.objects.get(kind="agency", ref=other.pk).delete()
    index.write([index.Row(SearchEntry.objects.get(kind="agency", ref=third.pk).pk, {"sai"})])
    Directive.objects.all().delete()

    assert set(differences()) >= {
        f"Cơ quan {agency.pk}: chỉ mục khác với bản ghi",
        f"Cơ quan {other.pk}: thiếu trong chỉ mục",
        f"{third.name}: từ khóa trong chỉ mục khác với mục tìm kiếm",
    }
    assert [line for line in differences() if "không còn bản ghi" in line]
    assert [line for line in differences() if "không thuộc mục tìm kiếm nào" in line]
    with pytest.raises(CommandError, match="không khớp"):
        call_command("search", "verify", stdout=StringIO())

    call_command("search", "rebuild", stdout=StringIO())
    said = StringIO()
    call_command("search", "verify", stdout=said)
    assert "khớp với dữ liệu" in said.getvalue()


def test_a_lost_token_row_is_told(province: Province) -> None:
    index.remove([SearchEntry.objects.filter(kind="agency").first().pk])  # type: ignore[union-attr]

    assert differences() == ["1 mục tìm kiếm không có từ khóa trong chỉ mục"]


def test_filling_makes_what_is_lacking_and_what_earlier_rules_made(province: Province) -> None:
    SearchEntry.objects.all().delete()
    index.remove(index.strays())
    actions.fill()
    assert differences() == []

    entry = SearchEntry.objects.filter(kind="agency").first()
    assert entry is not None
    SearchEntry.objects.filter(pk=entry.pk).update(digest="0:", title="x")
    index.write([index.Row(entry.pk, {"sai"})])
    actions.fill()
    assert differences() == []


def test_an_entry_keeps_its_key(province: Province) -> None:
    """So that what is new stays new, and an index of blocks does not run full of holes."""
    before = dict(SearchEntry.objects.values_list("ref", "pk"))
    Agency.objects.update(short_name="Tên ngắn")
    actions.index("agency", before)

    assert dict(SearchEntry.objects.values_list("ref", "pk")) == before
    assert differences() == []


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        actions.index("khong-co", [1])


def _given(issuer: Agency, to: Agency, by: User, at: datetime) -> list[Duty]:
    directive = make_directive(issuer, by)
    make_proposal(directive, [to], text="Rà soát quy trình nội bộ")
    return issue(directive, by, at=at)
