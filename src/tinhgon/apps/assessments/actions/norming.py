from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, localcontext

from django.db import connection, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.text import slugify

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies, queries
from tinhgon.apps.assessments.models import CostSheet, HourlyNorm, NormChange
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import (
    BadFigure,
    HourlyValue,
    Term,
    check_figure,
    figure,
    hourly_of_gdp,
    money,
    total,
)
from tinhgon.domain.vntext import format_date, format_number

from ._saving import RECKONING, norm_json, parts, results

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class NewNorm:
    """An hourly value to add: of GDP per head in đồng a year, or `value` in đồng an hour."""

    name: str
    since: date
    source: str
    per_head: Decimal | None = None
    value: Decimal | None = None


@transaction.atomic
def add_norm(*, norm: NewNorm, by: User, at: datetime) -> HourlyNorm:
    """
    Add an hourly value; rounds, also those on the standard one of their day, keep theirs until
    somebody applies it.

    A value that was not computed from GDP is marked as beside the method.

    :raises PermissionDenied: if `by` runs no rounds.
    :raises Refused: if it has no source, both or none of the figures, or one that cannot be.
    """
    policies.check_add_norms(by)
    if not norm.source.strip():
        raise Refused("Ghi văn bản hoặc nơi công bố số liệu.", "source")
    if (norm.per_head is None) is (norm.value is None):
        raise Refused("Nhập một trong hai: GDP bình quân đầu người, hoặc mức theo giờ.", "value")
    value, formula = _value(norm)
    _hold_norms()
    code = f"{slugify(norm.name)[:40] or 'dinh-muc'}-{norm.since:%Y%m%d}-{at:%H%M%S%f}"
    made = HourlyNorm.objects.create(
        code=code[:60],
        name=norm.name.strip()[:200],
        value=value,
        since=norm.since,
        source=norm.source.strip()[:500],
        formula=formula,
        is_standard=norm.per_head is not None,
        added_at=at,
        added_by=by,
    )
    change = audit.Change("Mức thu nhập (đồng/giờ)", "", figure(value))
    audit.record("assessments.norm_added", made, by=by, at=at, changes=[change], reason=made.source)
    return made


def _hold_norms() -> None:
    """Write down which norm each round follows: a new one must not slip in under it."""
    for review_round in ReviewRound.objects.filter(hourly_norm=""):
        held = queries.norm_of(review_round).id
        review_round.change(seen_version=review_round.version, hourly_norm=held)


def _value(norm: NewNorm) -> tuple[Decimal, str]:
    try:
        if norm.per_head is not None:
            value = hourly_of_gdp(norm.per_head)
            words = f"GDP bình quân đầu người {format_number(norm.per_head)} đồng/năm"
            formula = f"{words} : 12 tháng : 22 ngày : 8 giờ"
        else:
            value, formula = norm.value or _NOTHING, ""
        check_figure(Term.HOURLY, value)
    except BadFigure as e:
        raise Refused(str(e), "value") from e
    if value <= 0:
        raise Refused("Mức thu nhập phải lớn hơn 0.", "value")
    return value, formula


@transaction.atomic
def apply_norm(
    *, review_round: ReviewRound, code: str, reason: str, by: User, at: datetime, seen: int
) -> NormChange:
    """
    Give a round another hourly value, and compute both sides of all its sheets anew.

    What that does to the saving is kept as re-estimate: no sheet was cut.

    :raises PermissionDenied: if `by` does not run the round.
    :raises Refused: if the round is over, has that norm already, there is none, or no reason; or
        if a sheet, which is named, cannot be computed.
    :raises StaleObject: if the round changed since `seen` was seen.
    """
    policies.check_set_norms(by, review_round)
    norm, old = queries.find_norm(code), queries.norm_of(review_round)
    if review_round.closed_on is not None:
        raise Refused("Đợt rà soát đã kết thúc, định mức không đổi được nữa.")
    if norm is None:
        raise Refused("Chọn một định mức trong danh sách.", "code")
    if norm.id == old.id:
        raise Refused("Đợt đang dùng định mức này.", "code")
    if not reason.strip():
        raise Refused("Ghi lý do hoặc văn bản yêu cầu đổi định mức.", "reason")
    review_round.change(seen_version=seen, hourly_norm=norm.id)
    sheets = CostSheet.objects.filter(review__round=review_round)
    # The first write waits for whoever is writing a sheet, and makes later ones wait for us.
    _keep_baselines(sheets)
    _check_reckoned(sheets)
    sheets.update(version=F("version") + 1, norm=norm_json(norm), changed_at=at, changed_by=by)
    rows = list(sheets.only("pk", "sums", "base_at", *_RESULTS).order_by("pk"))
    was = total(row.comparison for row in rows)
    for row in rows:
        _renew(row, norm)
    _write_results(rows)
    became = total(row.comparison for row in rows)
    made = NormChange.objects.create(
        review_round=review_round,
        old_norm=old.id,
        new_norm=norm.id,
        sheets=len(rows),
        now_was=was.now,
        now_became=became.now,
        saved_was=was.saved,
        saved_became=became.saved,
        reason=reason.strip()[:500],
        applied_at=at,
        applied_by=by,
    )
    changes = list(_words(made, old, norm))
    audit.record(
        "assessments.norm_applied", review_round, by=by, at=at, changes=changes, reason=made.reason
    )
    return made


def _check_reckoned(sheets: QuerySet[CostSheet]) -> None:
    """Refuse a round of which one sheet has no sums by our reckoning: see `reckoning.reckon`."""
    behind = sheets.filter(reckoned__lt=RECKONING).select_related("review__procedure_version")
    if found := behind.order_by("pk").first():
        raise Refused(
            f"Bảng tính chi phí của “{found.review.procedure_version}” có số liệu vượt mức có thể "
            "có, không tính lại được. Sửa số giờ, số lần, số đối tượng ở bảng đó rồi áp dụng lại."
        )


def _keep_baselines(sheets: QuerySet[CostSheet]) -> None:
    """Keep what heads confirmed and nobody changed since, as `_saving` does it for one sheet."""
    confirmed_at = Review.objects.filter(pk=OuterRef("review")).values("last_confirmed_at")
    sheets.filter(base_at=None, review__last_confirmed_at__gte=F("changed_at")).update(
        base_now=F("now"),
        base_after=F("after"),
        base_norm=F("norm"),
        base_at=Subquery(confirmed_at),
    )


def _renew(row: CostSheet, norm: HourlyValue) -> None:
    """Compute the result with the norm: the sums that are kept need no rows to be read."""
    was = row.saved - row.re_estimate - row.real_cut
    # Where nothing was changed since the head confirmed it, its cuts are those of now.
    kept = [row.sums["now"], row.sums["after"], row.sums.get("same", row.sums["after"])]
    with localcontext(prec=120):
        now, after, same = (Decimal(each[0]) * norm.value + Decimal(each[1]) for each in kept)
        found = results(now, after)
        if row.base_at is not None:
            found |= parts(found, same, was)
    for name, value in found.items():
        setattr(row, name, value)


_RESULTS = ("cost_now", "cost_after", "saved", "re_estimate", "real_cut")


def _write_results(rows: Sequence[CostSheet]) -> None:
    """Write the results of all rows; one statement a row is several times faster than CASE."""
    stored = connection.ops.adapt_decimalfield_value

    def said(value: Decimal) -> str | Decimal | None:
        found: str | Decimal | None = stored(value, max_digits=24, decimal_places=4)
        return found

    places = ", ".join(f"{name} = %s" for name in _RESULTS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE assessments_costsheet SET {places} WHERE id = %s",  # noqa: S608 -- names of ours
            [(*(said(getattr(row, name)) for name in _RESULTS), row.pk) for row in rows],
        )


def _words(made: NormChange, old: HourlyValue, norm: HourlyValue) -> Iterator[audit.Change]:
    yield audit.Change("Mức thu nhập bình quân", _norm_words(old), _norm_words(norm))
    yield audit.Change("Số bảng tính lại", "", str(made.sheets))
    yield audit.Change("Chi phí hiện tại (đồng/năm)", money(made.now_was), money(made.now_became))
    yield audit.Change(
        "Chi phí tiết kiệm (đồng/năm), do ước tính lại",
        money(made.saved_was),
        money(made.saved_became),
    )


def _norm_words(norm: HourlyValue) -> str:
    return f"{norm.name}: {figure(norm.value)} đồng/giờ, từ ngày {format_date(norm.since)}"
