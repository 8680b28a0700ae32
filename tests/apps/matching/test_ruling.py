"""The workbench: who sees which groups, what a ruling does, and what it never does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.matching import actions
from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.matching.queries import pairs
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

LIST = reverse("matching:list")
NAME = "Cử công chức đi đào tạo, bồi dưỡng trong nước"
OTHER_WORDS = "Cử công chức đi đào tạo và bồi dưỡng ở trong nước"


def seen_now(version: ProcedureVersion, user: User) -> pairs.Seen:
    fresh = pairs.get_visible_version(user=user, pk=version.procedure_id, today=date(2024, 7, 8))
    return pairs.Seen(fresh, fresh.procedure.version, fresh.version)


def token(version: ProcedureVersion, user: User) -> str:
    seen = seen_now(version, user)
    return f"{seen.procedure.pk}:{seen.seen}:{seen.version_seen}"


def rows(response: Any) -> list[str]:
    page = BeautifulSoup(response.content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select("main tbody tr")]


@pytest.fixture
def published(province: Province) -> ProcedureVersion:
    """In force at the first department."""
    return make_version(province.departments[0], status=Status.PUBLISHED, name=NAME)


@pytest.fixture
def proposed(province: Province) -> ProcedureVersion:
    """The same, proposed by the second department in other words."""
    return make_version(province.departments[1], name=OTHER_WORDS)


def test_the_same_at_many_communes_is_one_row_led_by_what_is_published(
    client: StrictClient, office: User, province: Province, published: ProcedureVersion
) -> None:
    for pair in province.communes:
        for commune in pair:
            make_version(commune, name=NAME)
    make_version(province.departments[0], name="Thanh lý tài sản công hư hỏng")
    client.force_login(office)

    [row] = rows(client.get(LIST))

    assert row.startswith(f"{NAME} Sở Nội vụ")
    assert "và 1 thủ tục khác 5 5 100%" in row


def test_an_officer_sees_what_touches_his_agency_and_no_drafts_of_others(
    client: StrictClient, province: Province, published: ProcedureVersion
) -> None:
    own = make_version(province.districts[0], name=OTHER_WORDS)
    make_version(province.districts[1], name=OTHER_WORDS)
    client.force_login(make_user(province.districts[0], "officer"))
    [row] = rows(client.get(LIST))
    assert " 2 2 " in row

    client.force_login(make_user(province.departments[1], "officer"))
    assert rows(client.get(LIST)) == []
    address = reverse("matching:pair", args=[published.procedure_id, own.procedure_id])
    assert client.get(address).status_code == 404


def test_a_pair_stands_side_by_side_with_its_words_marked_and_its_content_compared(
    client: StrictClient, office: User, province: Province, published: ProcedureVersion
) -> None:
    other = make_version(province.departments[1], name=f"{NAME} và nước ngoài", result="Văn bản cử")
    client.force_login(office)

    response = client.get(
        reverse("matching:pair", args=[published.procedure_id, other.procedure_id])
    )

    page = BeautifulSoup(response.content, "html.parser")
    assert [mark.get_text() for mark in page.select("mark")] == ["và nước ngoài"]
    assert "Văn bản cử" in [ins.get_text() for ins in page.select("ins")]
    assert page.select_one("#reasons li") is not None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"co-quan": "Sở Tư pháp"}, 1),
        ({"co-quan": "Ủy ban nhân dân huyện Cao Lộc"}, 0),
        ({"co-quan": "không có cơ quan này"}, 0),
        ({"linh-vuc": "hanh chinh"}, 1),
        ({"linh-vuc": "đất đai"}, 0),
        ({"diem": "80"}, 1),
        ({"muc-do": "nonsense", "diem": "x", "page": "-1"}, 1),
    ],
)
def test_filters(
    client: StrictClient,
    office: User,
    published: ProcedureVersion,
    proposed: ProcedureVersion,
    query: dict[str, str],
    found: int,
) -> None:
    client.force_login(office)
    assert len(rows(client.get(LIST, query))) == found


def test_different_is_said_once_and_for_good(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    client.force_login(office)
    address = reverse("matching:rule", args=[published.procedure_id])
    said = {"ruling": "different", "pk": token(proposed, office), "reason": "Khác đối tượng"}

    assert client.post(address, said).status_code == 302

    assert rows(client.get(LIST)) == []
    [row] = rows(client.get(LIST, {"phan": "da-ket-luan"}))
    assert "Khác đối tượng" in row
    assert "Lý Thu Hà" in row
    assert Event.objects.filter(kind="matching.told_apart").count() == 1
    assert client.post(address, said).status_code == 422
    assert PairVerdict.objects.count() == 1


def test_who_differs_from_the_leader_is_still_compared_with_the_others(
    client: StrictClient, office: User, province: Province, published: ProcedureVersion
) -> None:
    first, second = (make_version(each, name=NAME) for each in province.districts)
    actions.rule_different(
        one=published.procedure,
        others=[first.procedure, second.procedure],
        reason="Cấp khác",
        by=office,
        at=AT,
    )
    client.force_login(office)

    [row] = rows(client.get(LIST))

    assert "cùng tên, Ủy ban nhân dân huyện Văn Lãng" in row


def test_a_ruling_of_difference_needs_its_reason(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    client.force_login(office)
    address = reverse("matching:rule", args=[published.procedure_id])

    refused = client.post(address, {"ruling": "different", "pk": token(proposed, office)})

    assert refused.status_code == 422
    assert "Ghi rõ hai thủ tục khác nhau" in refused.content.decode()
    assert not PairVerdict.objects.exists()


def test_a_proposal_is_set_aside_as_a_duplicate_of_the_one_kept(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    client.force_login(office)

    client.post(
        reverse("matching:rule", args=[published.procedure_id]),
        {"ruling": "same", "pk": token(proposed, office), "reason": "Cùng một việc"},
    )

    proposed.refresh_from_db()
    assert proposed.status == Status.DUPLICATE
    assert proposed.procedure.merged_into_id == published.procedure_id
    assert rows(client.get(LIST)) == []


def test_what_is_published_is_not_set_aside_but_the_page_says_what_to_do(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    client.force_login(office)
    shown = client.get(
        reverse("matching:pair", args=[proposed.procedure_id, published.procedure_id])
    )
    assert "dự thảo quyết định công bố" in shown.content.decode()

    refused = client.post(
        reverse("matching:rule", args=[proposed.procedure_id]),
        {"ruling": "same", "pk": token(published, office)},
    )

    assert refused.status_code == 422
    assert "đã công bố nên không bỏ ngay được" in refused.content.decode()
    published.refresh_from_db()
    assert published.status == Status.PUBLISHED


def test_many_are_linked_to_the_shared_one_at_once(
    client: StrictClient, office: User, province: Province, published: ProcedureVersion
) -> None:
    copies = [make_version(commune, name=NAME) for pair in province.communes for commune in pair]
    client.force_login(office)

    client.post(
        reverse("matching:rule", args=[published.procedure_id]),
        {"ruling": "copy", "pk": [token(copy, office) for copy in copies], "back": "group"},
    )

    published.refresh_from_db()
    assert published.procedure.local_copies.count() == 4
    assert PairVerdict.objects.filter(ruling=Ruling.COPY, kept=published.procedure).count() == 4
    assert rows(client.get(LIST)) == []


def test_of_two_people_at_once_the_second_is_told(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    client.force_login(office)
    old = token(proposed, office)
    proposed.procedure.change(seen_version=proposed.procedure.version)

    refused = client.post(
        reverse("matching:rule", args=[published.procedure_id]),
        {"ruling": "copy", "pk": old},
    )

    assert refused.status_code == 422
    assert "Người khác vừa thay đổi" in refused.content.decode()
    assert not PairVerdict.objects.exists()


def test_nothing_is_ruled_on_across_the_border_of_a_branch(
    local: User, published: ProcedureVersion, proposed: ProcedureVersion, office: User
) -> None:
    with pytest.raises(PermissionDenied):
        actions.rule_different(
            one=published.procedure,
            others=[proposed.procedure],
            reason="x",
            by=local,
            at=AT,
        )
    with pytest.raises(PermissionDenied):
        actions.rule_copies(
            canonical=published.procedure,
            others=[seen_now(proposed, office)],
            reason="",
            by=local,
            at=AT,
        )


@pytest.mark.parametrize(
    "member", ["", "abc", "1", "1:2", "-1:1:1", "9" * 30, "\0", "99999:1:1", "1:1:1:1"]
)
def test_odd_members_are_refused(
    client: StrictClient, office: User, published: ProcedureVersion, member: str
) -> None:
    client.force_login(office)

    answer = client.post(
        reverse("matching:rule", args=[published.procedure_id]),
        {"ruling": "same", "pk": member},
    )

    assert answer.status_code in {404, 422}
    assert not PairVerdict.objects.exists()


def test_a_verdict_taken_back_lets_the_copy_go(
    client: StrictClient, office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    actions.rule_copies(
        canonical=published.procedure,
        others=[seen_now(proposed, office)],
        reason="",
        by=office,
        at=AT,
    )
    verdict = PairVerdict.objects.get()
    client.force_login(office)

    client.post(reverse("matching:withdraw", args=[verdict.pk]))

    proposed.procedure.refresh_from_db()
    assert proposed.procedure.canonical is None
    assert not PairVerdict.objects.exists()
    assert len(rows(client.get(LIST))) == 1


def test_a_duplicate_set_aside_is_restored_first(
    office: User, published: ProcedureVersion, proposed: ProcedureVersion
) -> None:
    actions.rule_duplicates(
        keep=published.procedure,
        others=[seen_now(proposed, office)],
        reason="",
        by=office,
        at=AT,
    )
    verdict = pairs.get_visible_verdict(user=office, pk=PairVerdict.objects.get().pk)

    with pytest.raises(actions.Refused, match="khôi phục"):
        actions.withdraw_verdict(verdict=verdict, by=office, at=AT)

    assert PairVerdict.objects.exists()
