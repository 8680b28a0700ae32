from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.matching import actions, policies
from tinhgon.apps.matching.enums import GapRuling
from tinhgon.apps.matching.forms import DecideForm
from tinhgon.apps.matching.models import GapVerdict
from tinhgon.apps.matching.queries import gaps as queries
from tinhgon.apps.matching.queries.references import items_named, references
from tinhgon.apps.procedures.enums import TIER_CHOICES
from tinhgon.common import clock
from tinhgon.common.http import whole_number


@require_safe
def gaps(request: UserRequest) -> HttpResponse:
    policies.check_compare(request.user)
    return _page(request, DecideForm())


@require_POST
def decide(request: UserRequest) -> HttpResponse:
    """Draft the chosen items, or dismiss them."""
    policies.check_compare(request.user)
    asked = queries.read_asked(request.POST.dict())
    reference = references().filter(pk=asked.reference or 0).first()
    key = whole_number(asked.agency)
    if reference is None or key is None:
        return _page(request, DecideForm(), "Chọn danh mục tham chiếu và cơ quan trước.")
    try:
        agency = queries.get_deciding_agency(user=request.user, pk=key, today=clock.today())
    except Agency.DoesNotExist:
        raise Http404 from None
    form = DecideForm(request.POST)
    keys = [n for text in request.POST.getlist("pk") if (n := whole_number(text)) is not None]
    items = items_named(reference=reference, keys=keys)
    problem = "Chọn cách xử lý."
    if form.is_valid():
        try:
            if form.cleaned_data["ruling"] == GapRuling.ACCEPTED:
                actions.accept_gaps(items=items, agency=agency, by=request.user, at=clock.now())
                words = f"Đã soạn {len(items)} thủ tục trong danh mục của {agency.label}."
            else:
                actions.dismiss_gaps(
                    items=items,
                    agency=agency,
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    at=clock.now(),
                )
                words = f"Đã loại {len(items)} thủ tục khỏi danh sách còn sót."
        except actions.Refused as e:
            problem = str(e)
        else:
            messages.success(request, words)
            return redirect(_address(reference.pk, agency.pk, asked))
    return _page(request, form, problem)


@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    try:
        verdict = queries.get_visible_gap_verdict(user=request.user, pk=pk)
    except GapVerdict.DoesNotExist:
        raise Http404 from None
    try:
        actions.reopen_gap(verdict=verdict, by=request.user, at=clock.now())
    except actions.Refused as e:
        messages.error(request, str(e))
    except actions.StaleObject:
        messages.error(request, "Người khác vừa xem lại thủ tục này.")
    else:
        messages.success(request, "Thủ tục được đối chiếu lại.")
    query = urlencode({"danh-muc": verdict.item.reference_id, "co-quan": verdict.agency_id})
    return redirect(f"{reverse('matching:gaps')}?{query}")


def _address(reference: int, agency: int, asked: queries.GapsAsked) -> str:
    query = {"danh-muc": reference, "co-quan": agency, "phan": asked.shown}
    if asked.tier:
        query["cap"] = asked.tier.value
    return f"{reverse('matching:gaps')}?{urlencode(query)}"


def _page(request: UserRequest, form: DecideForm, problem: str = "") -> HttpResponse:
    source = request.POST if request.method == "POST" else request.GET
    asked = queries.read_asked(source.dict())
    page = queries.gaps_page(user=request.user, asked=asked, today=clock.today())
    chosen = set(request.POST.getlist("pk"))
    context = {**page, "form": form, "problem": problem, "tiers": TIER_CHOICES, "chosen": chosen}
    return render(request, "matching/gaps.html", context, status=422 if problem else 200)
