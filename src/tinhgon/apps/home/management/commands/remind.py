from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.queries import succession
from tinhgon.apps.audit.actions import System
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties import actions as difficulties
from tinhgon.apps.difficulties.queries import following as difficulties_left
from tinhgon.apps.exchange import actions as exchange
from tinhgon.apps.home.queries import my_day
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.plans import actions as plans
from tinhgon.apps.plans.queries import following
from tinhgon.apps.portal import actions as portal
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.queries import holding
from tinhgon.apps.reports import actions as reports
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.search import actions as search
from tinhgon.common import clock, statistics
from tinhgon.domain.deadlines import Ladder, seed_ladder
from tinhgon.domain.workdays import WorkCalendar


class Command(BaseCommand):
    help = "Nhắc việc đến hạn, quá hạn; chuyển việc của cơ quan đã kết thúc. Chạy hằng ngày."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="in những gì sẽ nhắc, không ghi và không gửi",
        )

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        calendar, ladder, now = calendars.calendar(), seed_ladder(), clock.now()
        if dry_run:
            planned = actions.plan_reminders(today=now.date(), calendar=calendar, ladder=ladder)
            self._print(planned)
            due = plans.due_texts(today=now.date(), calendar=calendar, ladder=ladder)
            self.stdout.write(f"{len(due)} văn bản phải sửa đổi đến mốc nhắc.")
            upwards = plans.due_recommendations(today=now.date(), calendar=calendar, ladder=ladder)
            self.stdout.write(f"{len(upwards)} kiến nghị cấp trên đến mốc nhắc.")
            late = reports.due_reports(today=now.date(), calendar=calendar, ladder=ladder)
            self.stdout.write(f"{len(late)} báo cáo chưa gửi đến mốc nhắc.")
            answers = difficulties.due_answers(today=now.date(), calendar=calendar, ladder=ladder)
            self.stdout.write(f"{len(answers)} vướng mắc đến mốc nhắc trả lời.")
            return
        search.catch_up()
        statistics.renew()
        self._hand_over(now)
        portal.mail_answers(at=now)
        jobs.bury_lost(at=now)  # also where no worker is left to notice
        jobs.tidy(at=now)
        plans.note_texts_in_force(by=System(), at=now)
        self._freeze(now)
        self._remind(now, calendar, ladder)
        # Last: whoever does not answer there keeps nobody here from being reminded.
        self._exchange(now)

    def _remind(self, now: datetime, calendar: WorkCalendar, ladder: Ladder) -> None:
        if not calendar.is_working_day(now.date()):
            self.stdout.write("Hôm nay là ngày nghỉ: không nhắc việc.")
            return
        try:
            told = actions.remind(at=now, calendar=calendar, ladder=ladder)
            texts = plans.remind_texts(at=now, calendar=calendar, ladder=ladder)
            up = plans.remind_recommendations(at=now, calendar=calendar, ladder=ladder)
            unsent = reports.remind_reports(at=now, calendar=calendar, ladder=ladder)
            owed = difficulties.remind_answers(at=now, calendar=calendar, ladder=ladder)
        except IntegrityError as e:
            raise CommandError("Một lượt nhắc việc khác vừa chạy cùng lúc; không nhắc lại.") from e
        sent = actions.mail_digests(at=now, sums=_sums(now.date(), calendar))
        self.stdout.write(
            f"Đã nhắc {len(told.reminders)} mốc, {len(told.messages)} thông báo, {sent} thư; "
            f"{texts} văn bản phải sửa đổi, {up} kiến nghị cấp trên, {unsent} báo cáo chưa gửi, "
            f"{owed} vướng mắc."
        )

    def _exchange(self, at: datetime) -> None:
        """Hand what waits to the province's service, where it is switched on."""
        done = exchange.send_queued(by=System(), at=at)
        for words in done.words:
            self.stderr.write(words)
        if done.words or done.sent or done.told:
            self.stdout.write(
                f"Trục liên thông: gửi {done.sent}, bị từ chối {done.refused}, chưa trả lời "
                f"{done.silent}, không lập được gói tin {done.failed}, báo trạng thái {done.told}."
            )

    def _freeze(self, at: datetime) -> None:
        """Keep the figures of report periods that ended, once what happened until then is in."""
        if frozen := reports.freeze_due(by=System(), at=at):
            self.stdout.write(f"Đã chốt số liệu {frozen} kỳ báo cáo.")

    def _hand_over(self, at: datetime) -> None:
        """Give what agencies that ended still have to their successors, whatever the day."""
        due = succession.due_successions(today=at.date())
        done = actions.transfer_assignments(successions=due, by=System(), at=at)
        if done.inherited:
            self.stdout.write(f"Đã chuyển {len(done.inherited)} việc cho cơ quan kế thừa.")
        held = procedures.hand_over_procedures(
            successions=holding.due_successions(today=at.date()), by=System(), at=at
        )
        if held.total:
            self.stdout.write(f"Đã chuyển {held.total} thủ tục cho cơ quan kế thừa.")
        given = reports.follow_agencies(by=System(), at=at)
        if given.written or given.received:
            self.stdout.write(
                f"Đã chuyển {given.written} báo cáo cho cơ quan kế thừa lập, "
                f"{given.received} báo cáo sang nơi nhận mới."
            )
        undecided = [*done.undecided, *held.undecided, *self._follow(at), *self._pass(at)]
        for agency in {each.pk: each for each in undecided}.values():
            self.stdout.write(
                f"{agency}: nhiều cơ quan kế thừa một phần, cần người chọn tại trang Kế thừa."
            )

    def _follow(self, at: datetime) -> list[Agency]:
        """Let reviews, plans and texts follow the procedures; return whose heirs are unsure."""
        reviewed = reviews.follow_procedures(
            planned=following.undecided_reviews(),
            decided=following.decided_reviews(),
            by=System(),
            at=at,
        )
        followed = plans.follow_agencies(
            successions=following.due_successions(today=at.date()), by=System(), at=at
        )
        if reviewed or followed.plans or followed.texts or followed.recommendations:
            self.stdout.write(
                f"Đã chuyển {reviewed} phiếu rà soát, {followed.plans} phương án, "
                f"{followed.texts} văn bản phải sửa, {followed.recommendations} kiến nghị cấp trên "
                "cho cơ quan kế thừa."
            )
        return followed.undecided

    def _pass(self, at: datetime) -> list[Agency]:
        """Let difficulties go on with who comes after; return whose heirs are unsure."""
        passed = difficulties.follow_agencies(
            successions=difficulties_left.due_successions(today=at.date()), by=System(), at=at
        )
        if passed.count:
            self.stdout.write(f"Đã chuyển {passed.count} vướng mắc cho cơ quan kế thừa.")
        return passed.undecided

    def _print(self, planned: actions.Round) -> None:
        names = User.objects.in_bulk({message.user for message in planned.messages})
        for message in sorted(planned.messages, key=lambda m: (names[m.user].username, m.kind)):
            self.stdout.write(f"{names[message.user].audit_name}: {message.text}")
        kinds = Counter(message.kind for message in planned.messages)
        self.stdout.write(f"{len(planned.reminders)} mốc; {dict(kinds)}")


def _sums(today: date, calendar: WorkCalendar) -> actions.Sums:
    """Return what says the numbers of a person's page of the day."""
    return lambda user: my_day(user=user, today=today, calendar=calendar).sums
