from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.common import clock

from . import actions, policies, queries
from .forms import ProgrammeForms
from .models import Programme

STALE = "Người khác vừa sửa chương trình này. Đã hiện nội dung mới nhất, mời xem lại rồi sửa tiếp."


def _programme_or_404(request: UserRequest, pk: int) -> Programme:
    try:
        return queries.get_visible_programme(user=request.user, pk=pk)
    except Programme.DoesNotExist:
        raise Http404 from None


@require_safe
def programme_list(request: UserRequest) -> HttpResponse:
    context = queries.list_page(user=request.user, today=clock.today())
    return render(request, "programmes/list.html", dict(context))


@require_safe
def programme_detail(request: UserRequest, pk: int) -> HttpResponse:
    programme = _programme_or_404(request, pk)
    context = queries.programme_page(user=request.user, programme=programme, today=clock.today())
    return render(request, "programmes/detail.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: UserRequest) -> HttpResponse:
    if not policies.can_add(request.user):
        raise PermissionDenied
    forms = ProgrammeForms(request.POST or None, user=request.user, today=clock.today())
    if request.method == "POST" and forms.is_valid():
        programme = actions.add_programme(values=forms.values(), by=request.user, at=clock.now())
        messages.success(request, f"Đã thêm chương trình “{programme.name}”.")
        return redirect(programme)
    return _page(request, forms, None)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_change(request: UserRequest, pk: int) -> HttpResponse:
    programme = _programme_or_404(request, pk)
    if not policies.can_change(request.user, programme):
        raise PermissionDenied
    today = clock.today()
    forms = ProgrammeForms(
        request.POST or None, user=request.user, today=today, programme=programme
    )
    if request.method == "POST" and forms.is_valid():
        try:
            actions.change_programme(
                programme=programme,
                values=forms.values(),
                by=request.user,
                at=clock.now(),
                version=forms.main.cleaned_data["version"] or 0,
            )
        except actions.RoundInUse as e:
            forms.main.add_error(None, str(e))
        except actions.StaleObject:
            messages.error(request, STALE)
            programme = _programme_or_404(request, pk)
            fresh = ProgrammeForms(None, user=request.user, today=today, programme=programme)
            return _page(request, fresh, programme, status=422)
        else:
            messages.success(request, "Đã lưu chương trình.")
            return redirect(programme)
    return _page(request, forms, programme)


def _page(
    request: UserRequest, forms: ProgrammeForms, programme: Programme | None, status: int = 0
) -> HttpResponse:
    if request.method == "POST" and not status:
        status = 422
    context = {
        "forms": forms,
        "programme": programme,
        "problems": forms.problems() if forms.main.is_bound else [],
        "title": "Sửa chương trình" if programme else "Thêm chương trình",
    }
    return render(request, "programmes/form.html", context, status=status or 200)
