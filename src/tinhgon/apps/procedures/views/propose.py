from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.forms.starting import StartForm
from tinhgon.apps.procedures.queries import editing
from tinhgon.common import clock


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: UserRequest) -> HttpResponse:
    """Start a procedure that is not in the inventory: its name and agency, then the long form."""
    agencies = editing.proposing_agencies(request.user, on=clock.today())
    if not agencies.exists():
        raise PermissionDenied
    form = StartForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        try:
            version = actions.propose_procedure(
                record=form.record(),
                agency=form.cleaned_data["agency"],
                by=request.user,
                at=clock.now(),
                finished=False,
            )
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            return redirect("procedures:edit", version.procedure_id)
    status = 422 if form.is_bound else 200
    return render(request, "procedures/propose.html", {"form": form}, status=status)
