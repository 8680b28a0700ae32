"""One change to many procedures: choose what, see what it would do, do it, see what was done."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Task
from tinhgon.apps.procedures.forms.many import ManyForm, written
from tinhgon.apps.procedures.queries import listing, many
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.common import clock, request_id
from tinhgon.common.http import whole_number

from ._cells import judged_rows

FIELDS = {
    Task.SET: ("field", "tier", "kind", "rule_owner"),
    Task.SEND_BACK: ("reason",),
    Task.RETURN: ("reason",),
    Task.LINK: ("canonical",),
}
_EVENTS_A_PAGE = 200
_STALE = (
    "Có thủ tục vừa được người khác thay đổi nên chưa thực hiện gì. "
    "Xem lại danh sách dưới đây rồi xác nhận lần nữa."
)


@require_POST
def choose(request: UserRequest) -> HttpResponse:
    """Take what was ticked in the list, or all that matches, and offer what can be done with it."""
    asked = Asked.read_query(request.POST.get("query", ""))
    if request.POST.get("all_matching") == "1":
        found = listing.all_matching(user=request.user, asked=asked, today=clock.today())
        pks = found["keys"]
    else:
        pks = [pk for text in request.POST.getlist("pk") if (pk := whole_number(text)) is not None]
    if not pks or len(pks) > many.MOST_AT_ONCE:
        messages.error(
            request,
            f"Chọn nhiều nhất {many.MOST_AT_ONCE} thủ tục một lần. Lọc bớt rồi làm từng phần."
            if pks
            else "Chưa chọn thủ tục nào.",
        )
        return redirect(f"{reverse('procedures:list')}{asked.address()}")
    chosen = many.chosen(user=request.user, pks=pks)
    initial = {"chosen": written(chosen), "query": asked.address()}
    return _choose(request, [ManyForm(user=request.user, initial=initial)], len(chosen))


def _choose(request: UserRequest, forms: list[ManyForm], count: int) -> HttpResponse:
    """Show a form for each task; the one that was sent wrongly with its errors, the rest empty."""
    sent = forms[0]
    tasks = []
    for task in many.tasks_for(request.user):
        mine = sent if sent.is_bound and sent["task"].value() == task.value else None
        form = mine or ManyForm(
            user=request.user,
            initial={
                "chosen": sent["chosen"].value(),
                "query": sent["query"].value(),
                "task": task.value,
            },
            auto_id=f"{task.value}-%s",
        )
        tasks.append((task, form, [form[name] for name in FIELDS.get(task, ())]))
    context = {"tasks": tasks, "count": count, "query": sent["query"].value()}
    status = 422 if sent.is_bound else 200
    return render(request, "procedures/many.html", context, status=status)


@require_POST
def preview(request: UserRequest) -> HttpResponse:
    return _sent(request, apply=False)


@require_POST
def change(request: UserRequest) -> HttpResponse:
    return _sent(request, apply=True)


def _sent(request: UserRequest, *, apply: bool) -> HttpResponse:
    form = ManyForm(request.POST, user=request.user)
    if not form.is_valid():
        if "chosen" in form.errors:
            messages.error(request, "Chưa chọn thủ tục nào, hoặc chọn nhiều quá.")
            return redirect("procedures:list")
        return _choose(request, [form], len(form.cleaned_data["chosen"]))
    if not apply:
        return _preview(request, form)
    try:
        done = actions.change_many(
            wanted=form.wanted,
            seen=form.cleaned_data["chosen"],
            by=request.user,
            at=clock.now(),
        )
    except actions.StaleObject:
        return _preview(request, form, problem=_STALE)
    except actions.Refused as e:
        return _preview(request, form, problem=str(e))
    left = f" {len(done.not_)} thủ tục giữ nguyên." if done.not_ else ""
    messages.success(request, f"Đã thực hiện với {len(done.will)} thủ tục.{left}")
    return redirect("procedures:many_done", request_id.current())


def _preview(request: UserRequest, form: ManyForm, problem: str = "") -> HttpResponse:
    """Show what would become of each as it is now; `chosen` then has what is seen here."""
    pks = form.cleaned_data["chosen"]
    versions = many.load(user=request.user, pks=pks)
    found = many.preview(user=request.user, wanted=form.wanted, versions=versions, on=clock.today())
    seen = {version.pk: version.version for version in versions}
    hidden = [
        (name, written(seen) if name == "chosen" else request.POST[name])
        for name in ManyForm.base_fields
        if request.POST.get(name)
    ]
    context = {
        "task": found.wanted.task,
        "preview": found,
        "will_rows": judged_rows(found.will),
        "not_rows": judged_rows(found.not_),
        "hidden": hidden,
        "query": form.cleaned_data["query"],
        "problem": problem,
    }
    status = 409 if problem == _STALE else 422 if problem else 200
    return render(request, "procedures/many_preview.html", context, status=status)


@require_safe
def done(request: UserRequest, number: str) -> HttpResponse:
    """Show what the trail has of one change to many procedures that the person made."""
    events = audit.made_in(actor_ref=request.user.audit_ref, request_id=number)
    page = Paginator(events, _EVENTS_A_PAGE).get_page(request.GET.get("page", "1"))
    if not page.object_list:
        raise Http404
    return render(request, "procedures/many_done.html", {"page": page})
