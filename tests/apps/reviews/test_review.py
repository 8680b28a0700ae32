"""One review through the door: written, finished, confirmed, checked, returned."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.apps.reviews.conftest import (
    Finish,
    People,
    answer_all,
    conclude,
    moved,
    supersede,
    words,
)
from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_version
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Move, Status
from tinhgon.apps.reviews.models import Review, SuggestionVerdict
from tinhgon.common.models import StaleObject
from tinhgon.domain.reviewing import stamp


def post(client: StrictClient, review: Review, name: str, **data: Any) -> Any:
    return client.post(reverse(f"reviews:{name}", args=[review.pk]), data)


def answer(client: StrictClient, review: Review, key: str, value: str, **more: Any) -> Any:
    """Save one answer as the page does when one leaves it."""
    data = {f"v-{key}": value, f"r-{key}": more.pop("reason", "Đã đối chiếu"), f"s-{key}": ""}
    headers = {"HX-Request": "true"} if more.pop("htmx", True) else {}
    url = reverse("reviews:write", args=[review.pk])
    return client.post(url, data | more, headers=headers)


def test_what_is_known_is_filled_in_and_nothing_is_written_by_looking(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    page = BeautifulSoup(client.get(review.get_absolute_url()).content, "html.parser")

    sets = page.select_one("[name='v-R5a']")
    fee = page.select_one("[name='v-R9a'] option[selected]")
    assert sets is not None
    assert sets["value"] == "1"
    assert fee is not None
    assert fee["value"] == "no"
    review.refresh_from_db()
    assert (review.status, review.answers) == (Status.TO_DO, {})


def test_an_answer_is_saved_as_one_leaves_it_and_keeps_what_was_filled_in(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    response = answer(client, review, "R2c", "yes", reason="Bước 1 chỉ chuyển tiếp")

    assert response.status_code == 200
    assert "đã lưu" in response.content.decode()
    review.refresh_from_db()
    assert review.status == Status.IN_PROGRESS
    saved = review.answers["R2c"]
    assert (saved["value"], saved["by"]) == ("yes", "Hoàng Thị Mai")
    assert review.answers["R5a"] == {"value": "1", "source": "registry"}
    assert Event.objects.filter(kind="reviews.started").count() == 1


def test_a_contradiction_is_shown_at_once(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    response = answer(client, review, "R5a", "3")

    note = BeautifulSoup(response.content, "html.parser").select_one("#n-R5a")
    assert note is not None
    assert "sổ thủ tục ghi: 01 bộ" in note.get_text()


def test_a_question_that_depends_on_another_appears(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    first = BeautifulSoup(client.get(review.get_absolute_url()).content, "html.parser")
    row = first.select_one("#q-R5b")
    assert row is not None
    assert row.has_attr("hidden")

    then = BeautifulSoup(answer(client, review, "R5a", "2").content, "html.parser")

    row = then.select_one("#q-R5b")
    assert row is not None
    assert not row.has_attr("hidden")


def test_without_a_script_a_section_is_saved_by_its_button(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    response = post(
        client,
        review,
        "write",
        **{"section": "R1", "v-R1a": "yes", "r-R1a": "Rõ", "v-R1b": "no", "r-R1b": "Tên khác nhau"},
    )

    assert response.status_code == 302
    assert response["Location"].endswith("#phan-R1")
    review.refresh_from_db()
    assert review.answers["R1b"]["reason"] == "Tên khác nhau"


def test_what_a_question_does_not_take_stays_on_the_page_and_the_rest_is_saved(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    response = answer(
        client, review, "R5a", "hai bộ", htmx=False, **{"v-R1a": "yes", "r-R1a": "Rõ"}
    )

    assert response.status_code == 422
    assert "Ghi một số nguyên" in words(response)
    typed = BeautifulSoup(response.content, "html.parser").select_one("[name='v-R5a']")
    assert typed is not None
    assert typed["value"] == "hai bộ"
    review.refresh_from_db()
    assert review.answers["R1a"]["value"] == "yes"
    assert review.answers["R5a"]["value"] == "1"


def test_two_who_answer_one_question_both_keep_their_words(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.colleague)
    answer(client, review, "R6d", "yes", reason="Còn 3 ngày")
    client.force_login(people.officer)

    response = answer(client, review, "R6d", "no", reason="Đã ngắn")

    assert "Người khác trả lời khác" in response.content.decode()
    page = words(client.get(review.get_absolute_url()))
    assert "Còn 3 ngày" in page
    assert "Đã ngắn" in page
    review.refresh_from_db()
    assert review.answers["R6d"]["by"] == "Lý Văn Bình"
    (aside,) = review.asides["R6d"]

    post(client, review, "choose", key="R6d", written_at=aside["at"], taken="1")

    review.refresh_from_db()
    assert review.answers["R6d"]["reason"] == "Đã ngắn"
    assert review.asides == {}


def test_two_who_answer_different_questions_do_not_meet(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    stale = Review.objects.select_related("round__questionnaire", "procedure").get(pk=review.pk)
    written = actions.Written("R1a", "yes", "Rõ", "")
    actions.write_answers(review=review, written=[written], by=people.colleague, at=march_2024)

    other = actions.Written("R1b", "yes", "Thống nhất", "")
    actions.write_answers(review=stale, written=[other], by=people.officer, at=march_2024)

    review.refresh_from_db()
    assert {"R1a", "R1b"} <= set(review.answers)


def test_what_one_left_as_he_saw_it_does_not_stand_against_what_another_wrote(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.colleague)
    answer(client, review, "R6d", "yes", reason="Còn 3 ngày")
    client.force_login(people.officer)

    empty = {"v-R6d": "", "r-R6d": "", "s-R6d": stamp("", "")}
    answer(client, review, "R6a", "yes", htmx=False, **empty)

    review.refresh_from_db()
    assert review.answers["R6d"]["reason"] == "Còn 3 ngày"
    assert review.answers["R6a"]["by"] == "Hoàng Thị Mai"
    assert review.asides == {}


def test_an_answer_that_was_seen_may_be_changed(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.colleague)
    answer(client, review, "R6d", "yes")
    client.force_login(people.officer)
    page = BeautifulSoup(client.get(review.get_absolute_url()).content, "html.parser")
    seen = page.select_one("[name='s-R6d']")
    assert seen is not None

    answer(client, review, "R6d", "no", **{"s-R6d": seen["value"]})

    review.refresh_from_db()
    assert review.answers["R6d"]["value"] == "no"
    assert review.asides == {}


def test_it_is_not_sent_before_everything_is_answered(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    answer_all(review, people.officer, march_2024, N1a="")
    conclude(review, people.officer, march_2024)
    client.force_login(people.officer)

    response = post(client, review, "finish", version=review.version)

    assert response.status_code == 422
    assert "Còn 1 câu chưa trả lời đủ: N1a" in words(response)


def test_it_is_not_sent_with_an_outcome_against_its_answers(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    answer_all(review, people.officer, march_2024, R5p="amend")
    conclude(review, people.officer, march_2024)
    client.force_login(people.officer)

    response = post(client, review, "finish", version=review.version)

    assert "có phần đề xuất thay đổi: số lượng hồ sơ" in words(response)


def test_from_the_officer_to_the_head_to_the_office(
    client: StrictClient, people: People, review: Review, finish: Finish
) -> None:
    finish(review)
    assert Notice.objects.filter(user=people.head, kind="reviews.moved").count() == 1
    client.force_login(people.officer)
    assert post(client, review, "confirm", version=review.version).status_code == 403

    client.force_login(people.head)
    post(client, review, "confirm", version=review.version)
    review.refresh_from_db()
    assert review.status == Status.CONFIRMED
    assert Notice.objects.filter(user=people.office, kind="reviews.moved").count() == 1

    client.force_login(people.office)
    post(client, review, "return", version=review.version, reason="Bổ sung số liệu 02 năm")
    review.refresh_from_db()
    assert (review.status, review.reason) == (Status.RETURNED, "Bổ sung số liệu 02 năm")
    client.force_login(people.officer)
    page = client.get(review.get_absolute_url())
    assert "Bổ sung số liệu 02 năm" in words(page)
    folded = BeautifulSoup(page.content, "html.parser").select("details.more")
    assert folded
    assert all(each.has_attr("open") for each in folded)  # what to correct lies among them

    post(client, review, "finish", version=review.version)
    review.refresh_from_db()
    client.force_login(people.head)
    post(client, review, "confirm", version=review.version)
    review.refresh_from_db()
    client.force_login(people.office)
    post(client, review, "check", version=review.version)
    review.refresh_from_db()
    assert (review.status, review.checked_by) == (Status.CHECKED, people.office)


@pytest.mark.parametrize(("move", "who"), [("send_back", "head"), ("return", "office")])
def test_nothing_is_returned_without_a_reason(
    client: StrictClient,
    people: People,
    review: Review,
    finish: Finish,
    march_2024: datetime,
    move: str,
    who: str,
) -> None:
    finish(review)
    if who == "office":
        moved(review, Move.CONFIRM, people.head, march_2024)
    client.force_login(getattr(people, who))

    response = post(client, review, move, version=review.version)

    assert response.status_code == 422
    assert "Ghi rõ lý do" in words(response)


def test_nobody_checks_the_reviews_of_his_own_agency(
    client: StrictClient, people: People, province: Province, march_2024: datetime
) -> None:
    own = make_review(make_review_round(province.committee), province.office)
    officer, head = (make_user(province.office, role) for role in ("officer", "head"))
    answer_all(own, officer, march_2024)
    conclude(own, officer, march_2024)
    actions.finish(review=own, by=officer, at=march_2024, seen=own.version)
    moved(own, Move.CONFIRM, head, march_2024)
    client.force_login(people.office)

    assert post(client, own, "check", version=own.version).status_code == 403


def test_somebody_else_was_quicker(
    client: StrictClient, people: People, review: Review, finish: Finish
) -> None:
    seen = finish(review).version
    client.force_login(people.head)

    response = post(client, review, "confirm", version=seen - 1)

    assert response.status_code == 422
    assert "Người khác vừa sửa phiếu này" in words(response)


def test_an_answered_review_is_written_no_more_until_it_is_taken_back(
    client: StrictClient, people: People, review: Review, finish: Finish
) -> None:
    finish(review)
    client.force_login(people.officer)
    assert answer(client, review, "R1a", "no").status_code == 422

    post(client, review, "take_back", version=review.version)

    assert answer(client, review, "R1a", "no").status_code == 200


def test_after_the_round_is_over_nobody_writes(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    actions.close_round(
        review_round=review.round, by=people.office, at=march_2024, seen=review.round.version
    )
    client.force_login(people.officer)

    assert answer(client, review, "R1a", "no").status_code == 422
    assert "đã kết thúc" in answer(client, review, "R1a", "no", htmx=False).content.decode()


def test_a_stranger_does_not_know_of_it(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.stranger)

    assert client.get(review.get_absolute_url()).status_code == 404
    assert answer(client, review, "R1a", "no").status_code == 404


def test_a_version_superseded_meanwhile_is_taken_over_with_the_answers(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    answer_all(review, people.officer, march_2024, R6d="no")
    conclude(review, people.officer, march_2024)
    newer = supersede(review, time_limit={"amount": "9", "unit": "working_day"}, dossier_sets=2)
    client.force_login(people.officer)
    assert "Bản đang rà soát không còn hiệu lực" in words(client.get(review.get_absolute_url()))
    refused = post(client, review, "finish", version=review.version)
    assert refused.status_code == 422

    post(client, review, "renew", version=review.version)

    review.refresh_from_db()
    assert (review.procedure_version, review.status) == (newer, Status.IN_PROGRESS)
    assert review.answers["R6d"] == review.answers["R6d"] | {"value": "no", "again": True}
    assert review.answers["R5a"] == {"value": "2", "source": "registry"}
    assert review.answers["R1a"]["by"] == "Hoàng Thị Mai"
    assert "nội dung đã đổi, xem lại" in words(client.get(review.get_absolute_url()))

    answer(client, review, "R6d", "no", reason="Đã đối chiếu hồ sơ", stands="R6d", htmx=False)
    review.refresh_from_db()
    assert "again" not in review.answers["R6d"]


def test_a_procedure_abolished_meanwhile_is_closed_as_no_longer_in_force(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    assert post(client, review, "lapse", version=review.version).status_code == 422
    ProcedureVersion.objects.filter(pk=review.procedure_version_id).update(
        valid_to=date(2024, 3, 1)
    )
    assert "Ghi không còn hiệu lực" in words(client.get(review.get_absolute_url()))

    post(client, review, "lapse", version=review.version)

    review.refresh_from_db()
    assert review.status == Status.LAPSED
    client.force_login(people.office)
    assert post(client, review, "resume", version=review.version).status_code == 422


def test_the_last_round_answers_what_has_not_changed(
    client: StrictClient, people: People, review: Review, finish: Finish, province: Province
) -> None:
    finish(review)
    again = make_review(
        make_review_round(province.committee), review.agency, review.procedure_version
    )
    client.force_login(people.officer)

    page = BeautifulSoup(client.get(again.get_absolute_url()).content, "html.parser")

    assert "theo đợt trước" in page.get_text()
    chosen = page.select_one("[name='v-R12a'] option[selected]")
    assert chosen is not None
    assert chosen["value"] == "yes"


def test_a_suggestion_is_taken_or_dismissed_with_a_reason(
    client: StrictClient, people: People, review_round: Any, province: Province
) -> None:
    version = make_version(province.departments[0], status=VersionStatus.PUBLISHED, dossier_sets=3)
    review = make_review(review_round, province.departments[0], version)
    client.force_login(people.officer)
    url = f"{review.get_absolute_url()}?phan=goi-y"
    assert "Phải nộp 03 bộ hồ sơ" in words(client.get(url))

    refused = post(client, review, "judge", rule="sets", target="dossier_sets", decision="dismiss")
    assert refused.status_code == 422
    post(client, review, "judge", rule="sets", target="dossier_sets", decision="accept")

    verdict = review.verdicts.get()
    assert (verdict.measure, verdict.value, verdict.is_accepted) == (
        "fewer_sets",
        {"sets": 1},
        True,
    )
    assert "Đã đưa vào phương án" in words(client.get(url))
    post(client, review, "judge", decision="reopen", verdict=verdict.pk)
    assert not review.verdicts.exists()


def test_what_is_not_suggested_cannot_be_taken(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)

    response = post(client, review, "judge", rule="sets", target="", decision="accept")

    assert response.status_code == 422
    assert not review.verdicts.exists()


def test_files_bear_out_an_answer(client: StrictClient, people: People, review: Review) -> None:
    client.force_login(people.officer)
    file = SimpleUploadedFile("so-lieu.txt", b"12", content_type="text/plain")
    assert post(client, review, "prove", question="N5", file=file).status_code == 422
    pdf = SimpleUploadedFile("so-lieu.pdf", b"%PDF-1.7 12", content_type="application/pdf")

    post(client, review, "prove", question="N5", file=pdf)

    evidence = review.evidence.get()
    got = client.get(reverse("reviews:evidence_file", args=[evidence.pk]))
    assert b"".join(got) == b"%PDF-1.7 12"
    client.force_login(people.stranger)
    assert client.get(reverse("reviews:evidence_file", args=[evidence.pk])).status_code == 404
    client.force_login(people.officer)
    post(client, review, "disprove", evidence=evidence.pk)
    assert not review.evidence.exists()


def test_who_was_overtaken_adds_nothing_to_the_review(
    people: People, review_round: Any, province: Province
) -> None:
    """The head confirms what he saw: nothing joins or leaves a review that moved meanwhile."""
    home = province.departments[0]
    version = make_version(home, status=VersionStatus.PUBLISHED, dossier_sets=3)
    review = make_review(review_round, home, version)
    by = people.officer
    pdf = actions.Upload("so-lieu.pdf", "application/pdf", b"%PDF-1.7 12")
    kept = actions.prove(review=review, question="", upload=pdf, by=by, at=AT)

    def judge() -> SuggestionVerdict:
        return actions.judge(
            review=review,
            rule="sets",
            target="dossier_sets",
            accepted=True,
            reason="",
            by=by,
            at=AT,
        )

    verdict = judge()
    Review.objects.filter(pk=review.pk).update(version=review.version + 1)

    with pytest.raises(StaleObject):
        actions.prove(review=review, question="", upload=pdf, by=by, at=AT)
    with pytest.raises(StaleObject):
        actions.withdraw(evidence=kept, review=review, by=by, at=AT)
    with pytest.raises(StaleObject):
        actions.reopen(review=review, verdict=verdict.pk, by=by, at=AT)
    assert review.evidence.get() == kept
    assert review.verdicts.get() == verdict
    verdict.delete()
    with pytest.raises(StaleObject):
        judge()
    assert not review.verdicts.exists()


def test_a_merge_names_the_procedure(
    client: StrictClient, people: People, review: Review, province: Province
) -> None:
    other = make_version(province.departments[0], status=VersionStatus.PUBLISHED).procedure
    client.force_login(people.officer)
    data = {"outcome": "merge", "reason": "Trùng", "seen": ""}
    for code in ("NB-99999", review.procedure.local_code, "abc"):
        assert post(client, review, "conclude", **data, into=code).status_code == 422

    post(client, review, "conclude", **data, into=other.local_code)

    review.refresh_from_db()
    assert review.merge_into == other


def test_another_conclusion_meanwhile_is_shown_not_overwritten(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    conclude(review, people.colleague, march_2024, "abolish")
    client.force_login(people.officer)
    data = {"outcome": "keep", "reason": "Cần thiết", "into": "", "seen": "khác"}

    response = post(client, review, "conclude", **data)

    assert response.status_code == 422
    assert "Người khác vừa ghi kết quả “Bãi bỏ”" in words(response)
    assert "Cần thiết" in response.content.decode()
    review.refresh_from_db()
    assert review.outcome == "abolish"


def test_ours_is_compared_with_the_same_procedure_elsewhere(
    client: StrictClient, people: People, review: Review, province: Province
) -> None:
    name = review.procedure_version.name
    make_version(province.departments[1], status=VersionStatus.PUBLISHED, name=name, dossier_sets=4)
    client.force_login(people.head)

    page = words(client.get(f"{review.get_absolute_url()}?phan=so-sanh"))

    assert "Sở Tư pháp" in page
    assert "04" in page


@pytest.mark.parametrize("tab", ["", "goi-y", "so-sanh", "lich-su", "khac"])
@pytest.mark.parametrize("who", ["officer", "head", "office"])
def test_every_tab_opens_for_whoever_sees_it(
    client: StrictClient, people: People, review: Review, finish: Finish, tab: str, who: str
) -> None:
    if who != "officer":
        finish(review)
    client.force_login(getattr(people, who))

    assert client.get(f"{review.get_absolute_url()}?phan={tab}").status_code == 200
