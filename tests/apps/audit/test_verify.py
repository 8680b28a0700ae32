from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.conftest import VIETNAM
from tests.factories import make_agency
from tinhgon.apps.audit import queries
from tinhgon.apps.audit.actions import Change, Entry, System, record, record_all
from tinhgon.apps.audit.models import AppendOnly, Chain, Event

AT = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
LENGTH = 6


@pytest.fixture
def trail(db: None) -> None:
    agency = make_agency("Sở Nội vụ")
    for number in range(LENGTH):
        record(
            "agencies.renamed",
            agency,
            by=System(),
            at=AT + timedelta(minutes=number),
            changes=[Change("Tên", f"Sở {number}", f"Sở {number + 1}")],
            reason=f"Lý do {number}",
        )


def tamper(row: int, /, **values: Any) -> None:
    """Change a row behind the application's back."""
    sets = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE audit_event SET {sets} WHERE number = %s",  # noqa: S608 — our own names
            [*values.values(), row],
        )


def remove(*numbers: int) -> None:
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("DELETE FROM audit_event WHERE number = %s", [number])


def faults() -> list[int]:
    return [problem.number for problem in queries.verify().problems]


@pytest.mark.usefixtures("trail")
def test_an_untouched_trail_is_whole() -> None:
    found = queries.verify()

    assert not found.problems
    assert (found.count, found.last_number) == (LENGTH, LENGTH)


@pytest.mark.django_db
def test_an_empty_trail_is_whole() -> None:
    assert not queries.verify(seal=queries.current_seal()).problems


FIELDS = {
    "at": AT + timedelta(seconds=1),
    "actor": "Người khác",
    "actor_ref": "accounts.user:99",
    "kind": "agencies.ended",
    "subject_ref": "agencies.agency:99",
    "subject_name": "Sở Tư pháp",
    "changes": json.dumps([{"field": "Tên", "from": "a", "to": "b"}]),
    "reason": "Không có",
    "request_id": "0" * 16,
    "folded": "khac",
    "digest": "f" * 64,
}


def test_the_fields_below_are_all_that_a_row_has() -> None:
    assert set(FIELDS) == {f.name for f in Event._meta.fields} - {"id", "number"}


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("number", [1, 3, LENGTH])
@pytest.mark.parametrize("field", FIELDS)
def test_a_change_to_any_field_of_any_row_is_found_where_it_is(field: str, number: int) -> None:
    tamper(number, **{field: FIELDS[field]})

    assert faults()[0] == number


@pytest.mark.usefixtures("trail")
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    number=st.integers(1, LENGTH),
    field=st.sampled_from(["actor", "reason", "subject_name", "kind"]),
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80),
)
def test_whatever_is_written_into_a_row_is_found(number: int, field: str, text: str) -> None:
    old = str(Event.objects.values_list(field, flat=True).get(number=number))
    tamper(number, **{field: text})

    assert bool(faults()) == (text != old)
    tamper(number, **{field: old})


@pytest.mark.usefixtures("trail")
@pytest.mark.parametrize("missing", [(1,), (3,), (LENGTH,), (2, 3, 4), (5, 6), (1, 2, 3, 4, 5, 6)])
def test_missing_rows_are_found_where_they_were(missing: tuple[int, ...]) -> None:
    remove(*missing)

    assert faults() == [missing[0]]


@pytest.mark.usefixtures("trail")
def test_two_rows_that_changed_places_are_found() -> None:
    tamper(2, number=99)
    tamper(3, number=2)
    tamper(99, number=3)

    assert set(faults()) >= {2, 3}


@pytest.mark.usefixtures("trail")
def test_a_row_added_by_hand_is_found() -> None:
    Event.objects.create(
        number=LENGTH + 1,
        at=AT,
        actor="x",
        kind="x",
        subject_ref="x:1",
        subject_name="x",
        digest="0",
    )

    assert LENGTH + 1 in faults()


@pytest.mark.usefixtures("trail")
def test_a_trail_written_anew_is_found_by_an_earlier_seal() -> None:
    seal = queries.current_seal()
    events = list(Event.objects.order_by("number"))
    previous = ""
    for event in events:
        event.reason = "Viết lại"
        previous = event.digest_after(previous)
        tamper(event.number, reason=event.reason, digest=previous)
    Chain.objects.update(digest=previous)

    assert not queries.verify().problems
    assert [p.number for p in queries.verify(seal=seal).problems] == [LENGTH]


@pytest.mark.usefixtures("trail")
def test_a_trail_cut_together_with_its_end_is_found_by_an_earlier_seal() -> None:
    seal = queries.current_seal()
    remove(LENGTH)
    last = Event.objects.get(number=LENGTH - 1)
    Chain.objects.update(number=last.number, digest=last.digest)

    assert not queries.verify().problems
    assert queries.verify(seal=seal).problems


@pytest.mark.usefixtures("trail")
def test_the_trail_is_walked_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_BATCH", 2)

    assert queries.verify().count == LENGTH


@pytest.mark.usefixtures("trail")
def test_the_application_itself_changes_and_removes_nothing() -> None:
    event = Event.objects.get(number=1)
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(reason=""),
    ):
        with pytest.raises(AppendOnly):
            attempt()


@pytest.mark.usefixtures("trail")
def test_the_commands_seal_and_verify(tmp_path: Path) -> None:
    out, seal = StringIO(), tmp_path / "niem.json"
    call_command("audit", "seal", "--out", str(seal), stdout=out)
    call_command("audit", "verify", "--seal", str(seal), stdout=out)

    assert json.loads(seal.read_text())["count"] == LENGTH
    assert f"Nhật ký nguyên vẹn: {LENGTH} dòng" in out.getvalue()


@pytest.mark.usefixtures("trail")
def test_the_command_says_what_and_where_and_fails() -> None:
    tamper(3, reason="khác")
    remove(5)
    out = StringIO()

    with pytest.raises(CommandError, match="2 lỗi"):
        call_command("audit", "verify", stdout=out)

    assert "Dòng 3: nội dung đã bị sửa" in out.getvalue()
    assert "Dòng 5: bị mất" in out.getvalue()


@pytest.mark.django_db
def test_a_seal_that_cannot_be_read_is_no_proof(tmp_path: Path) -> None:
    path = tmp_path / "niem.json"
    path.write_text("{}")

    with pytest.raises(CommandError, match="Không đọc được niêm"):
        call_command("audit", "verify", "--seal", str(path))


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_chain() -> None:
    agency = make_agency("Sở Nội vụ")
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(10):
                record_all([Entry("agencies.renamed", agency)] * 3, by=System(), at=AT)
        except BaseException as e:  # noqa: BLE001 — handed to the test, which fails on it
            errors.append(e)
        finally:
            connection.close()

    record("agencies.added", agency, by=System(), at=AT)
    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert not queries.verify().problems
    assert Event.objects.count() == 61
