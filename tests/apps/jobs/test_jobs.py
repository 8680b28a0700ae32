"""Long work: asked for in a request, done by a worker, followed on its page."""

from __future__ import annotations

import io
import signal
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import (
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    connections,
    transaction,
)
from django_tasks_db.models import DBTaskResult

from tests.at_once import at_once, meeting
from tests.background import work_off
from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions
from tinhgon.apps.jobs.kinds import Kind, Made, Outcome, Params, Work, kinds
from tinhgon.apps.jobs.management.commands.worker import Heart, Patient
from tinhgon.apps.jobs.models import Job, JobWorker
from tinhgon.apps.notices.models import Notice
from tinhgon.common import clock
from tinhgon.common.refusal import Refused

pytestmark = pytest.mark.django_db
Run = Callable[[Work], Outcome]


@pytest.fixture
def province(march_2024: datetime) -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0])


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Make what is to be done a kind of work, and return its name."""

    def make(run: Run, check: Callable[[User, Params], None] | None = None) -> str:
        made = Kind("tests.work", title=lambda p: f"Việc thử {p.get('n', '')}".strip(), run=run)
        if check is not None:
            made = Kind(made.name, title=made.title, run=run, check=check)
        monkeypatch.setitem(kinds(), made.name, made)
        return made.name

    return make


def signed_in(person: User) -> StrictClient:
    client = StrictClient()
    client.force_login(person)
    return client


def nothing(_work: Work) -> Outcome:
    return Outcome("Đã làm.")


def test_what_was_asked_for_is_done_with_its_file_and_a_notice(
    kind: Callable[..., str], officer: User
) -> None:
    def run(work: Work) -> Outcome:
        path = work.folder / "bao-cao.zip"
        with zipfile.ZipFile(path, "w") as packed:
            for n in range(1, 4):
                packed.writestr(f"co-quan-{n}.txt", work.params["text"])
                work.progress(n, 3, f"Cơ quan {n}")
        return Outcome("Đã xuất 3 báo cáo.", url="/nhiem-vu/", file=Made(path, "bao-cao.zip"))

    job = actions.ask(kind(run), {"text": "nội dung"}, by=officer, at=clock.now())
    client = signed_in(officer)
    assert "Đang chờ đến lượt" in client.get(job.get_absolute_url()).content.decode()

    work_off()

    page = client.get(job.get_absolute_url()).content.decode()
    assert "Đã xong" in page
    assert "Đã xuất 3 báo cáo." in page
    assert "3/3" in page
    fetched = client.get(f"{job.get_absolute_url()}tep/")
    packed = zipfile.ZipFile(io.BytesIO(fetched.getvalue()))
    assert packed.read("co-quan-3.txt").decode() == "nội dung"
    assert fetched["Content-Type"] == "application/zip"
    notice = Notice.objects.get(user=officer)
    assert (notice.text, notice.url) == ("Đã xong: Việc thử", job.get_absolute_url())
    assert list(Event.objects.order_by("number").values_list("kind", flat=True)) == [
        "jobs.asked",
        "jobs.moved",
        "jobs.moved",
    ]


def test_nothing_waits_in_the_queue_where_the_change_was_rolled_back(
    kind: Callable[..., str], officer: User
) -> None:
    name = kind(nothing)
    with transaction.atomic():
        actions.ask(name, {}, by=officer, at=clock.now())
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_two_clicks_are_one_job_and_other_parameters_another(
    kind: Callable[..., str], officer: User
) -> None:
    name = kind(nothing)
    first = actions.ask(name, {"n": 1}, by=officer, at=clock.now())

    assert actions.ask(name, {"n": 1}, by=officer, at=clock.now()) == first
    assert actions.ask(name, {"n": 2}, by=officer, at=clock.now()) != first
    work_off()
    assert actions.ask(name, {"n": 1}, by=officer, at=clock.now()) != first


def test_who_has_too_much_open_is_told_what_to_do(kind: Callable[..., str], officer: User) -> None:
    name = kind(nothing)
    for n in range(20):
        actions.ask(name, {"n": n}, by=officer, at=clock.now())

    with pytest.raises(Refused, match="hủy bớt"):
        actions.ask(name, {"n": 20}, by=officer, at=clock.now())


def _refuse(_work: Work) -> Outcome:
    raise Refused("Kỳ này chưa có báo cáo nào. Chọn kỳ khác.")


def _break(_work: Work) -> Outcome:
    raise ZeroDivisionError


def _write_and_break(_work: Work) -> Outcome:
    def write() -> None:
        JobWorker.objects.create(name="nửa chừng", started_at=clock.now(), beat_at=clock.now())
        raise ZeroDivisionError

    return Outcome("Đã ghi.", write=write)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (_refuse, "Kỳ này chưa có báo cáo nào. Chọn kỳ khác."),
        (_break, "Phần mềm gặp lỗi"),
        (_write_and_break, "Phần mềm gặp lỗi"),
    ],
)
def test_what_went_wrong_is_told_and_may_be_repeated(
    kind: Callable[..., str], officer: User, run: Run, words: str
) -> None:
    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    work_off()

    client = signed_in(officer)
    page = client.get(job.get_absolute_url()).content.decode()
    assert words in page
    assert words in Notice.objects.get(user=officer).text
    assert not JobWorker.objects.exists()  # nothing of it was written

    kind(nothing)
    client.post(f"{job.get_absolute_url()}chay-lai/")
    work_off()
    job.refresh_from_db()
    assert (job.status, job.attempt, job.error) == ("done", 2, "")


def test_a_right_lost_meanwhile_stops_the_work_and_the_file(
    kind: Callable[..., str], officer: User
) -> None:
    allowed = True

    def check(_user: User, _params: Params) -> None:
        if not allowed:
            raise PermissionDenied

    def run(work: Work) -> Outcome:
        path = work.folder / "x.zip"
        path.write_bytes(b"PK")
        return Outcome("Đã xuất.", file=Made(path, "x.zip"))

    name = kind(run, check)
    job = actions.ask(name, {"n": 1}, by=officer, at=clock.now())
    later = actions.ask(name, {"n": 2}, by=officer, at=clock.now())
    client = signed_in(officer)
    DBTaskResult.objects.filter(args_kwargs__args=[later.pk, 1]).delete()
    work_off()
    assert client.get(f"{job.get_absolute_url()}tep/").getvalue() == b"PK"

    allowed = False
    actions.run_job.call(later.pk, 1)
    later.refresh_from_db()
    assert (later.status, later.error) == (
        "failed",
        "Người giao việc không còn quyền làm việc này.",
    )
    assert client.get(f"{job.get_absolute_url()}tep/").status_code == 404
    with pytest.raises(PermissionDenied):
        actions.ask(name, {"n": 3}, by=officer, at=clock.now())


def _cancel(work: Work) -> None:
    job = Job.objects.get(asked_by=work.by)
    actions.cancel(job=job, by=work.by, at=clock.now())


@pytest.mark.parametrize("tells", [True, False])
def test_cancelled_work_writes_nothing(
    kind: Callable[..., str], officer: User, tells: bool
) -> None:
    reached: list[str] = []

    def run(work: Work) -> Outcome:
        _cancel(work)
        if tells:
            work.progress(1, 1)
            reached.append("went on")
        path = work.folder / "x.zip"
        path.write_bytes(b"PK")
        return Outcome("Đã xuất.", file=Made(path, "x.zip"), write=lambda: reached.append("wrote"))

    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    work_off()

    job.refresh_from_db()
    assert job.status == "cancelled"
    assert reached == []
    assert not StoredFile.objects.exists()
    assert not Notice.objects.exists()


def test_what_waits_can_be_cancelled_and_is_not_begun(
    kind: Callable[..., str], officer: User
) -> None:
    begun: list[Work] = []

    def run(work: Work) -> Outcome:
        begun.append(work)
        return Outcome("Đã làm.")

    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    answer = signed_in(officer).post(f"{job.get_absolute_url()}huy/", follow=True)
    work_off()

    assert "Đã hủy việc này" in answer.content.decode()
    assert begun == []


def test_cancelling_what_is_done_says_so(kind: Callable[..., str], officer: User) -> None:
    job = actions.ask(kind(nothing), {}, by=officer, at=clock.now())
    work_off()

    answer = signed_in(officer).post(f"{job.get_absolute_url()}huy/", follow=True)
    assert "không làm như vậy được nữa" in answer.content.decode()
    job.refresh_from_db()
    assert job.status == "done"


@pytest.fixture
def dead(kind: Callable[..., str], officer: User, monkeypatch: pytest.MonkeyPatch) -> Job:
    job = actions.ask(kind(nothing), {}, by=officer, at=clock.now())
    with monkeypatch.context() as patch:
        patch.setattr("tinhgon.apps.jobs.actions._running._work", _raise_kill)
        with pytest.raises(GeneratorExit):
            actions.run_job.call(job.pk, 1)
    job.refresh_from_db()
    assert job.status == "running"
    return job


def _raise_kill(*_: Any) -> Outcome:
    raise GeneratorExit  # goes through everything, as a killed process leaves everything


def test_a_job_whose_worker_died_is_noticed_and_told(dead: Job, officer: User) -> None:
    assert actions.bury_lost(at=clock.now() + timedelta(seconds=59)) == 0
    assert actions.bury_lost(at=clock.now() + timedelta(seconds=61)) == 1

    dead.refresh_from_db()
    assert dead.status == "failed"
    assert "đã dừng đột ngột" in dead.error
    assert "đã dừng đột ngột" in Notice.objects.get(user=officer).text


def test_the_page_says_so_before_anybody_noticed_and_lets_it_be_repeated(
    dead: Job, officer: User, march_2024: datetime
) -> None:
    with time_machine.travel(march_2024 + timedelta(minutes=2), tick=False):
        client = signed_in(officer)
        page = client.get(dead.get_absolute_url()).content.decode()
        assert "đã dừng giữa chừng" in page
        assert "hx-trigger" not in page.split('id="tien-do"')[1]
        client.post(f"{dead.get_absolute_url()}chay-lai/")
        work_off()

    dead.refresh_from_db()
    assert (dead.status, dead.attempt) == ("done", 2)


def test_who_works_on_a_job_is_not_buried_while_he_gives_signs_of_life(
    kind: Callable[..., str], officer: User
) -> None:
    at = clock.now() + timedelta(minutes=5)
    buried: list[int] = []

    def run(_work: Work) -> Outcome:
        actions.beat(at=at)
        buried.append(actions.bury_lost(at=at))
        return Outcome("Đã làm.")

    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    work_off()

    job.refresh_from_db()
    assert (buried, job.status) == ([0], "done")
    actions.leave()
    assert not JobWorker.objects.exists()


def test_a_job_that_its_worker_let_fall_is_noticed_though_the_worker_lives(
    dead: Job, officer: User
) -> None:
    at = clock.now() + timedelta(minutes=5)
    actions.beat(at=at)

    assert actions.bury_lost(at=at) == 1
    assert "Bấm “Chạy lại”".lower() in Notice.objects.get(user=officer).text.lower()


def test_what_the_queue_lost_is_queued_again_and_done_once(
    kind: Callable[..., str], officer: User
) -> None:
    done: list[int] = []

    def run(work: Work) -> Outcome:
        done.append(work.params["n"])
        return Outcome("Đã làm.")

    name = kind(run)
    for n in (1, 2):
        actions.ask(name, {"n": n}, by=officer, at=clock.now())
    taken = DBTaskResult.objects.ready().first()
    assert taken is not None
    taken.claim("chết ngay sau đó")

    assert actions.queue_stranded(at=clock.now() + timedelta(seconds=59)) == 0
    assert actions.queue_stranded(at=clock.now() + timedelta(seconds=61)) == 1
    assert actions.queue_stranded(at=clock.now() + timedelta(seconds=61)) == 0
    work_off()

    assert sorted(done) == [1, 2]
    assert not Job.objects.exclude(status="done").exists()


def test_who_asks_again_after_the_worker_died_gets_a_new_job(dead: Job, officer: User) -> None:
    at = clock.now() + timedelta(minutes=2)
    anew = actions.ask(dead.kind, dead.params, by=officer, at=at)

    dead.refresh_from_db()
    assert anew != dead
    assert (dead.status, anew.status) == ("failed", "waiting")
    with pytest.raises(Refused, match="đã được giao lại"):
        actions.repeat(job=dead, by=officer, at=at)
    dead.refresh_from_db()
    assert dead.status == "failed"


@pytest.mark.parametrize("fault", [InterfaceError, IntegrityError, ProgrammingError, ValueError])
def test_the_heart_goes_on_whatever_goes_wrong(
    monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    beats: list[int] = []
    heart = Heart()

    def fail(*, at: datetime) -> None:
        beats.append(1)
        if len(beats) > 2:
            heart._over.set()
        raise fault

    monkeypatch.setattr("tinhgon.apps.jobs.management.commands.worker._SECONDS_BETWEEN_BEATS", 0)
    for name in ("beat", "bury_lost", "queue_stranded", "leave"):
        monkeypatch.setattr(actions, name, fail)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    heart.run()  # raises nothing

    assert len(beats) > 2


def _patient() -> Patient:
    worker = Patient(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    worker.running_task = True
    return worker


def test_a_worker_that_is_told_twice_to_end_still_ends_its_job_first() -> None:
    worker = _patient()
    for _ in range(3):
        worker.shutdown(signal.SIGTERM, None)

    assert not worker.running


@pytest.mark.parametrize("number", [signal.SIGQUIT, signal.SIGINT])
def test_a_worker_that_is_told_to_end_at_once_does(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    worker = _patient()
    monkeypatch.setattr(worker, "reset_signals", lambda: None)
    worker.shutdown(signal.SIGTERM, None)

    with pytest.raises(SystemExit):
        worker.shutdown(number, None)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_job(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    # Its title is made when it was seen that there is none of the same, before it is written.
    met = Kind("tests.work", title=meeting(2, lambda _params: "Việc thử"), run=nothing)
    monkeypatch.setitem(kinds(), met.name, met)

    def click() -> None:
        found.append(actions.ask(met.name, {"n": 1}, by=officer, at=clock.now()).pk)

    assert at_once(click, click) == []
    assert len(set(found)) == 1
    assert Job.objects.count() == DBTaskResult.objects.count() == 1


def test_who_was_taken_for_dead_and_comes_back_writes_nothing(
    kind: Callable[..., str], officer: User
) -> None:
    wrote: list[str] = []

    def run(work: Work) -> Outcome:
        actions.bury_lost(at=clock.now() + timedelta(minutes=5))
        return Outcome("Đã làm.", write=lambda: wrote.append("wrote"))

    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    work_off()

    job.refresh_from_db()
    assert job.status == "failed"
    assert wrote == []


def test_a_worker_told_to_leave_says_so_in_the_job(kind: Callable[..., str], officer: User) -> None:
    def run(_work: Work) -> Outcome:
        raise SystemExit(1)

    job = actions.ask(kind(run), {}, by=officer, at=clock.now())
    with pytest.raises(SystemExit):
        actions.run_job.call(job.pk, 1)

    job.refresh_from_db()
    assert job.status == "failed"
    assert "Máy chủ dừng" in job.error


def test_progress_is_not_told_inside_a_transaction(kind: Callable[..., str], officer: User) -> None:
    seen: list[str] = []

    def run(work: Work) -> Outcome:
        with transaction.atomic():
            try:
                work.progress(1, 2)
            except RuntimeError as e:
                seen.append(str(e))
        return Outcome("Đã làm.")

    actions.ask(kind(run), {}, by=officer, at=clock.now())
    work_off()

    assert "durable" in seen[0]


def test_the_progress_comes_anew_by_itself_until_the_job_ended(
    kind: Callable[..., str], officer: User
) -> None:
    job = actions.ask(kind(nothing), {}, by=officer, at=clock.now())
    client = signed_in(officer)

    whole = client.get(job.get_absolute_url()).content.decode()
    assert "Xem lại tiến độ" in whole.split("<noscript>")[1]  # without JavaScript, by a link
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in part.content.decode()
    assert "<h1>" not in part.content.decode()
    assert "HX-Refresh" not in part

    work_off()
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"})
    assert part["HX-Refresh"] == "true"
    assert "hx-trigger" not in part.content.decode()


def test_whoever_waits_while_nobody_works_is_told(kind: Callable[..., str], officer: User) -> None:
    job = actions.ask(kind(nothing), {}, by=officer, at=clock.now())
    client = signed_in(officer)

    assert "Chưa có tiến trình chạy nền" in client.get(job.get_absolute_url()).content.decode()
    actions.beat(at=clock.now())
    assert "Chưa có tiến trình chạy nền" not in client.get(job.get_absolute_url()).content.decode()


def test_the_administrator_sees_and_stops_but_does_not_fetch(
    kind: Callable[..., str], officer: User, province: Province
) -> None:
    def run(work: Work) -> Outcome:
        path = work.folder / "x.zip"
        path.write_bytes(b"PK")
        return Outcome("Đã xuất.", file=Made(path, "x.zip"))

    name = kind(run)
    done = actions.ask(name, {"n": 1}, by=officer, at=clock.now())
    work_off()
    waiting = actions.ask(name, {"n": 2}, by=officer, at=clock.now())
    administrator = make_user(province.committee, "administrator")
    client = signed_in(administrator)

    assert "Việc thử 2" in client.get("/viec-nen/?show=all").content.decode()
    assert "Việc thử 2" not in client.get("/viec-nen/").content.decode()
    assert "Tệp kết quả chỉ dành cho người" in client.get(done.get_absolute_url()).content.decode()
    assert client.get(f"{done.get_absolute_url()}tep/").status_code == 404
    client.post(f"{waiting.get_absolute_url()}huy/")
    waiting.refresh_from_db()
    assert waiting.status == "cancelled"
    assert Notice.objects.filter(user=officer, text__startswith="Quản trị đã hủy").exists()


def test_the_list_of_all_is_not_for_everybody(kind: Callable[..., str], province: Province) -> None:
    one, other = (make_user(each) for each in province.departments)
    actions.ask(kind(nothing), {"n": 1}, by=one, at=clock.now())

    assert "Việc thử 1" not in signed_in(other).get("/viec-nen/?show=all").content.decode()


def test_what_ended_long_ago_is_forgotten_with_its_file(
    kind: Callable[..., str], officer: User
) -> None:
    def run(work: Work) -> Outcome:
        path = work.folder / "x.zip"
        path.write_bytes(b"PK")
        return Outcome("Đã xuất.", file=Made(path, "x.zip"))

    name = kind(run)
    actions.ask(name, {}, by=officer, at=clock.now())
    work_off()
    actions.ask(name, {"n": 2}, by=officer, at=clock.now())

    assert actions.tidy(at=clock.now() + timedelta(days=29)) == 0
    assert actions.tidy(at=clock.now() + timedelta(days=31)) == 1
    assert not StoredFile.objects.exists()
    assert Job.objects.get().params == {"n": 2}
