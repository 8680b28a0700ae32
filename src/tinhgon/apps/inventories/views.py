from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate

from . import actions, policies, queries
from .enums import ReplyMove
from .forms import AnswerForm, DecideForm, OpenForm
from .models import Inventory, InventoryReply

_TOO_LATE = TooLate(
    stale="Người khác vừa sửa phần này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Không làm được nữa: đợt thống kê đã kết thúc hoặc trả lời đã được nhận.",
)


def _inventory_or_404(request: UserRequest, pk: int) -> Inventory:
    try:
        return queries.get_visible_inventory(user=request.user, pk=pk)
    except Inventory.DoesNotExist:
        raise Http404 from None


def _reply_or_404(request: UserRequest, pk: int) -> InventoryReply:
    try:
        return queries.get_visible_reply(user=request.user, pk=pk)
    except InventoryReply.DoesNotExist:
        raise Http404 from None


@require_safe
def inventory_list(request: UserRequest) -> HttpResponse:
    context = queries.list_page(user=request.user, today=clock.today())
    return render(request, "inventories/list.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def open_inventory(request: UserRequest) -> HttpResponse:
    askers = policies.askers(request.user)
    if not askers:
        raise PermissionDenied
    duty = queries.asking_duty(user=request.user, key=request.GET.get("nhiem-vu", ""))
    form = OpenForm(
        request.POST or None,
        user=request.user,
        askers=askers,
        today=clock.today(),
        initial=queries.wanted_by(duty) if duty else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            inventory = actions.open_inventory(asked=form.asked(), by=request.user, at=clock.now())
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, f"Đã mở {inventory.name} và báo cho các cơ quan.")
            return redirect(inventory)
    status = 422 if form.is_bound else 200
    return render(request, "inventories/open.html", {"form": form, "duty": duty}, status=status)


@require_safe
def inventory_detail(request: UserRequest, pk: int) -> HttpResponse:
    inventory = _inventory_or_404(request, pk)
    context = queries.inventory_page(
        user=request.user,
        inventory=inventory,
        status=request.GET.get("trang-thai", ""),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "inventories/detail.html", dict(context))


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    inventory = _inventory_or_404(request, pk)
    form = DecideForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    refused = _TOO_LATE.refusal(
        lambda: actions.close_inventory(
            inventory=inventory, by=request.user, at=clock.now(), seen=seen
        )
    )
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Đã kết thúc đợt thống kê.")
    return redirect(inventory)


@require_safe
def reply_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _reply_or_404(request, pk))


@require_POST
def answer(request: UserRequest, pk: int) -> HttpResponse:
    reply = _reply_or_404(request, pk)
    policies.check_part(request.user, ReplyMove.ANSWER, reply)
    choices = [(each.procedure_id, each.name) for each in queries.open_proposals(reply)]
    choices += [(pk, "") for pk in reply.found.values_list("procedure", flat=True)]
    form = AnswerForm(request.POST, choices=choices)
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: actions.answer(
            reply=reply,
            procedures=form.cleaned_data["procedures"],
            note=form.cleaned_data["note"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã gửi trả lời.")
        return redirect(reply)
    return _page(request, _reply_or_404(request, pk), form, status=422)


@require_POST
def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Accept (decision=accept) or return an answer."""
    reply = _reply_or_404(request, pk)
    policies.check_part(request.user, ReplyMove.ACCEPT, reply)
    form = DecideForm(request.POST)
    accepted = request.POST.get("decision") == "accept"
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: actions.decide(
            reply=reply,
            accepted=accepted,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã nhận trả lời." if accepted else "Đã trả lại.")
        return redirect(reply)
    return _page(request, _reply_or_404(request, pk), decided=form, status=422)


def _page(
    request: UserRequest,
    reply: InventoryReply,
    form: AnswerForm | None = None,
    *,
    decided: DecideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **queries.reply_page(user=request.user, reply=reply, today=clock.today()),
        "form": form,
        "decided": decided,
    }
    return render(request, "inventories/reply.html", context, status=status)
