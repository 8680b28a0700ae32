"""The six ways an agency changes: each a form on a page of its own, and one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.agencies import actions, forms, policies
from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.common.people import person

from ._pages import agency_or_404

STALE = "Người khác vừa thay đổi cơ quan này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."


@dataclass(frozen=True, slots=True)
class _Change:
    """A page's title, form and action; `act` returns what to say and whom to show then."""

    title: str
    button: str
    form: type[Any]
    act: Callable[[Any, dict[str, Any]], tuple[str, Agency]]
    note: str = ""


def _page(request: HttpRequest, pk: int, change: _Change) -> HttpResponse:
    agency = agency_or_404(request, pk)
    user = person(request)
    policies.check_manage(user, agency)
    today = clock.today()
    form = change.form(request.POST or None, agency=agency, user=user, today=today)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done, where = change.act(form, {"by": user, "at": clock.now()})
            except actions.AgencyRefused as e:
                form.add_error(None, str(e))
            except actions.StaleObject:
                messages.error(request, STALE)
                agency = agency_or_404(request, pk)
                form = change.form(agency=agency, user=user, today=today)
            else:
                messages.success(request, done)
                return redirect(where)
    context = {"agency": agency, "form": form, "change": change}
    return render(request, "agencies/change.html", context, status=status)


def _add(form: forms.AddForm, who: dict[str, Any]) -> tuple[str, Agency]:
    typed = form.cleaned_data
    agency = actions.add_agency(
        parent=form.agency, new=form.new(), on=typed["on"], basis=typed["basis"], **who
    )
    return f"Đã thêm {agency.name}.", agency


def _rename(form: forms.RenameForm, who: dict[str, Any]) -> tuple[str, Agency]:
    agency = actions.rename_agency(agency=form.agency, **form.cleaned_data, **who)
    return "Đã ghi tên mới.", agency


def _move(form: forms.MoveForm, who: dict[str, Any]) -> tuple[str, Agency]:
    agency = actions.move_agency(agency=form.agency, **form.cleaned_data, **who)
    return "Đã chuyển cơ quan.", agency


def _merge(form: forms.MergeForm, who: dict[str, Any]) -> tuple[str, Agency]:
    typed = form.cleaned_data
    rows = actions.merge_agencies(
        agencies=form.agencies(), into=form.heir(), on=typed["on"], basis=typed["basis"], **who
    )
    heir = rows[0].successor
    return f"Đã sáp nhập {len(rows)} cơ quan vào {heir.name}.", heir


def _split(form: forms.SplitForm, who: dict[str, Any]) -> tuple[str, Agency]:
    typed = form.cleaned_data
    rows = actions.split_agency(
        agency=form.agency,
        into=form.heirs(),
        ends=typed["ends"] == "yes",
        on=typed["on"],
        basis=typed["basis"],
        version=typed["version"],
        **who,
    )
    return f"Đã ghi việc chia tách cho {len(rows)} cơ quan.", form.agency


def _end(form: forms.EndForm, who: dict[str, Any]) -> tuple[str, Agency]:
    typed = form.cleaned_data
    actions.end_agency(
        agency=form.agency,
        heirs=list(typed["heirs"]),
        on=typed["on"],
        reason=typed["basis"],
        version=typed["version"],
        **who,
    )
    return f"Đã ghi việc kết thúc hoạt động của {form.agency.name}.", form.agency


_PAST = "Chỉ ghi khi thay đổi đã có hiệu lực. Văn bản trước ngày đó vẫn hiện tên cũ."
_ASSIGNMENTS = "Nhiệm vụ còn dở của cơ quan kết thúc chuyển cho cơ quan kế thừa."

ADD = _Change("Thêm cơ quan, đơn vị trực thuộc", "Thêm cơ quan", forms.AddForm, _add)
RENAME = _Change("Đổi tên, ký hiệu", "Lưu tên mới", forms.RenameForm, _rename, _PAST)
MOVE = _Change("Chuyển sang cơ quan cấp trên khác", "Chuyển cơ quan", forms.MoveForm, _move, _PAST)
MERGE = _Change("Sáp nhập", "Sáp nhập", forms.MergeForm, _merge, _ASSIGNMENTS)
SPLIT = _Change("Chia tách", "Chia tách", forms.SplitForm, _split, _ASSIGNMENTS)
END = _Change("Kết thúc hoạt động", "Kết thúc hoạt động", forms.EndForm, _end, _ASSIGNMENTS)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, ADD)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, RENAME)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, MOVE)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, MERGE)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, SPLIT)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, END)
