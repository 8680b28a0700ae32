from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.queries.similar import similar_page
from tinhgon.common import clock
from tinhgon.common.http import whole_number

_LONGEST = 1_000


@require_safe
def similar(request: UserRequest) -> HttpResponse:
    """Return what is like the name in the input; it comes under the name of that input."""
    policies.check_compare(request.user)
    typed = next((str(v) for k, v in request.GET.items() if k.endswith("name")), "")
    found = similar_page(
        user=request.user,
        name=typed[:_LONGEST].replace("\0", " "),
        procedure=whole_number(request.GET.get("thu-tuc", "")),
        today=clock.today(),
    )
    return render(request, "matching/_similar.html", {"found": found})
