"""One paper on its way out: what it leaves with, and the form that records it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.exchange import actions, documents, packages, policies
from tinhgon.apps.exchange.forms import RecordForm
from tinhgon.apps.exchange.queries import dispatches, organs
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.domain.exchange import DIALECTS

TOO_LATE = TooLate(
    stale="Văn bản vừa được người khác sửa. Tải lại trang để xem.",
    illegal="Văn bản này không gửi được nữa.",
)
FORMS = {form.code: form.name for form in DIALECTS}


def _paper_or_404(request: UserRequest, kind: str, pk: int) -> documents.Paper:
    try:
        return documents.find_paper(user=request.user, kind=kind, pk=pk, today=clock.today())
    except documents.NoPaper:
        raise Http404 from None


@require_safe
def paper(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    found = _paper_or_404(request, kind, pk)
    if dispatch := dispatches.dispatch_of(found.key):
        return redirect(dispatch)
    initial = {}
    if found.make is not None and not (found.is_numbered or found.registers):
        doc = found.make()
        initial["symbol"] = doc.symbol or ""
        if doc.signature:
            initial["signer_authority"] = "; ".join(doc.signature.authority)
            initial["signer_title"] = doc.signature.title
    form = RecordForm(paper=found, today=clock.today(), initial=initial)
    return _page(request, found, kind, pk, form)


@require_safe
def draft_package(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    """Send what is drafted as a package for the e-office to number and sign."""
    found = _paper_or_404(request, kind, pk)
    if found.make is None:
        raise Http404
    codes = organs.codes_on(clock.today(), [found.owner, *found.receivers])
    data = packages.draft_package(found, codes=codes, form=dialect_asked(request))
    return edxml(data, f"du-thao-{kind}-{pk}")


@require_POST
def record(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    """Write the number, day and addressees with which a paper goes out."""
    found = _paper_or_404(request, kind, pk)
    if not policies.may_register(request.user, found.owner):
        raise PermissionDenied
    form = RecordForm(request.POST, request.FILES, paper=found, today=clock.today())
    if form.is_valid():
        done = TOO_LATE.attempt(
            form,
            lambda: actions.record_dispatch(
                paper=found,
                registered=form.registered(),
                office=form.office(),
                addressees=form.addressees,
                upload=form.upload(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if done and (dispatch := dispatches.dispatch_of(found.key)):
            messages.success(request, "Đã ghi văn bản gửi đi.")
            return redirect(dispatch)
    return _page(request, found, kind, pk, form, status=422)


def _page(
    request: UserRequest,
    found: documents.Paper,
    kind: str,
    pk: int,
    form: RecordForm,
    status: int = 200,
) -> HttpResponse:
    codes = organs.codes_on(clock.today(), [found.owner, *found.receivers])
    context = {
        "paper": found,
        "kind": kind,
        "pk": pk,
        "form": form,
        "registered": [form[name] for name in actions.REGISTERED if name in form.fields],
        "file": found.document.file if found.document else None,
        "can_register": policies.may_register(request.user, found.owner),
        "owner_code": codes.get(found.owner.pk, ""),
        "with_code": codes.keys(),
        "without_code": [agency for agency in found.receivers if agency.pk not in codes],
        "dialects": FORMS.items(),
    }
    return render(request, "exchange/paper.html", context, status=status)


def dialect_asked(request: UserRequest) -> str:
    asked = request.GET.get("dang", "")
    return asked if asked in FORMS else next(iter(FORMS))


def edxml(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{name}.edxml"'
    response["Cache-Control"] = "private, no-store"
    return response
