from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.simplification import (
    CarryingOut,
    Change,
    LegalChangeStatus,
    Verdict,
    carrying_out,
)

L, V = LegalChangeStatus, Verdict
DUE = date(2024, 6, 30)
IN_FORCE = Change(L.IN_FORCE, DUE, date(2024, 6, 20))
ISSUED = Change(L.ISSUED, DUE, date(2024, 7, 10))
DRAFTED = Change(L.DRAFTED, date(2024, 6, 15))
DROPPED = Change(L.DROPPED, date(2024, 1, 1))


def found(
    changes: list[Change],
    on: date,
    amended: date | None = None,
    abolished: date | None = None,
    verdict: Verdict = V.APPROVED,
) -> CarryingOut:
    return carrying_out(verdict, changes, on=on, amended_on=amended, abolished_on=abolished)


def test_approved_is_not_carried_out() -> None:
    assert not found([IN_FORCE], date(2024, 6, 25)).is_done
    assert found([IN_FORCE], date(2024, 6, 25)).awaits_procedure


def test_the_amended_version_alone_is_not_enough() -> None:
    state = found([IN_FORCE, DRAFTED], date(2024, 6, 25), amended=date(2024, 6, 21))

    assert (state.is_done, state.texts_open, state.awaits_procedure) == (False, 1, False)


def test_it_is_done_on_the_day_on_which_the_last_of_it_holds() -> None:
    state = found([IN_FORCE, ISSUED], date(2024, 7, 15), amended=date(2024, 6, 21))

    assert state == CarryingOut(is_due=True, done_on=date(2024, 7, 10), due_on=DUE, days_late=10)


def test_a_text_in_force_tomorrow_is_not_in_force_today() -> None:
    assert not found([ISSUED], date(2024, 7, 9), amended=date(2024, 6, 21)).is_done
    assert found([ISSUED], date(2024, 7, 10), amended=date(2024, 6, 21)).is_done


def test_an_abolished_procedure_needs_no_amended_version() -> None:
    assert found([IN_FORCE], date(2024, 6, 30), abolished=date(2024, 6, 30)).is_done
    assert not found([IN_FORCE], date(2024, 6, 29), abolished=date(2024, 6, 30)).is_done


def test_what_was_dropped_is_in_nobodys_way() -> None:
    state = found([IN_FORCE, DROPPED], date(2024, 6, 25), amended=date(2024, 6, 21))

    assert (state.is_done, state.due_on, state.days_late) == (True, DUE, 0)


@pytest.mark.parametrize(
    ("on", "late"), [(date(2024, 6, 30), 0), (date(2024, 7, 1), 1), (date(2024, 7, 30), 30)]
)
def test_days_late_count_from_the_last_date_set(on: date, late: int) -> None:
    assert found([IN_FORCE, DRAFTED], on).days_late == late


@pytest.mark.parametrize("verdict", [V.WAITING, V.REFUSED, V.RECOMMENDED_UP])
def test_nothing_is_due_where_nothing_was_granted(verdict: Verdict) -> None:
    state = found([IN_FORCE], date(2030, 1, 1), amended=date(2024, 6, 21), verdict=verdict)

    assert state == CarryingOut(is_due=False)


def test_without_a_text_to_change_the_registry_alone_decides() -> None:
    assert found([], date(2024, 6, 25), amended=date(2024, 6, 21), verdict=V.PARTLY).is_done
