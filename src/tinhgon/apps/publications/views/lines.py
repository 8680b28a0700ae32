from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.forms import LineActionForm, VersionForm
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.apps.publications.queries import choosing, one_line
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import attempt, decision_for, told_too_late


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: UserRequest, pk: int) -> HttpResponse:
    """Choose among checked procedures, those shown or all that the filter matches."""
    decision = decision_for(request, pk, DecisionMove.EDIT)
    if back := told_too_late(request, decision, DecisionMove.EDIT):
        return back
    asked = choosing.Asked.read(request.GET.dict())
    if request.method == "POST":
        if request.POST.get("all_matching") == "1":
            found = choosing.checked_versions(request.user, asked)
            versions = list(found[: choosing.MOST_AT_ONCE])
        else:
            versions = choosing.chosen_versions(request.user, _keys(request, "pk"))
        return _changed(
            request,
            decision,
            lambda form: actions.add_versions(
                decision=decision,
                versions=versions,
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            ),
            f"Đã đưa {len(versions):02} thủ tục vào quyết định.",
            nothing=not versions,
        )
    context = choosing.choice_page(user=request.user, decision=decision, asked=asked)
    return render(request, "publications/choose.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def abolish(request: UserRequest, pk: int) -> HttpResponse:
    """Choose what to abolish: found by words, or named by its place in an earlier annex."""
    decision = decision_for(request, pk, DecisionMove.EDIT)
    if back := told_too_late(request, decision, DecisionMove.EDIT):
        return back
    if request.method == "POST":
        named = choosing.chosen_lines(decision, _keys(request, "line"))
        procedures = choosing.chosen_procedures(request.user, _keys(request, "pk"))
        wanted = [*procedures, *(line.procedure for line in named)]
        return _changed(
            request,
            decision,
            lambda form: actions.add_abolitions(
                decision=decision,
                procedures=wanted,
                named_by={line.procedure_id: line for line in named},
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            ),
            f"Đã đưa {len(wanted):02} thủ tục bãi bỏ vào quyết định.",
            nothing=not wanted,
        )
    context = choosing.abolition_page(
        user=request.user,
        decision=decision,
        asked=choosing.Asked.read(request.GET.dict()),
        text=request.GET.get("vi-tri", "").strip()[:5_000],
        on=decision.effective_on or clock.today(),
    )
    return render(request, "publications/abolish.html", dict(context))


@require_POST
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Take the chosen lines out, or move one up or down."""
    decision = decision_for(request, pk, DecisionMove.EDIT)
    up, down = (
        whole_number(request.POST.get("len", "")),
        whole_number(request.POST.get("xuong", "")),
    )
    at, user = clock.now(), request.user
    if up is not None or down is not None:
        order = one_line.moved(decision, up or down or 0, by=-1 if up is not None else 1)
        return _changed(
            request,
            decision,
            lambda form: actions.reorder_lines(
                decision=decision, order=order, by=user, at=at, seen=form.cleaned_data["version"]
            ),
            "Đã đổi thứ tự.",
        )
    chosen = list(decision.lines.filter(pk__in=_keys(request, "pk")))
    return _changed(
        request,
        decision,
        lambda form: actions.remove_lines(
            decision=decision, lines=chosen, by=user, at=at, seen=form.cleaned_data["version"]
        ),
        f"Đã đưa {len(chosen):02} thủ tục ra khỏi quyết định.",
        nothing=not chosen,
        back=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def line(request: UserRequest, pk: int, line: int) -> HttpResponse:
    """Say what a line does to its procedure, and whose place it takes."""
    decision = decision_for(request, pk, DecisionMove.EDIT)
    if back := told_too_late(request, decision, DecisionMove.EDIT):
        return back
    try:
        shown = one_line.get_line(decision, line)
    except DecisionLine.DoesNotExist:
        raise Http404 from None
    asked = choosing.Asked.read(request.GET.dict())
    form = LineActionForm(
        request.POST or None, initial={"version": decision.version, "action": shown.action}
    )
    if form.is_valid() and attempt(form, lambda: _write_line(request, shown, form)):
        messages.success(request, "Đã ghi.")
        return redirect(decision)
    context = one_line.line_page(
        user=request.user, line=shown, asked=asked, on=decision.effective_on or clock.today()
    )
    status = 422 if form.is_bound else 200
    return render(request, "publications/line.html", {**context, "form": form}, status=status)


def _write_line(request: UserRequest, line: DecisionLine, form: LineActionForm) -> None:
    ended = choosing.chosen_procedures(request.user, _keys(request, "pk"))
    actions.change_line(
        line=line,
        action=form.chosen(),
        replaced=ended,
        by=request.user,
        at=clock.now(),
        seen=form.cleaned_data["version"],
    )


def _changed(
    request: UserRequest,
    decision: Decision,
    act: Callable[[VersionForm], object],
    done: str,
    *,
    nothing: bool = False,
    back: bool = True,
) -> HttpResponse:
    form = VersionForm(request.POST)
    if nothing:
        messages.warning(request, "Chưa chọn thủ tục nào.")
        return redirect(request.get_full_path() if back else decision)
    if form.is_valid() and attempt(form, lambda: act(form)):
        messages.success(request, done)
    else:
        messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
    return redirect(f"{reverse('publications:detail', args=[decision.pk])}#danh-muc")


def _keys(request: UserRequest, name: str) -> list[int]:
    texts = request.POST.getlist(name)
    return [key for text in texts if (key := whole_number(text)) is not None]
