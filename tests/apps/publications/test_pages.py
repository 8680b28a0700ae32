from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_record, make_version
from tests.factories.publications import (
    abolishing,
    entered_line,
    make_draft,
    make_entered,
    make_signed,
    make_submitted,
    signed,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.apps.publications.queries import listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 7, 8, 10, tzinfo=VIETNAM), tick=False):
        yield


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province, client: StrictClient) -> User:
    user = make_user(province.departments[0], "officer")
    client.force_login(user)
    return user


def url(name: str, decision: Decision, **kwargs: Any) -> str:
    return reverse(f"publications:{name}", kwargs={"pk": decision.pk, **kwargs})


def text(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def checked(province: Province, number: int = 1) -> list[ProcedureVersion]:
    home = province.departments[0]
    return [make_version(home, status=Status.CHECKED) for _ in range(number)]


# The list


def test_procedures_that_no_decision_has_yet_are_counted_for_who_drafts_one(
    province: Province, officer: User, client: StrictClient
) -> None:
    told = "2 thủ tục đã kiểm soát, chờ công bố"
    checked(province, 2)
    assert told in text(client.get(reverse("publications:list")))
    client.force_login(make_user(province.departments[1], "officer"))
    assert "chờ công bố" not in text(client.get(reverse("publications:list")))


def test_everybody_reads_signed_decisions_and_only_the_branch_its_drafts(
    province: Province, client: StrictClient
) -> None:
    home, abroad = province.departments
    make_entered(home, number="501")
    make_draft(home, subject="công bố riêng của Sở")
    client.force_login(make_user(abroad, "officer"))

    assert "Quyết định số 501/QĐ-UBND" in text(client.get(reverse("publications:list")))
    drafts = client.get(reverse("publications:list"), {"nhom": "du-thao"})
    assert "công bố riêng của Sở" not in text(drafts)


def test_the_list_is_searched_without_marks_and_by_year(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, number="501", on=date(2023, 3, 1), subject="công bố lĩnh vực Văn thư")
    make_entered(home, number="502", on=date(2024, 3, 1), subject="công bố lĩnh vực Đất đai")
    listed = reverse("publications:list")

    found = text(client.get(listed, {"q": "VAN THU"}))
    assert "501/QĐ-UBND" in found
    assert "502/QĐ-UBND" not in found
    of_year = text(client.get(listed, {"nam": "2024"}))
    assert "502/QĐ-UBND" in of_year
    assert "501/QĐ-UBND" not in of_year


def test_the_list_goes_by_the_day_of_signing(
    officer: User, province: Province, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    home, abroad = province.departments
    days = [date(2023, 5, 2), date(2022, 3, 1), date(2023, 5, 2), date(2021, 1, 4)]
    for n, day in enumerate(days, start=1):
        make_entered(home, n, number=str(n), on=day, effective_on=date(2024, 1, 1))
    make_signed(home, paper=signed("9", issued_on=date(2024, 7, 8)))
    drafts = [make_draft(home) for _ in range(3)]
    make_draft(abroad)
    listed = reverse("publications:list")

    pages = [client.get(listed, {"page": str(n)}).context for n in (1, 2, 3)]
    plain = Decision.objects.filter(status=DecisionStatus.SIGNED)
    newest = list(plain.order_by("-document__issued_on", "-pk"))
    assert [each for page in pages for each in page["page"]] == newest
    assert [each.line_count for page in pages for each in page["page"]] == [
        each.lines.count() for each in newest
    ]
    assert pages[0]["years"] == [2024, 2023, 2022, 2021]
    assert [tab["count"] for tab in pages[0]["tabs"]] == [5, 3, 0, 0]
    shown = client.get(listed, {"nhom": "du-thao"}).context
    assert list(shown["page"]) == drafts[:0:-1]
    assert shown["years"] == []


@pytest.mark.parametrize(
    "query", ["?nhom=x&nam=abc&page=zz", "?nam=99999&page=-1", "?nam=-1&q=%25"]
)
def test_nonsense_in_the_address_does_no_harm(
    officer: User, client: StrictClient, query: str
) -> None:
    assert client.get(reverse("publications:list") + query).status_code == 200


# Drafting


def test_a_draft_is_started_and_leads_to_the_choice(
    officer: User, province: Province, client: StrictClient
) -> None:
    form = client.get(reverse("publications:draft"))
    assert "Quyết định số 1085/QĐ-TTg" in form.content.decode()

    response = client.post(
        reverse("publications:draft"),
        {
            "drafter": province.departments[0].pk,
            "issuer": province.committee.pk,
            "subject": "công bố thủ tục nội bộ",
            "grouping": "tier",
            "signer": "deputy",
            "bases": "Luật A\nNghị định B",
        },
    )

    decision = Decision.objects.get()
    assert response["Location"] == url("choose", decision)
    assert (decision.grouping, decision.deputy_signs) == ("tier", True)
    assert decision.bases == ["Luật A", "Nghị định B"]


def test_what_is_missing_is_told_beside_the_field(officer: User, client: StrictClient) -> None:
    response = client.post(reverse("publications:draft"), {"subject": ""})

    assert response.status_code == 422
    assert not Decision.objects.exists()


def test_nobody_drafts_for_an_agency_that_is_not_his(
    officer: User, province: Province, client: StrictClient
) -> None:
    data = {
        "drafter": province.departments[1].pk,
        "issuer": province.committee.pk,
        "subject": "x",
        "grouping": "kind",
        "signer": "head",
    }

    assert client.post(reverse("publications:draft"), data).status_code == 422


def test_the_heading_is_changed(officer: User, province: Province, client: StrictClient) -> None:
    decision = make_draft(province.departments[0], officer)
    data = {
        "version": decision.version,
        "subject": "công bố khác",
        "grouping": "kind",
        "signer": "head",
        "effective_on": "01/8/2024",
    }

    assert client.post(url("edit", decision), data).status_code == 302
    decision.refresh_from_db()
    assert decision.effective_on == date(2024, 8, 1)
    again = client.post(url("edit", decision), {**data, "subject": "khác nữa"})
    assert again.status_code == 422
    assert "Người khác vừa thay đổi" in text(again)


# Lines


def test_checked_procedures_are_chosen(
    officer: User, province: Province, client: StrictClient
) -> None:
    first, second = checked(province, 2)
    other = make_version(province.departments[1], status=Status.CHECKED)
    decision = make_draft(province.departments[0], officer)

    page = client.get(url("choose", decision))
    assert first.name in text(page)
    assert other.name not in text(page)
    client.post(url("choose", decision), {"version": 1, "pk": [first.pk, other.pk]})

    assert [line.version for line in decision.lines.all()] == [first]
    assert second.name in text(client.get(url("choose", decision)))
    assert first.name not in text(client.get(url("choose", decision)))


def test_all_that_the_filter_matches_are_chosen_at_once(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    wanted = [make_version(home, status=Status.CHECKED, name=f"Nghỉ phép mẫu {n}") for n in "ab"]
    make_version(home, status=Status.CHECKED, name="Mua sắm tài sản")
    decision = make_draft(home, officer)

    client.post(url("choose", decision) + "?q=nghi+phep", {"version": 1, "all_matching": "1"})

    assert {line.version for line in decision.lines.all()} == set(wanted)


def test_choosing_nothing_is_told(officer: User, province: Province, client: StrictClient) -> None:
    decision = make_draft(province.departments[0], officer)

    response = client.post(url("choose", decision), {"version": 1}, follow=True)

    assert "Chưa chọn thủ tục nào" in text(response)


def test_a_line_is_moved_within_its_section_and_taken_out(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_draft(province.departments[0], officer, versions=checked(province, 3))
    a, b, c = decision.lines.values_list("pk", flat=True)

    client.post(url("change_lines", decision), {"version": decision.version, "len": c})
    decision.refresh_from_db()
    assert list(decision.lines.values_list("pk", flat=True)) == [a, c, b]
    client.post(url("change_lines", decision), {"version": decision.version, "xuong": a})
    decision.refresh_from_db()
    assert list(decision.lines.values_list("pk", flat=True)) == [c, a, b]
    client.post(url("change_lines", decision), {"version": decision.version, "pk": [c, b]})
    assert list(decision.lines.values_list("pk", flat=True)) == [a]


def test_of_two_who_change_the_lines_one_is_told(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_draft(province.departments[0], officer, versions=checked(province, 2))
    line = decision.lines.all()[1]

    response = client.post(
        url("change_lines", decision), {"version": decision.version - 1, "pk": line.pk}, follow=True
    )

    assert "Người khác vừa thay đổi" in text(response)
    assert decision.lines.count() == 2


def test_procedures_in_force_are_abolished(
    officer: User, province: Province, client: StrictClient
) -> None:
    home, abroad = province.departments
    make_entered(home, [entered_line(home, name="Cấp thẻ ra vào")])
    make_entered(abroad, [entered_line(abroad, name="Cấp thẻ đọc")])
    decision = make_draft(home, officer)

    page = text(client.get(url("abolish", decision), {"q": "cap the"}))
    assert "Cấp thẻ ra vào" in page
    assert "Cấp thẻ đọc" not in page
    pks = [home.procedures.get().pk, abroad.procedures.get().pk]
    client.post(url("abolish", decision), {"version": 1, "pk": pks})

    assert [line.printed_name for line in decision.lines.all()] == ["Cấp thẻ ra vào"]


def test_lines_of_an_earlier_decision_are_found_by_their_position(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    earlier = make_entered(home, 3, number="12", on=date(2024, 1, 5))
    first, _, third = earlier.lines.select_related("procedure")
    make_entered(home, [abolishing(third.procedure)], on=date(2024, 2, 5))
    decision = make_draft(home, officer)
    words = "số thứ tự 01, 03, 09 mục A Danh mục kèm theo Quyết định số 12/QĐ-UBND ngày 05/01/2024"

    page = text(client.get(url("abolish", decision), {"vi-tri": words}))
    assert f"A.1 {first.printed_name}" in page
    assert "Thủ tục đã hết hiệu lực" in page
    assert "Không có số thứ tự này" in page
    client.post(url("abolish", decision), {"version": 1, "line": [first.pk, third.pk]})
    assert decision.lines.count() == 0  # one of them is not in force: nothing is half done

    client.post(url("abolish", decision), {"version": 1, "line": [first.pk]})
    line = decision.lines.get()
    assert (line.action, line.abolishes) == (Action.ABOLISHED.value, first)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("số thứ tự 1 Quyết định số 99/QĐ-UBND", "Chưa có quyết định này"),
        ("bãi bỏ thủ tục cũ", "Không đọc được vị trí nào"),
    ],
)
def test_what_names_nothing_known_is_told(
    officer: User, province: Province, client: StrictClient, words: str, told: str
) -> None:
    decision = make_draft(province.departments[0], officer)

    assert told in text(client.get(url("abolish", decision), {"vi-tri": words}))


def test_a_procedure_published_anew_notes_the_line_that_it_takes_back(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    earlier = make_entered(home, number="12", on=date(2024, 1, 5)).lines.get()
    version = procedures.draft_change(
        procedure=earlier.procedure, action=Action.AMENDED, by=officer, at=AT
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(status=Status.CHECKED.value)
    version.refresh_from_db()
    decision = make_draft(home, officer, versions=[version])

    client.post(url("abolish", decision), {"version": decision.version, "line": [earlier.pk]})

    line = decision.lines.get()
    assert (line.version, line.abolishes) == (version, earlier)


def test_a_line_says_whose_place_it_takes(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, [entered_line(home, name="Thủ tục cũ")])
    old = home.procedures.get()
    decision = make_draft(home, officer, versions=checked(province))
    line = decision.lines.get()
    page = url("line", decision, line=line.pk)

    assert "Thủ tục cũ" in text(client.get(page))
    seen = decision.version
    data: dict[str, Any] = {"version": seen, "action": "replaced", "pk": [old.pk]}
    assert client.post(page, data).status_code == 302
    assert line.endings.get().procedure == old
    assert "Thay thế: Thủ tục cũ" in text(client.get(url("detail", decision)))
    refused = client.post(page, {**data, "version": seen + 1, "action": "new"})
    assert refused.status_code == 422
    assert "Chỉ dòng có hình thức thay thế" in text(refused)


def test_a_line_of_another_decision_is_none(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    decision = make_draft(home, officer)
    other = make_draft(home, officer, versions=checked(province)).lines.get()

    assert client.get(url("line", decision, line=other.pk)).status_code == 404


# Submitting, recording


def test_the_draft_shows_its_sections_and_what_stands_in_the_way(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    versions = checked(province)
    decision = make_draft(home, officer, versions=versions)
    ProcedureVersion.objects.filter(pk=versions[0].pk).update(status=Status.RETURNED.value)

    page = text(client.get(url("detail", decision)))

    assert "Danh mục thủ tục hành chính nội bộ mới ban hành" in page
    assert "Phải xử lý trước" in page
    assert "đã bị trả lại" in page


def test_a_draft_is_sent_for_signing(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_draft(province.departments[0], officer, versions=checked(province))

    page = text(client.get(url("submit", decision)))
    assert "Điều 15 Nghị định số 63/2010/NĐ-CP" in page
    response = client.post(
        url("submit", decision),
        {"version": decision.version, "submission_number": "12", "submitted_on": "05/7/2024"},
    )

    assert response.status_code == 302
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.SUBMITTED.value
    assert decision.submission is not None
    assert decision.submission.title == "Tờ trình số 12/TTr-SNV ngày 05/7/2024"


def test_what_stands_in_the_way_is_told_when_sending(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_draft(province.departments[0], officer)

    response = client.post(url("submit", decision), {"version": decision.version})

    assert response.status_code == 422
    assert "chưa có thủ tục nào" in text(response)


def test_a_decision_is_taken_back_and_given_up(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_submitted(province.departments[0], officer)

    client.post(url("recall", decision), {"version": decision.version, "reason": "sửa lỗi"})
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.DRAFT.value
    client.post(url("discard", decision), {"version": decision.version, "reason": "không cần"})
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.DISCARDED.value


def test_a_move_that_the_state_does_not_allow_is_told(
    officer: User, province: Province, client: StrictClient
) -> None:
    decision = make_submitted(province.departments[0], officer)

    response = client.post(url("discard", decision), {"version": decision.version}, follow=True)

    assert "đã chuyển trạng thái" in text(response)
    assert "đã chuyển trạng thái" in text(client.get(url("choose", decision), follow=True))


def recorded(decision: Decision, **values: Any) -> dict[str, Any]:
    return {
        "version": decision.version,
        "number": "45",
        "symbol": "QĐ-UBND",
        "issued_on": "08/7/2024",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Nguyễn Văn A",
        "submission_number": "7",
        "submitted_on": "01/7/2024",
        "file": SimpleUploadedFile("qd.pdf", b"%PDF-1.7 nothing", "application/pdf"),
        **values,
    }


def test_a_clerk_records_what_came_back_signed(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    decision = make_submitted(home)
    client.force_login(make_user(home, "clerk"))

    assert "CHỦ TỊCH" in client.get(url("record", decision)).content.decode()
    response = client.post(url("record", decision), recorded(decision))

    assert response.status_code == 302
    page = text(client.get(url("detail", decision)))
    assert "Quyết định số 45/QĐ-UBND ngày 08/7/2024" in page
    assert "từ ngày 08/7/2024" in page
    assert ProcedureVersion.objects.get().valid_from == date(2024, 7, 8)
    file = client.get(url("signed_file", decision))
    assert file.getvalue() == b"%PDF-1.7 nothing"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"number": ""}, "bắt buộc"),
        ({"issued_on": "09/7/2024"}, "sau hôm nay"),
        ({"issued_on": "01/7/2024"}, "sau ngày ký quyết định"),
        ({"submitted_on": "09/7/2024"}, "trước ngày của tờ trình"),
        ({"effective_on": "01/6/2024"}, "trước ngày ký"),
        ({"issued_on": "31/02/2024"}, "Không có ngày"),
    ],
)
def test_what_is_wrong_with_the_paper_is_told(
    province: Province, client: StrictClient, values: dict[str, str], told: str
) -> None:
    home = province.departments[0]
    decision = make_submitted(home)
    client.force_login(make_user(home, "clerk"))

    response = client.post(url("record", decision), recorded(decision, **values))

    assert response.status_code == 422
    assert told in text(response)
    assert not ProcedureVersion.objects.exclude(valid_from=None).exists()


def test_a_number_that_is_taken_is_told_beside_the_field(
    province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_signed(home, paper=signed("45"))
    decision = make_submitted(home)
    client.force_login(make_user(home, "clerk"))

    response = client.post(url("record", decision), recorded(decision))

    assert "Đã ghi Quyết định số 45/QĐ-UBND" in text(response)


def test_the_second_of_two_clerks_is_told(province: Province, client: StrictClient) -> None:
    home = province.departments[0]
    decision = make_submitted(home)
    data = recorded(decision)
    client.force_login(make_user(home, "clerk"))
    client.post(url("record", decision), data)

    response = client.post(url("record", decision), recorded(decision, number="46"))

    assert response.status_code == 422
    assert "đã chuyển trạng thái" in text(response)
    assert Decision.objects.get().document.number == "45"


# A signed decision and the others


def test_a_signed_decision_shows_what_it_ended_and_what_ended_it(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    first = make_entered(home, 2, number="1", on=date(2023, 1, 2))
    a, b = home.procedures.order_by("pk")
    amended = entered_line(home, procedure=a, action=Action.AMENDED, record=make_record("Tên hai"))
    second = make_entered(home, [amended], number="2", on=date(2024, 1, 2))
    third = make_entered(home, [abolishing(a), abolishing(b)], number="3", on=date(2024, 5, 2))

    page = text(client.get(url("detail", first)))
    assert "Đã được sửa đổi, bãi bỏ sau đó bởi 2" in page
    assert "Quyết định số 2/QĐ-UBND ngày 02/01/2024 : 1 thủ tục" in page
    assert "Quyết định số 3/QĐ-UBND ngày 02/5/2024 : 1 thủ tục" in page
    page = text(client.get(url("detail", third)))
    assert "Quyết định này làm hết hiệu lực một phần 2" in page
    page = text(client.get(url("detail", second)))
    assert "Quyết định này làm hết hiệu lực một phần 1" in page
    assert "Đã được sửa đổi, bãi bỏ sau đó bởi 1" in page


def test_a_signed_decision_shows_what_does_not_fit(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 5, 2))
    line = abolishing(home.procedures.get())
    early = make_entered(home, [line], on=date(2024, 1, 2))

    assert "không có hiệu lực vào ngày đó" in text(client.get(url("detail", early)))


def test_the_imported_sections_are_shown_as_printed(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    lines = [
        entered_line(home, position="A.1", section="Cấp tỉnh > Lĩnh vực Đất đai"),
        entered_line(home, position="B.1", section="Cấp xã"),
    ]
    decision = make_entered(home, lines)

    page = text(client.get(url("detail", decision)))

    assert "Cấp tỉnh Lĩnh vực Đất đai A.1" in page
    assert "Cấp xã B.1" in page


def test_a_heading_above_several_sections_stands_once(
    officer: User, province: Province, client: StrictClient
) -> None:
    home = province.departments[0]
    lines = [entered_line(home, position=f"{n}", section=f"Cấp tỉnh > Lĩnh vực {n}") for n in "ab"]
    decision = make_entered(home, lines)

    page = text(client.get(url("detail", decision)))

    assert page.count("Cấp tỉnh") == 1
    assert "Lĩnh vực b" in page


@pytest.mark.parametrize("make", ["draft", "submitted", "signed"])
def test_pages_of_many_lines_ask_few_questions(
    officer: User, province: Province, client: StrictClient, make: str
) -> None:
    home = province.departments[0]
    make_entered(home, 30)
    old = list(home.procedures.all())
    draft: dict[str, Any] = {"versions": checked(province, 5), "abolished": old}
    makers = {"draft": make_draft, "submitted": make_submitted, "signed": make_signed}
    decision = makers[make](home, officer, **draft)
    client.force_login(make_user(home, "coordinator"))

    for name in ("detail", "submit", "record", "edit", "choose", "abolish"):
        assert client.get(url(name, decision)).status_code in {200, 302}
    assert client.get(reverse("publications:list")).status_code == 200
