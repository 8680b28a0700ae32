from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reviews import actions, policies
from tinhgon.apps.reviews.forms import AssignForm, OpenForm, VersionForm, named_reviewers
from tinhgon.apps.reviews.models import Questionnaire
from tinhgon.apps.reviews.queries import listing, people, rounds
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import TOO_LATE, round_or_404

_MOST_LETTERS = 200


@require_safe
def round_list(request: UserRequest) -> HttpResponse:
    return render(request, "reviews/list.html", dict(rounds.list_page(user=request.user)))


@require_safe
def questionnaire(request: UserRequest, pk: int) -> HttpResponse:
    row = Questionnaire.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return render(request, "reviews/questionnaire.html", {"questionnaire": row})


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: UserRequest) -> HttpResponse:
    """Choose what is reviewed; see how much that is; open (step=open)."""
    policies.check_open(request.user)
    today = clock.today()
    data = request.POST or None
    form = OpenForm(data, user=request.user, today=today, initial={"on": today})
    wanted = request.POST.get("step") == "open"
    if request.method == "POST" and form.is_valid() and wanted:
        try:
            review_round = actions.open_round(
                plan=form.plan(named_reviewers(request.POST)), by=request.user, at=clock.now()
            )
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, f"Đã mở {review_round} và báo cho các cơ quan.")
            return redirect(review_round)
    shown = form.is_bound and form.is_scoped
    chosen = named_reviewers(request.POST)
    lines = rounds.preview(form.scope(), chosen=chosen, today=today) if shown else []
    context = {
        "form": form,
        "lines": lines,
        "total": sum(line.number for line in lines),
        "scope": form.scope() if shown else None,
    }
    refused = form.is_bound and (wanted or not shown)
    return render(request, "reviews/open.html", context, status=422 if refused else 200)


@require_safe
def round_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = rounds.round_page(
        user=request.user,
        review_round=round_or_404(request, pk),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reviews/round.html", dict(context))


@require_safe
def review_list(request: UserRequest, pk: int) -> HttpResponse:
    asked = request.GET
    wanted = listing.ReviewFilter(
        words=asked.get("q", "")[:_MOST_LETTERS],
        agency=asked.get("co-quan", ""),
        status=asked.get("trang-thai", ""),
        outcome=asked.get("ket-qua", ""),
        mine=asked.get("cua-toi") == "1",
    )
    context = listing.reviews_page(
        user=request.user,
        review_round=round_or_404(request, pk),
        wanted=wanted,
        number=asked.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reviews/reviews.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: UserRequest, pk: int) -> HttpResponse:
    review_round = round_or_404(request, pk)
    policies.check_manage(request.user, review_round.agency)
    problem = ""
    if request.method == "POST":
        keys = [key for value in request.POST.getlist("pk") if (key := whole_number(value))]
        try:
            number = actions.add_procedures(
                review_round=review_round, procedures=keys, by=request.user, at=clock.now()
            )
        except actions.Refused as e:
            problem = str(e)
        else:
            messages.success(request, f"Đã bổ sung {number} thủ tục vào đợt rà soát.")
            return redirect(review_round)
    context = rounds.add_page(
        review_round=review_round, number=request.GET.get("page", "1"), today=clock.today()
    )
    return render(
        request,
        "reviews/add.html",
        {**context, "problem": problem},
        status=422 if problem else 200,
    )


@require_POST
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Name who reviews at an agency: all of its reviews, or those ticked (pk)."""
    review_round = round_or_404(request, pk)
    form = AssignForm(request.POST)
    agencies = rounds.agencies_of(user=request.user, review_round=review_round)
    agency = form.agency_of(agencies) if form.is_valid() else None
    if agency is None:
        policies.check_assign_anywhere(request.user)
        messages.error(request, "Chọn cơ quan được giao rà soát.")
        return redirect(review_round)
    policies.check_assign(request.user, agency)
    known = people.reviewers_of([agency.pk], on=clock.today()).get(agency.pk, [])
    wanted = form.cleaned_data["reviewer"]
    person = next((user for user in known if user.pk == wanted), None)
    if wanted is None:
        messages.error(request, "Chọn người rà soát, hoặc chọn để cơ quan tự phân công.")
        return redirect(review_round)
    if wanted and person is None:
        messages.error(request, "Người này không rà soát thủ tục của cơ quan. Chọn lại.")
        return redirect(review_round)
    ticked = [key for value in request.POST.getlist("pk") if (key := whole_number(value))]
    try:
        number = actions.assign(
            review_round=review_round,
            agency=agency,
            reviewer=person,
            by=request.user,
            at=clock.now(),
            reviews=ticked or None,
        )
    except actions.Refused as e:
        messages.error(request, str(e))
    else:
        messages.success(request, f"Đã giao {number} thủ tục của {agency.label}.")
    return redirect(review_round)


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    """End the round, or open it again (again=1)."""
    review_round = round_or_404(request, pk)
    policies.check_manage(request.user, review_round.agency)
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    again = request.POST.get("again") == "1"
    act = actions.reopen_round if again else actions.close_round
    try:
        act(review_round=review_round, by=request.user, at=clock.now(), seen=seen)
    except actions.StaleObject:
        messages.error(request, TOO_LATE.stale)
    except actions.Refused as e:
        messages.error(request, str(e))
    else:
        messages.success(request, "Đã mở lại đợt rà soát." if again else "Đã kết thúc đợt rà soát.")
    return redirect(review_round)
