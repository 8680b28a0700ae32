from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.common.people import person
from tinhgon.domain.vntext import format_date

from . import actions, policies, queries
from .forms import DayForm, RemoveForm
from .models import CalendarDay

STALE = "Người khác vừa sửa ngày này. Đã hiện nội dung mới nhất, mời xem lại rồi sửa tiếp."
_YEARS = range(2000, 2101)


def _day_or_404(pk: int) -> CalendarDay:
    try:
        return queries.get_day(pk=pk)
    except CalendarDay.DoesNotExist:
        raise Http404 from None


def _check(request: HttpRequest) -> None:
    if not policies.can_manage(person(request)):
        raise PermissionDenied


def _year_url(year: int) -> str:
    return f"{reverse('calendars:list')}?nam={year}"


@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    typed = whole_number(request.GET.get("nam", ""))
    year = typed if typed is not None and typed in _YEARS else today.year
    context = queries.year_page(user=person(request), year=year, today=today)
    return render(request, "calendars/list.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def day_add(request: HttpRequest) -> HttpResponse:
    _check(request)
    form = DayForm(request.POST or None, initial={"kind": "off", "day": request.GET.get("ngay")})
    if request.method == "POST" and form.is_valid():
        try:
            day = actions.add_day(values=form.values(), by=person(request), at=clock.now())
        except actions.DayExists as e:
            form.add_error("day", str(e))
        else:
            messages.success(request, f"Đã thêm ngày {format_date(day.day)} vào lịch.")
            return redirect(_year_url(day.day.year))
    return _form_page(request, {"form": form, "title": "Thêm ngày vào lịch"})


@require_http_methods(["GET", "HEAD", "POST"])
def day_change(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    day = _day_or_404(pk)
    form = DayForm(request.POST or None, initial=_initial(day))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_day(
                day=day,
                values=form.values(),
                by=person(request),
                at=clock.now(),
                version=form.cleaned_data["version"] or 0,
            )
        except actions.DayExists as e:
            form.add_error("day", str(e))
        except actions.StaleObject:
            form = DayForm(initial=_initial(_day_or_404(pk)))
            messages.error(request, STALE)
            return _form_page(request, _context(form, day), status=422)
        else:
            messages.success(request, f"Đã sửa ngày {format_date(day.day)}.")
            return redirect(_year_url(day.day.year))
    return _form_page(request, _context(form, day))


@require_POST
def day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request)
    day = _day_or_404(pk)
    form = RemoveForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.remove_day(day=day, by=person(request), at=clock.now(), version=seen)
    except actions.StaleObject:
        messages.error(request, STALE)
        return redirect("calendars:change", pk=pk)
    messages.success(request, f"Đã bỏ ngày {format_date(day.day)} khỏi lịch.")
    return redirect(_year_url(day.day.year))


def _initial(day: CalendarDay) -> dict[str, Any]:
    return {
        "day": day.day,
        "kind": "work" if day.is_working else "off",
        "reason": day.reason,
        "source": day.source,
        "version": day.version,
    }


def _context(form: DayForm, day: CalendarDay) -> dict[str, Any]:
    return {"form": form, "day": day, "title": f"Sửa ngày {format_date(day.day)}"}


def _form_page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if context["form"].errors:
        status = 422
    return render(request, "calendars/form.html", {"day": None, **context}, status=status)
