"""The province's service: off by default, and nothing of the work ever waits for it."""

from __future__ import annotations

import io
import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.assignments import make_calendar
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.apps.exchange import actions
from tinhgon.apps.exchange.actions import _service, sending
from tinhgon.apps.exchange.models import Arrival, Dispatch
from tinhgon.apps.keeping.queries import Level
from tinhgon.apps.keeping.queries._data import exchanged
from tinhgon.apps.notices.models import Notice
from tinhgon.domain.exchange import Message, read_package

from .making import AT, a_letter, dispatched, give_code, packed, recall_of, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]
SECRET = "khoa-bi-mat-cua-bai-thu"
Reply = Callable[[], tuple[int, Any]]


class _Service(ThreadingHTTPServer):
    """A service on this machine that answers as the test tells it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.asked: list[tuple[str, dict[str, str], bytes]] = []


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, _Service)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers.items()), body))
        status, answer = self.server.reply()
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        try:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            pass  # the caller has gone

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(settings: Any, reply: Reply) -> Iterator[_Service]:
    service = _Service(reply)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    settings.LGSP_URL = f"http://127.0.0.1:{service.server_port}"
    settings.LGSP_SYSTEM_ID, settings.LGSP_SECRET = "H37.01", SECRET
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()


@pytest.fixture
def province() -> Province:
    make_calendar()
    province = make_province()
    give_code(province.committee, "H37")
    give_code(province.departments[0], "H37.04")
    return province


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


def _queued(province: Province, clerk: User) -> Dispatch:
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    return actions.queue_dispatch(dispatch=dispatch, by=clerk, at=AT, version=dispatch.version)


def _run() -> actions.Sent:
    return actions.send_queued(by=System(), at=AT)


def test_it_is_off_until_it_is_given_an_address(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert reverse("exchange:queue", args=[dispatch.pk]) not in page

    answer = client.post(reverse("exchange:queue", args=[dispatch.pk]), {"version": 1}, follow=True)

    assert "Chưa bật kết nối với trục" in answer.content.decode()
    assert _run() == actions.Sent()


@pytest.mark.parametrize(
    ("url", "count"),
    [
        ("", 0),
        ("https://truc.example", 0),
        ("http://127.0.0.1:9", 0),
        ("http://truc.example", 1),
        ("file:///etc/passwd", 1),
    ],
)
def test_the_secret_travels_in_the_open_only_within_this_machine(
    settings: Any, url: str, count: int
) -> None:
    from tinhgon.config.checks import exchange_is_private

    settings.LGSP_URL = url
    assert len(exchange_is_private()) == count


def test_a_queued_document_is_handed_over_by_the_daily_run(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    taken = {"success": True, "message": "OK", "docId": "7f3a"}
    with serving(settings, lambda: (200, taken)) as service:
        client.force_login(clerk)
        dispatch = dispatched(province.committee, province.departments[0], by=clerk)
        client.post(reverse("exchange:queue", args=[dispatch.pk]), {"version": 1})
        assert service.asked == []  # nobody who waits for a page waits for the service
        call_command("remind", stdout=io.StringIO())

    dispatch.refresh_from_db()
    assert (dispatch.service, dispatch.service_id, dispatch.tries) == ("sent", "7f3a", 1)
    [(path, headers, body)] = service.asked
    assert path == "/v1/sendEdoc"
    assert (headers["X-Systemid"], headers["X-Secretkey"]) == ("H37.01", SECRET)
    package = body[body.index(b"<?xml") : body.rindex(b"\r\n--")]
    message = read_package(package)
    assert isinstance(message, Message)
    assert message.document_id == dispatch.exchange_id
    assert b'name="messageType"\r\n\r\nedoc\r\n' in body


@pytest.mark.parametrize("code", ["10", "15", "18", "19", "21", "22", "23"])
def test_what_it_refuses_waits_for_a_person(
    province: Province, clerk: User, settings: Any, code: str
) -> None:
    refused = {"success": False, "message": "Loi", "data": {"errorCode": code}}
    with serving(settings, lambda: (400, refused)) as service:
        dispatch = _queued(province, clerk)
        assert (_run().refused, _run().refused) == (1, 0)

    assert len(service.asked) == 1
    dispatch.refresh_from_db()
    assert dispatch.service == "refused"
    assert dispatch.service_answer.startswith(f"{code} – ")


@pytest.mark.parametrize(
    "reply",
    [
        (500, b"<html>Internal Server Error</html>"),
        (502, {"success": False, "data": {"errorCode": "22"}}),
        (200, b"<html>Bao tri</html>"),
        (200, {"success": False, "data": {"errorCode": "20"}}),
        (404, b"not here"),
        (302, b""),
    ],
)
def test_trouble_of_its_own_is_tried_again(
    province: Province, clerk: User, settings: Any, reply: tuple[int, Any]
) -> None:
    answers = [reply, (200, {"success": True, "docId": "7f3a"})]
    with serving(settings, lambda: answers.pop(0)):
        dispatch = _queued(province, clerk)
        assert _run().silent == 1
        dispatch.refresh_from_db()
        assert (dispatch.service, dispatch.tries) == ("queued", 1)
        assert _run().sent == 1

    dispatch.refresh_from_db()
    assert (dispatch.service, dispatch.tries) == ("sent", 2)


def test_after_ten_silent_runs_a_person_looks(
    province: Province, clerk: User, settings: Any
) -> None:
    with serving(settings, lambda: (500, b"")):
        dispatch = _queued(province, clerk)
        for _ in range(sending.MOST_TRIES):
            _run()

    dispatch.refresh_from_db()
    assert (dispatch.service, dispatch.tries) == ("refused", 10)


def test_a_service_that_hangs_holds_nothing_up(
    client: Client, province: Province, clerk: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_service, "SECONDS", 0.3)
    hang = threading.Event()

    def reply() -> tuple[int, Any]:
        hang.wait(20)
        return 200, {"success": True}

    with serving(settings, reply):
        first = _queued(province, clerk)
        for _ in range(4):
            _queued(province, clerk)
        started = time.perf_counter()
        done = _run()
        took = time.perf_counter() - started
        client.force_login(clerk)
        assert client.get(first.get_absolute_url()).status_code == 200
        assert receive(packed(), province.committee, clerk).is_taken_in
        hang.set()

    assert done.silent == 3  # then it counts as down, and the rest waits for the next run
    assert took < 15
    assert set(Dispatch.objects.values_list("service", flat=True)) == {"queued"}


def test_where_nobody_listens_the_daily_run_ends_well(
    province: Province, clerk: User, settings: Any
) -> None:
    settings.LGSP_URL, settings.LGSP_SYSTEM_ID = "http://127.0.0.1:9", "H37.01"
    settings.LGSP_SECRET = SECRET
    _queued(province, clerk)

    out, err = io.StringIO(), io.StringIO()
    call_command("remind", stdout=out, stderr=err)

    assert "chưa trả lời 1" in out.getvalue()
    assert "Không kết nối được với trục" in err.getvalue()


def test_senders_are_told_that_their_document_was_taken_in(
    province: Province, clerk: User, settings: Any
) -> None:
    arrival = receive(packed(), province.committee, clerk)
    with serving(settings, lambda: (200, {"success": True})) as service:
        assert (_run().told, _run().told) == (1, 0)

    [(path, _, body)] = service.asked
    assert path == "/v1/updateStatus"
    assert json.loads(body) == {"docId": arrival.document_id, "status": "03"}
    assert Arrival.objects.get().told


def test_what_the_service_says_of_a_state_is_kept_and_shown(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    arrival = receive(packed(), province.committee, clerk)
    unknown = {"success": False, "message": "Khong co van ban", "data": {"errorCode": "10"}}
    with serving(settings, lambda: (400, unknown)) as service:
        first, second = _run(), _run()

    assert (first.told, first.refused, second.refused) == (0, 1, 0)
    assert len(service.asked) == 1
    client.force_login(clerk)
    page = client.get(arrival.get_absolute_url()).content.decode()
    assert "10 – Tệp không hợp lệ" in page
    assert "Tải phản hồi để gửi cho bên gửi bằng VNPT-iOffice" in page
    assert Event.objects.filter(kind="exchange.told").count() == 1


def test_a_state_that_nobody_answers_is_tried_ten_times(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    arrival = receive(packed(), province.committee, clerk)
    client.force_login(clerk)
    with serving(settings, lambda: (500, b"")) as service:
        _run()
        page = client.get(arrival.get_absolute_url()).content.decode()
        for _ in range(sending.MOST_TRIES):
            _run()

    assert "Trục trả lời HTTP 500. Lượt chạy tới báo lại." in page
    assert len(service.asked) == sending.MOST_TRIES
    arrival.refresh_from_db()
    assert (arrival.told, arrival.told_answer) == (True, "Trục trả lời HTTP 500.")


@pytest.mark.parametrize(
    ("code", "todo"),
    [
        ("18", "Kiểm tra mã định danh của từng nơi nhận"),
        ("15", "Báo quản trị hệ thống"),
        ("99", "Gửi lại sau"),
    ],
)
def test_who_sent_it_is_told_of_a_refusal_and_what_to_do(
    client: Client, province: Province, clerk: User, settings: Any, code: str, todo: str
) -> None:
    refused = {"success": False, "message": "Loi", "data": {"errorCode": code}}
    other = make_user(province.committee, "clerk")
    with serving(settings, lambda: (400, refused)):
        dispatch = dispatched(province.committee, province.departments[0], by=other)
        actions.queue_dispatch(dispatch=dispatch, by=clerk, at=AT, version=dispatch.version)
        _run()
        client.force_login(clerk)
        page = client.get(dispatch.get_absolute_url()).content.decode()
        listed = client.get(reverse("exchange:dispatches")).content.decode()

    notice = Notice.objects.get(kind="exchange.refused")
    assert (notice.user, notice.url) == (clerk, dispatch.get_absolute_url())
    assert todo in notice.text
    assert todo in page
    assert "Gửi lại qua trục" in page
    assert "1 văn bản bị trục từ chối" in listed


def test_a_service_that_is_silent_is_told_on_the_pages_and_to_the_administrator(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    stranger = make_user(province.departments[0], "clerk")
    with serving(settings, lambda: (500, b"")):
        dispatch = _queued(province, clerk)
        receive(packed(), province.committee, clerk)
        [before] = exchanged(AT)
        _run()
        client.force_login(clerk)
        own = client.get(dispatch.get_absolute_url()).content.decode()
        lists = [
            client.get(reverse(f"exchange:{name}")).content.decode()
            for name in ("dispatches", "arrivals")
        ]
        client.force_login(stranger)
        foreign = client.get(reverse("exchange:dispatches")).content.decode()
        [after] = exchanged(AT)

    assert "Trục chưa nhận văn bản" in own
    assert "Đã thử 1 lượt" in own
    for page in lists:
        assert "1 văn bản trục chưa nhận" in page
        assert "1 gói tin đến chưa báo được trạng thái" in page
        assert "Trục trả lời HTTP 500." in page
    assert "trục chưa nhận" not in foreign
    assert (before.level, after.level) == (Level.GOOD, Level.BAD)
    assert "1 văn bản, 1 trạng thái phải gửi lại" in after.text
    assert "Trục trả lời HTTP 500." in after.text


def test_the_list_by_what_the_service_made_of_it(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    answers = [(200, {"success": True, "docId": "7f3a"}), (400, {"success": False, "data": {}})]
    with serving(settings, lambda: answers.pop(0)):
        sent, refused = _queued(province, clerk), _queued(province, clerk)
        _run()
        client.force_login(clerk)
        page = client.get(reverse("exchange:dispatches"), {"truc": "refused", "q": "UBND"})

    rows = [row["dispatch"] for row in page.context["rows"]]
    assert rows == [refused]
    assert sent not in rows


def test_a_file_that_cannot_be_read_holds_up_no_other_document(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    with serving(settings, lambda: (200, {"success": True, "docId": "7f3a"})):
        lost, other = _queued(province, clerk), _queued(province, clerk)
        for part in lost.parts.select_related("file"):
            part.file.content.delete(save=False)
        done = _run()
        client.force_login(clerk)
        page = client.get(lost.get_absolute_url()).content.decode()
        package = client.get(reverse("exchange:package", args=[lost.pk]), follow=True)

    assert (done.sent, done.failed, done.silent) == (1, 1, 0)
    lost.refresh_from_db()
    other.refresh_from_db()
    assert (lost.service, lost.tries, other.service) == ("queued", 1, "sent")
    assert "Không đọc được tệp" in page
    assert "Chưa lập được gói tin" in package.content.decode()


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
def test_what_is_no_answer_of_the_web_is_silence(
    province: Province, clerk: User, settings: Any, said: bytes
) -> None:
    def talk(there: socket.socket) -> None:
        while True:
            try:
                caller, _ = there.accept()
            except OSError:
                return
            with caller:
                caller.recv(65536)
                caller.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as there:
        threading.Thread(target=talk, args=(there,), daemon=True).start()
        settings.LGSP_URL = f"http://127.0.0.1:{there.getsockname()[1]}"
        settings.LGSP_SYSTEM_ID, settings.LGSP_SECRET = "H37.01", SECRET
        dispatch = _queued(province, clerk)

        assert _run().silent == 1

    dispatch.refresh_from_db()
    assert (dispatch.service, dispatch.tries) == ("queued", 1)


def test_what_failed_before_waits_behind_what_was_never_tried(
    province: Province, clerk: User, settings: Any
) -> None:
    """Three that the service cannot stomach, and after them one that it takes."""
    bad = [_queued_under(settings, province, clerk) for _ in range(3)]
    marks = [each.exchange_id.encode() for each in bad]
    with serving(settings, lambda: (500, b"")):
        _run()
    good = _queued_under(settings, province, clerk)

    def reply() -> tuple[int, Any]:
        body = service.asked[-1][2]
        return (500, b"") if any(mark in body for mark in marks) else (200, {"success": True})

    with serving(settings, reply) as service:
        assert _run().sent == 1

    good.refresh_from_db()
    assert good.service == "sent"


def _queued_under(settings: Any, province: Province, clerk: User) -> Dispatch:
    settings.LGSP_URL = "http://127.0.0.1:9"
    return _queued(province, clerk)


def test_decisions_that_are_owed_do_not_keep_states_from_being_told(
    province: Province, clerk: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_BATCH", 1)
    receive(recall_of(a_letter()), province.committee, clerk, AT.replace(hour=7))
    receive(packed(), province.committee, clerk)

    with serving(settings, lambda: (200, {"success": True})):
        assert _run().told == 1


def test_the_secret_is_in_no_log_and_on_no_page(
    client: Client,
    province: Province,
    clerk: User,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(settings, lambda: (500, SECRET.encode())):
        dispatch = _queued(province, clerk)
        done = _run()

    client.force_login(clerk)
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert SECRET not in caplog.text + page + " ".join(done.words)
