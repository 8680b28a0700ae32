from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.files.http import send_file
from tinhgon.apps.jobs.models import Job
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.officialdoc import Unreadable, scanned_pages

from . import actions, policies, queries
from .forms import (
    AddForm,
    HeadingForm,
    ProgrammeForm,
    ProposalForm,
    ReceiveForm,
    SplitForm,
    VersionForm,
)
from .models import Directive, Proposal

Result = TypeVar("Result", Directive, Proposal)

STALE = "Người khác vừa sửa phần này. Đã hiện nội dung mới nhất, mời xem lại rồi sửa tiếp."
NOT_A_DRAFT = "Văn bản này đã giao hoặc đã bỏ, không sửa được nữa."


def _directive_or_404(request: UserRequest, pk: int) -> Directive:
    try:
        return queries.get_visible_directive(user=request.user, pk=pk)
    except Directive.DoesNotExist:
        raise Http404 from None


def _proposal_or_404(request: UserRequest, pk: int) -> Proposal:
    try:
        return queries.get_visible_proposal(user=request.user, pk=pk)
    except Proposal.DoesNotExist:
        raise Http404 from None


@require_safe
def directive_list(request: UserRequest) -> HttpResponse:
    context = queries.directive_list(
        user=request.user,
        words=request.GET.get("q", "")[:200],
        status=request.GET.get("trang-thai", ""),
        programme=request.GET.get("chuong-trinh", ""),
        number=request.GET.get("page", "1"),
    )
    return render(request, "directives/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: UserRequest) -> HttpResponse:
    """Take in a letter: the form, or the letter itself."""
    if not queries.issuers_for(request.user):
        raise PermissionDenied
    form = ReceiveForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            received = _receive(request, form)
        except (Unreadable, Refused) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
        else:
            return redirect(received)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "directives/receive.html", {"form": form}, status=status)


def _receive(request: UserRequest, form: ReceiveForm) -> Directive | Job:
    """Take in what came; a scan is read in the background, by a job."""
    cleaned = form.cleaned_data
    common: dict[str, Any] = {
        "issuer": cleaned["issuer"],
        "programme": cleaned["programme"],
        "by": request.user,
        "at": clock.now(),
    }
    calendar = calendars.calendar()
    if not (upload := cleaned["file"]):
        return actions.receive_text(text=cleaned["text"], calendar=calendar, **common)
    data = upload.read()
    common |= {
        "data": data,
        "name": upload.name,
        "content_type": upload.content_type or "application/octet-stream",
    }
    if scanned_pages(data, upload.name):
        return actions.receive_scan(**common)
    return actions.receive_letter(calendar=calendar, **common)


@require_safe
def directive_detail(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive_or_404(request, pk)
    return _page(request, directive)


@require_safe
def directive_file(request: UserRequest, pk: int) -> FileResponse:
    directive = _directive_or_404(request, pk)
    if directive.document.file is None:
        raise Http404
    return send_file(directive.document.file)


@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive_or_404(request, pk)
    if not policies.can_edit(request.user, directive):
        raise PermissionDenied
    document = directive.document
    initial = {name: getattr(document, name) for name in HeadingForm.base_fields}
    form = HeadingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_document(
                directive=directive,
                values=form.values(),
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            )
        except StaleObject:
            form.add_error(None, STALE)
        except policies.NotADraft:
            form.add_error(None, NOT_A_DRAFT)
        else:
            messages.success(request, "Đã lưu phần đầu văn bản.")
            return redirect(directive)
    status = 422 if form.is_bound and not form.is_valid() else 200
    context = {"form": form, "directive": directive}
    return render(request, "directives/heading.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: UserRequest, pk: int) -> HttpResponse:
    """One proposal: the form that corrects it, or what was typed there."""
    found = _proposal_or_404(request, pk)
    if not policies.can_edit(request.user, found.directive):
        raise PermissionDenied
    if request.method != "POST":
        form = ProposalForm(initial=queries.proposal_initial(found), proposal=found)
        return _proposal_form(request, found, form)
    form = ProposalForm(request.POST, proposal=found)
    if form.is_valid():
        try:
            actions.change_proposal(
                proposal=found,
                values=form.values(calendars.calendar()),
                by=request.user,
                at=clock.now(),
                version=form.cleaned_data["version"],
            )
        except StaleObject:
            form.add_error(None, STALE)
        except policies.NotADraft:
            form.add_error(None, NOT_A_DRAFT)
        else:
            return _after(request, found)
    return _proposal_form(request, found, form, status=422)


def _proposal_form(
    request: UserRequest, found: Proposal, form: ProposalForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "proposal": found, "directive": found.directive}
    template = "directives/proposal_form.html" + ("#form" if request.htmx else "")
    return render(request, template, context, status=status)


@require_POST
def include(request: UserRequest, pk: int) -> HttpResponse:
    """Take a proposal in or leave it out (included=1 or 0)."""
    found = _proposal_or_404(request, pk)
    return _edit(
        request,
        found,
        VersionForm(request.POST),
        lambda version: actions.include_proposal(
            proposal=found,
            included=request.POST.get("included") == "1",
            by=request.user,
            at=clock.now(),
            version=version,
        ),
    )


@require_POST
def split(request: UserRequest, pk: int) -> HttpResponse:
    found = _proposal_or_404(request, pk)
    form = SplitForm(request.POST)
    return _edit(
        request,
        found,
        form,
        lambda version: actions.split_proposal(
            proposal=found,
            at_character=form.cleaned_data["at_character"],
            by=request.user,
            at=clock.now(),
            version=version,
        ),
    )


@require_POST
def merge(request: UserRequest, pk: int) -> HttpResponse:
    found = _proposal_or_404(request, pk)
    return _edit(
        request,
        found,
        VersionForm(request.POST),
        lambda version: actions.merge_proposal(
            proposal=found, by=request.user, at=clock.now(), version=version
        ),
    )


@require_POST
def add(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive_or_404(request, pk)
    policies.check_receive(request.user, directive.issuer)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nhập nội dung nhiệm vụ cần thêm (tối đa 4.000 ký tự).")
        return _page(request, directive, status=422)
    added = _attempt(
        request,
        lambda: actions.add_proposal(
            directive=directive, text=form.cleaned_data["text"], by=request.user, at=clock.now()
        ),
    )
    if added is None:
        return _page(request, directive, status=422)
    return redirect("directives:proposal", added.pk)


@require_POST
def programme(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive_or_404(request, pk)
    policies.check_receive(request.user, directive.issuer)
    form = ProgrammeForm(request.POST, user=request.user)
    saved = form.is_valid() and _attempt(
        request,
        lambda: actions.attach_programme(
            directive=directive,
            programme=form.cleaned_data["programme"],
            programme_round=form.cleaned_data["round"],
            by=request.user,
            at=clock.now(),
            version=form.cleaned_data["version"],
        ),
    )
    if not saved:
        return _page(request, directive, status=422)
    chosen = form.cleaned_data["programme"]
    messages.success(request, "Đã lưu chương trình." if chosen else "Đã bỏ chương trình.")
    return redirect(directive)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    directive = _directive_or_404(request, pk)
    policies.check_receive(request.user, directive.issuer)
    form = VersionForm(request.POST)
    discarded = form.is_valid() and _attempt(
        request,
        lambda: actions.discard_directive(
            directive=directive,
            by=request.user,
            at=clock.now(),
            version=form.cleaned_data["version"],
        ),
    )
    if not discarded:
        return _page(request, directive, status=422)
    messages.success(request, "Đã bỏ dự thảo. Văn bản vẫn còn trong danh sách “Đã bỏ”.")
    return redirect("directives:list")


def _attempt(request: UserRequest, act: Callable[[], Result]) -> Result | None:
    """Make a change; return what it gave, or None with the refusal told to the person."""
    try:
        return act()
    except StaleObject:
        messages.error(request, STALE)
    except policies.NotADraft:
        messages.error(request, NOT_A_DRAFT)
    except actions.NothingLeft as refusal:
        messages.error(request, str(refusal))
    return None


def _edit(
    request: UserRequest, found: Proposal, form: VersionForm, act: Callable[[int], Proposal]
) -> HttpResponse:
    """Make one change to a proposal and show where it led."""
    policies.check_receive(request.user, found.directive.issuer)
    if not form.is_valid():
        messages.error(request, "Yêu cầu không đúng. Hãy tải lại trang rồi làm lại.")
        return _page(request, found.directive, status=422)
    if _attempt(request, lambda: act(form.cleaned_data["version"])):
        return _after(request, found)
    if request.htmx:
        return _proposals(request, found, status=422)
    return _page(request, found.directive, status=422)


def _after(request: UserRequest, found: Proposal) -> HttpResponse:
    """Show the proposals anew: in place for htmx, else the page at that proposal."""
    if request.htmx:
        return _proposals(request, found)
    return redirect(f"{found.directive.get_absolute_url()}#p{found.pk}")


def _proposals(request: UserRequest, found: Proposal, *, status: int = 200) -> HttpResponse:
    """Answer with all proposals, whichever part of them asked: their numbers hang together."""
    response = _page(
        request, found.directive, fragment="#proposals", status=status, changed=found.pk
    )
    return reswap(retarget(response, "#proposals"), "outerHTML")


def _page(
    request: UserRequest,
    directive: Directive,
    *,
    fragment: str = "",
    status: int = 200,
    changed: int | None = None,
) -> HttpResponse:
    directive = queries.get_visible_directive(user=request.user, pk=directive.pk)
    context = {
        **queries.directive_page(user=request.user, directive=directive),
        "changed": changed,
        "oob": bool(fragment),
        "add_form": AddForm(),
        "programme_form": ProgrammeForm(
            user=request.user,
            initial={
                "version": directive.version,
                "programme": directive.programme_id,
                "round": directive.round_id,
            },
        ),
    }
    return render(request, f"directives/detail.html{fragment}", context, status=status)
