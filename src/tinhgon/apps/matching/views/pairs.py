from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.matching import actions, policies
from tinhgon.apps.matching.enums import Ruling
from tinhgon.apps.matching.forms import RulingForm
from tinhgon.apps.matching.models import PairVerdict
from tinhgon.apps.matching.queries import groups, pairs
from tinhgon.apps.matching.queries.asked import LEAST, VERDICT_WORDS, VERDICTS, Asked
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common import clock
from tinhgon.common.http import whole_number

STALE = "Người khác vừa thay đổi một thủ tục trong nhóm. Đã hiện nội dung mới nhất, mời xem lại."
_DONE = {
    Ruling.DIFFERENT: "Đã ghi kết luận khác nhau.",
    Ruling.SAME: "Đã đánh dấu trùng lặp.",
    Ruling.COPY: "Đã gắn vào bản dùng chung.",
}


@require_safe
def workbench(request: UserRequest) -> HttpResponse:
    policies.check_compare(request.user)
    asked = Asked.read(request.GET)
    page = groups.list_page(
        user=request.user,
        asked=asked,
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    choices = {
        "verdicts": [(key, VERDICT_WORDS[each]) for key, each in VERDICTS.items()],
        "leasts": LEAST[1:],
        "verdict_key": next((k for k, each in VERDICTS.items() if each is asked.verdict), ""),
    }
    return render(request, "matching/list.html", {**page, **choices})


@require_safe
def group(request: UserRequest, pk: int) -> HttpResponse:
    version = _version_or_404(request, pk)
    policies.check_compare(request.user)
    return _group(request, version)


@require_safe
def pair(request: UserRequest, pk: int, other: int) -> HttpResponse:
    one, another = _version_or_404(request, pk), _version_or_404(request, other)
    policies.check_compare(request.user)
    return _pair(request, one, another)


@require_POST
def rule(request: UserRequest, pk: int) -> HttpResponse:
    """Rule on the chosen procedures against the one of the address, which is kept."""
    version = _version_or_404(request, pk)
    if not policies.may_rule(request.user):
        raise PermissionDenied
    form = RulingForm(request.POST)
    members = _members_or_404(request)
    problem = "Chọn kết luận và ít nhất một thủ tục."
    if form.is_valid() and members:
        try:
            _rule(request, version.procedure, members, form)
        except actions.Refused as e:
            problem = str(e)
        except actions.StaleObject:
            problem = STALE
        else:
            messages.success(request, _DONE[Ruling(form.cleaned_data["ruling"])])
            rest = request.POST.get("back") == "group" and len(members) == 1
            return redirect("matching:group", pk) if rest else redirect("matching:list")
    version = _version_or_404(request, pk)
    if request.POST.get("back") != "group" and len(members) == 1:
        other = _version_or_404(request, members[0].procedure.pk)
        return _pair(request, version, other, problem, form)
    return _group(request, version, problem, form)


def _rule(
    request: UserRequest, kept: Procedure, members: list[pairs.Seen], form: RulingForm
) -> None:
    said: dict[str, Any] = {
        "reason": form.cleaned_data["reason"],
        "by": request.user,
        "at": clock.now(),
    }
    match Ruling(form.cleaned_data["ruling"]):
        case Ruling.DIFFERENT:
            others = [each.procedure for each in members]
            actions.rule_different(one=kept, others=others, **said)
        case Ruling.SAME:
            actions.rule_duplicates(keep=kept, others=members, **said)
        case Ruling.COPY:
            actions.rule_copies(canonical=kept, others=members, **said)


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    try:
        verdict = pairs.get_visible_verdict(user=request.user, pk=pk)
    except PairVerdict.DoesNotExist:
        raise Http404 from None
    try:
        actions.withdraw_verdict(verdict=verdict, by=request.user, at=clock.now())
    except actions.Refused as e:
        messages.error(request, str(e))
    except actions.StaleObject:
        messages.error(request, STALE)
    else:
        messages.success(request, "Đã bỏ kết luận; hai thủ tục được đối chiếu lại.")
    return redirect(reverse("matching:list") + "?phan=da-ket-luan")


def _version_or_404(request: UserRequest, pk: int) -> ProcedureVersion:
    try:
        return pairs.get_visible_version(user=request.user, pk=pk, today=clock.today())
    except Procedure.DoesNotExist:
        raise Http404 from None


def _members_or_404(request: UserRequest) -> list[pairs.Seen]:
    try:
        return pairs.members_named(
            user=request.user, tokens=request.POST.getlist("pk"), today=clock.today()
        )
    except Procedure.DoesNotExist:
        raise Http404 from None


def _group(
    request: UserRequest,
    version: ProcedureVersion,
    problem: str = "",
    form: RulingForm | None = None,
) -> HttpResponse:
    page = pairs.group_page(user=request.user, version=version, today=clock.today())
    chosen = {whole_number(t.split(":")[0]) for t in request.POST.getlist("pk")}
    context = {**page, "problem": problem, "form": form or RulingForm(), "chosen": chosen}
    return render(request, "matching/group.html", context, status=422 if problem else 200)


def _pair(
    request: UserRequest,
    one: ProcedureVersion,
    other: ProcedureVersion,
    problem: str = "",
    form: RulingForm | None = None,
) -> HttpResponse:
    page = pairs.pair_page(user=request.user, one=one, other=other, today=clock.today())
    if page is None or one.procedure_id == other.procedure_id:
        raise Http404
    context = {**page, "problem": problem, "form": form or RulingForm()}
    return render(request, "matching/pair.html", context, status=422 if problem else 200)
