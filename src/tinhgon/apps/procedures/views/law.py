from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.directives import queries as directives
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.forms.law import LawChangeForm, ReviewLetterForm
from tinhgon.apps.procedures.models import LegalDocument
from tinhgon.apps.procedures.queries import law as queries
from tinhgon.common import clock

STALE = "Người khác vừa sửa văn bản này. Đã hiện nội dung mới nhất, mời xem lại rồi sửa tiếp."


def _law_or_404(pk: int) -> LegalDocument:
    try:
        return queries.get_law(pk=pk)
    except LegalDocument.DoesNotExist:
        raise Http404 from None


@require_safe
def law_list(request: UserRequest) -> HttpResponse:
    today = clock.today()
    context = queries.law_list(
        words=request.GET.get("q", "")[:200],
        shown=request.GET.get("loc", ""),
        number=request.GET.get("page", "1"),
        today=today,
    )
    return render(request, "procedures/law_list.html", {**context, "today": today})


@require_safe
def law_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _law_or_404(pk))


@require_http_methods(["GET", "HEAD", "POST"])
def law_change(request: UserRequest, pk: int) -> HttpResponse:
    document = _law_or_404(pk)
    if not policies.can_note_law(request.user):
        raise PermissionDenied
    form = LawChangeForm(request.POST or None, initial=_initial(document))
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_law_change(
                document=document,
                change=form.change(),
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        except actions.StaleObject:
            messages.error(request, STALE)
            form = LawChangeForm(initial=_initial(_law_or_404(pk)))
            return _change_page(request, document, form, status=422)
        else:
            messages.success(request, "Đã ghi hiệu lực của văn bản.")
            return redirect(document)
    status = 422 if form.is_bound else 200
    return _change_page(request, document, form, status=status)


@require_POST
def law_assign(request: UserRequest, pk: int) -> HttpResponse:
    """Draft the letter that gives the review of the citing procedures as work."""
    document = _law_or_404(pk)
    if not policies.can_assign_from_law(request.user):
        raise PermissionDenied
    form = ReviewLetterForm(request.POST, issuers=directives.issuers_for(request.user))
    if form.is_valid():
        try:
            directive = actions.draft_review_letter(
                document=document,
                issuer=form.cleaned_data["issuer"],
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                at=clock.now(),
                calendar=calendars.calendar(),
            )
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, "Đã soạn văn bản giao rà soát. Xem lại rồi giao nhiệm vụ.")
            return redirect(directive)
    return _page(request, document, form, status=422)


def _page(
    request: UserRequest,
    document: LegalDocument,
    form: ReviewLetterForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    context = queries.law_page(user=request.user, document=document, today=today)
    if context["can_assign"] and form is None:
        form = ReviewLetterForm(issuers=directives.issuers_for(request.user))
    return render(
        request,
        "procedures/law_detail.html",
        {**context, "form": form, "today": today},
        status=status,
    )


def _change_page(
    request: UserRequest, document: LegalDocument, form: LawChangeForm, status: int
) -> HttpResponse:
    context = {"form": form, "document": document}
    return render(request, "procedures/law_change.html", context, status=status)


def _initial(document: LegalDocument) -> dict[str, object]:
    return {
        "ended_on": document.ended_on,
        "changed_on": document.changed_on,
        "note": document.change_note,
        "version": document.version,
    }
