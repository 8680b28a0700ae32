from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions, policies
from tinhgon.apps.assignments.forms import AttachForm, NumberForm, ReplaceForm, VersionForm
from tinhgon.apps.assignments.queries import duty as duties
from tinhgon.apps.assignments.queries import issuing
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.directives.policies import may_number
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

from .loading import STALE

NUMBERED_BY_ANOTHER = TooLate(
    stale="Người khác vừa ghi số, ngày của văn bản này. Xem số đang ghi ở đầu trang rồi hãy lưu.",
    illegal=STALE,
)
ISSUED_BEFORE = "Văn bản này đã được giao hoặc đã bỏ, không giao lại được."


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: UserRequest, pk: int) -> HttpResponse:
    """Say what will be given to whom, and give it once that is confirmed."""
    directive = _directive_or_404(request, pk)
    if not policies.may_issue(request.user, directive.issuer):
        raise PermissionDenied
    form = VersionForm(request.POST or None, initial={"version": directive.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.issue_directive(
                directive=directive,
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
                calendar=calendars.calendar(),
            )
        except actions.NotReady as e:
            for problem in e.problems:
                form.add_error(None, problem)
        except StaleObject:
            form.add_error(None, STALE)
        except IllegalMove:
            form.add_error(None, ISSUED_BEFORE)
        else:
            return redirect(f"{reverse('assignments:board')}?van-ban={directive.pk}&vua-giao=1")
    page = issuing.issue_page(directive=directive, on=clock.today(), calendar=calendars.calendar())
    status = 422 if form.is_bound else 200
    return render(request, "assignments/issue.html", {**page, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: UserRequest, pk: int) -> HttpResponse:
    """Say which number and day an issued letter bears."""
    directive = _directive_or_404(request, pk)
    if not may_number(request.user, directive):
        raise PermissionDenied
    document = directive.document
    initial = {name: getattr(document, name) for name in NumberForm.of_document}
    form = NumberForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = NUMBERED_BY_ANOTHER.attempt(
            form,
            lambda: actions.number_letter(
                directive=directive,
                values=form.values(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            ),
            on=document,
        )
        if done:
            messages.success(request, f"Đã ghi: {document.title}.")
            return redirect(directive)
    status = 422 if form.is_bound else 200
    fresh = _directive_or_404(request, pk) if form.is_bound else directive
    context = {"directive": fresh, "form": form}
    return render(request, "assignments/number.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: UserRequest, pk: int) -> HttpResponse:
    """Say which programme an issued letter carries out."""
    directive = _directive_or_404(request, pk)
    if not may_number(request.user, directive):
        raise PermissionDenied
    initial = {"version": directive.version, "programme": directive.programme_id}
    form = AttachForm(request.POST or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        programme = form.cleaned_data["programme"]
        try:
            actions.attach_issued(
                directive=directive,
                programme=programme,
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            )
        except StaleObject:
            form.add_error(None, STALE)
        else:
            messages.success(request, f"Văn bản và các nhiệm vụ thuộc chương trình {programme}.")
            return redirect(directive)
    status = 422 if form.is_bound else 200
    context = {"directive": directive, "form": form}
    return render(request, "assignments/attach.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: UserRequest, pk: int) -> HttpResponse:
    """Replace a letter as a whole by a later one."""
    directive = _directive_or_404(request, pk)
    if not policies.may_issue(request.user, directive.issuer):
        raise PermissionDenied
    form = ReplaceForm(
        request.POST or None,
        initial={"version": directive.version},
        letters=duties.later_letters(directive),
        must=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.replace_directive(
                directive=directive,
                letter=form.cleaned_data["letter"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            form.add_error(e.field if e.field in form.fields else None, str(e))
        except StaleObject:
            form.add_error(None, STALE)
        except IllegalMove:
            form.add_error(None, "Văn bản này không còn hiệu lực giao việc.")
        else:
            messages.success(request, "Đã thay thế văn bản và thu hồi các nhiệm vụ còn mở.")
            return redirect(f"{reverse('assignments:list')}?van-ban={directive.pk}")
    status = 422 if form.is_bound else 200
    context = {"directive": directive, "form": form}
    return render(request, "assignments/replace.html", context, status=status)


def _directive_or_404(request: UserRequest, pk: int) -> Directive:
    try:
        return issuing.get_visible_directive(user=request.user, pk=pk)
    except Directive.DoesNotExist:
        raise Http404 from None
