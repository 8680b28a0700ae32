"""What happens in June 2024: something of every part of the work, done, late and given back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.assignments import (
    make_assignment,
    make_letter,
    reload,
    submit,
)
from tests.factories.plans import make_ready
from tests.factories.procedures import make_version
from tests.factories.reports import make_edition, make_fact, make_period, make_report
from tests.factories.reviews import answered, make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.assignments import actions as work
from tinhgon.apps.assignments.enums import AnswerKind
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.audit.actions import System
from tinhgon.apps.directives.enums import DueKind
from tinhgon.apps.inventories import actions as inventories
from tinhgon.apps.inventories.models import InventoryReply
from tinhgon.apps.plans import actions as plans
from tinhgon.apps.plans.models import Plan
from tinhgon.apps.procedures.actions import hand_over_procedures
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.apps.reports import actions as reports
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.reviews.enums import Move as ReviewMove
from tinhgon.apps.reviews.models import Review, ReviewRound

FIRST, LAST = date(2024, 6, 1), date(2024, 7, 12)
Story = list[tuple[datetime, Callable[[], object]]]


def at(day: int, month: int = 6, hour: int = 9) -> datetime:
    return datetime(2024, month, day, hour, tzinfo=VIETNAM)


def story_of(province: Province, office: User) -> tuple[Programme, Story]:
    review_round = make_review_round(
        province.committee, at=at(1), due_on=date(2024, 6, 20), created_by=office
    )
    programme = review_round.round.programme
    story: Story = []
    _of_work(story, province, office, programme)
    _of_transfer(story, province, office, programme)
    _of_inventory(story, province, office, programme)
    _of_reports(story, province, office, programme)
    _of_reviews(story, province, office, review_round)
    _of_plans(story, province, programme)
    return programme, story


def _of_work(story: Story, province: Province, office: User, programme: Programme) -> None:
    home = province.departments[0]
    officer = make_user(home)
    made = [
        make_assignment(
            home, office, issuer=province.committee, due_on=date(2024, 6, due), programme=programme
        )
        for due in (10, 12, 14, 18, 20, 28)
    ]
    late, returned, extended, withdrawn, amended, twice = made

    def give_back(assignment: Assignment, moment: datetime) -> None:
        fresh = reload(assignment)
        work.return_answer(
            assignment=fresh, reason="Thiếu", by=office, at=moment, version=fresh.version
        )

    def accept(assignment: Assignment, moment: datetime) -> None:
        fresh = reload(assignment)
        work.accept_answer(assignment=fresh, by=office, at=moment, version=fresh.version)

    def ask() -> None:
        fresh = reload(extended)
        work.ask_extension(
            assignment=fresh,
            asked_due_on=date(2024, 6, 25),
            reason="Chờ hướng dẫn",
            by=officer,
            at=at(11),
            version=fresh.version,
        )

    def grant() -> None:
        fresh = reload(extended)
        work.decide_extension(
            assignment=fresh,
            granted_due_on=date(2024, 6, 25),
            reason="",
            by=office,
            at=at(17),
            version=fresh.version,
        )

    def withdraw() -> None:
        letter = make_letter(province.committee, office, issued_at=at(19))
        duty = reload(withdrawn).duty
        work.withdraw_duty(
            duty=duty, letter=letter, reason="", by=office, at=at(19), version=duty.version
        )

    def amend() -> None:
        letter = make_letter(province.committee, office, issued_at=at(20))
        duty = reload(amended).duty
        due = work.NewDue(
            DueKind(duty.due_kind), date(2024, 7, 1), "trước ngày 01/7/2024", date(2024, 6, 30)
        )
        work.amend_duty(
            duty=duty,
            letter=letter,
            text=duty.text,
            due=due,
            reason="",
            by=office,
            at=at(20),
            version=duty.version,
        )

    story += [
        (at(13), lambda: submit(reload(late), officer, at=at(13))),
        (at(14), lambda: accept(late, at(14))),
        (at(11), lambda: submit(reload(returned), officer, at=at(11))),
        (at(15), lambda: give_back(returned, at(15))),
        (at(11), ask),
        (at(17), grant),
        (at(24), lambda: submit(reload(extended), officer, at=at(24))),
        (at(19), withdraw),
        (at(20), amend),
        (at(5), lambda: submit(reload(twice), officer, at=at(5))),
        (at(8), lambda: give_back(twice, at(8))),
        (at(1, 7), lambda: submit(reload(twice), officer, at=at(1, 7))),
        (at(3, 7), lambda: accept(twice, at(3, 7))),
    ]
    _of_undated(story, province, office, programme, officer)
    _of_a_paper(story, province, office, programme, officer)
    reported = make_assignment(
        home, office, issuer=province.committee, due_on=date(2024, 6, 14), programme=programme
    )
    Duty.objects.filter(pk=reported.duty_id).update(report_due_on=date(2024, 6, 19))
    story += [
        (at(17), lambda: submit(reload(reported), officer, at=at(17))),
        (at(22), lambda: give_back(reported, at(22))),
    ]


def _of_undated(
    story: Story, province: Province, office: User, programme: Programme, officer: User
) -> None:
    """Two pieces of work that no day ends, one of them done."""
    home = province.departments[0]
    done, _ = (
        make_assignment(home, office, issuer=province.committee, due_on=None, programme=programme)
        for _ in range(2)
    )
    story.append((at(21), lambda: submit(reload(done), officer, at=at(21))))


def _of_a_paper(
    story: Story, province: Province, office: User, programme: Programme, officer: User
) -> None:
    """Work that is on its way, and closed by a paper that was sent days before it was taken."""
    work_of_it = make_assignment(
        province.departments[0],
        office,
        issuer=province.committee,
        due_on=date(2024, 6, 20),
        programme=programme,
    )

    def report(percent: int, moment: datetime) -> None:
        fresh = reload(work_of_it)
        work.report_progress(
            assignment=fresh,
            percent=percent,
            text="Đang làm",
            upload=None,
            by=officer,
            at=moment,
            version=fresh.version,
        )

    def take() -> None:
        work.fulfil(
            assignment=reload(work_of_it),
            kind=AnswerKind.RECORD,
            text="Báo cáo quý II",
            proof_on=date(2024, 6, 17),
            report_due_on=None,
            answered_at=at(17),
            answered_by=officer,
            by=office,
            at=at(24),
        )

    story += [
        (at(7), lambda: report(20, at(7))),
        (at(14), lambda: report(60, at(14))),
        (at(24), take),
    ]


def _of_transfer(story: Story, province: Province, office: User, programme: Programme) -> None:
    """
    An agency ends: its open work and its procedures are its own until then, its successor's from
    that day on.
    """
    old, new = province.departments[1], province.office
    make_version(old, status=VersionStatus.PUBLISHED, at=at(1))
    sent, *_ = (
        make_assignment(
            old, office, issuer=province.committee, due_on=date(2024, 6, due), programme=programme
        )
        for due in (22, 20, 29)
    )
    officer = make_user(old)

    def end() -> None:
        Agency.objects.filter(pk=old.pk).update(ended_on=date(2024, 6, 25))
        old.refresh_from_db()
        found = Succession.objects.create(
            predecessor=old, successor=new, on=date(2024, 6, 25), kind=SuccessionKind.WHOLE
        )
        work.transfer_assignments(successions=[found], by=System(), at=at(25))
        handed = hand_over_procedures(successions=[found], by=System(), at=at(25))
        assert handed.total == 1

    def accept() -> None:
        fresh = reload(Assignment.objects.get(inherited_from=sent))
        work.accept_answer(assignment=fresh, by=office, at=at(27), version=fresh.version)

    story += [
        (at(18), lambda: submit(reload(sent), officer, at=at(18))),
        (at(25), end),
        (at(27), accept),
    ]


def _of_inventory(story: Story, province: Province, office: User, programme: Programme) -> None:
    first, second = province.districts
    asked = inventories.Asked(
        name="Thống kê bổ sung",
        agency=province.committee,
        agencies=[first, second, province.departments[0]],
        due_on=date(2024, 6, 20),
        programme=programme,
    )
    people = {agency: make_user(agency) for agency in asked.agencies}

    def reply_of(agency: Agency) -> InventoryReply:
        rows = InventoryReply.objects.select_related("inventory__agency", "agency")
        return rows.get(agency=agency)

    def nil(agency: Agency, moment: datetime) -> None:
        reply = reply_of(agency)
        inventories.answer(
            reply=reply,
            procedures=[],
            note="Không còn sót",
            by=people[agency],
            at=moment,
            seen=reply.version,
        )

    def judge(agency: Agency, moment: datetime, *, accepted: bool) -> None:
        reply = reply_of(agency)
        inventories.decide(
            reply=reply,
            accepted=accepted,
            reason="" if accepted else "Chưa rõ",
            by=office,
            at=moment,
            seen=reply.version,
        )

    story += [
        (at(3), lambda: inventories.open_inventory(asked=asked, by=office, at=at(3))),
        (at(10), lambda: nil(first, at(10))),
        (at(12), lambda: judge(first, at(12), accepted=True)),
        (at(15), lambda: nil(second, at(15))),
        (at(17), lambda: judge(second, at(17), accepted=False)),
        (at(24), lambda: nil(second, at(24))),
    ]


def _of_reports(story: Story, province: Province, office: User, programme: Programme) -> None:
    above = province.committee
    period = make_period(
        above,
        programme=programme,
        from_on=date(2024, 1, 1),
        to_on=date(2024, 6, 4),
        opened_on=date(2024, 6, 5),
        created_by=office,
    )
    made = {
        agency: make_report(period, agency, above, due_on=date(2024, 6, 15))
        for agency in (*province.departments, *province.districts)
    }
    for report in made.values():
        make_edition(report, [make_fact(report.agency)])
    in_time, late, back, _ = (report.pk for report in made.values())
    heads = {report.pk: make_user(agency, "head") for agency, report in made.items()}

    def send(key: int, moment: datetime) -> None:
        report = _report(key)
        reports.send(report=report, by=heads[key], at=moment, seen=report.version)

    def give_back(key: int, moment: datetime) -> None:
        report = _report(key)
        reports.return_report(
            report=report, reason="Thiếu số liệu", by=office, at=moment, seen=report.version
        )

    story += [
        (at(12), lambda: send(in_time, at(12))),
        (at(18), lambda: send(late, at(18))),
        (at(14), lambda: send(back, at(14))),
        (at(16), lambda: give_back(back, at(16))),
        (at(21), lambda: send(back, at(21))),
    ]


def _report(key: int) -> Report:
    related = ("period__agency", "agency", "receiver", "successor")
    return Report.objects.select_related(*related).get(pk=key)


def _of_reviews(story: Story, province: Province, office: User, review_round: ReviewRound) -> None:
    home = province.departments[0]
    officer, head = make_user(home), make_user(home, "head")
    versions = [
        make_version(home, officer, status=VersionStatus.PUBLISHED, at=at(1)) for _ in range(4)
    ]
    rows = [
        make_review(review_round, home, version, at=at(1), **answered(officer))
        for version in versions
    ]
    kept, back, late = (row.pk for row in rows[:3])

    def move(key: int, which: ReviewMove, by: User, moment: datetime) -> None:
        related = ("round__agency", "agency", "procedure_version__procedure", "procedure")
        review = Review.objects.select_related(*related).get(pk=key)
        reason = "Chưa đủ" if which is ReviewMove.RETURN else ""
        reviews.move_review(
            review=review, move=which, by=by, at=moment, seen=review.version, reason=reason
        )

    story += [
        (at(10), lambda: move(kept, ReviewMove.CONFIRM, head, at(10))),
        (at(12), lambda: move(back, ReviewMove.CONFIRM, head, at(12))),
        (at(18), lambda: move(back, ReviewMove.RETURN, office, at(18))),
        (at(25), lambda: move(late, ReviewMove.CONFIRM, head, at(25))),
        (at(26), lambda: move(late, ReviewMove.CHECK, office, at(26))),
    ]


def _of_plans(story: Story, province: Province, programme: Programme) -> None:
    home = province.departments[0]
    plan = make_ready(home)
    made = plan.round.round.programme
    Round.objects.filter(review_round=plan.round_id).update(programme=programme)
    Programme.objects.filter(pk=made.pk).delete()
    head = make_user(home, "head")

    def withdraw() -> None:
        fresh = Plan.objects.select_related("agency", "round__agency").get(pk=plan.pk)
        plans.withdraw_plan(plan=fresh, reason="Gộp", by=head, at=at(10, 7), seen=fresh.version)

    story.append((at(10, 7), withdraw))
