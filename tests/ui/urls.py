"""The page of examples inside a full frame, for the tests in a browser."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tinhgon.ui.examples import examples_context

from .frame import FRAME


@login_not_required
def page(request: HttpRequest, other: str = "") -> HttpResponse:
    if request.method == "GET":
        messages.success(request, "Đã lưu.")
        messages.error(request, "Chưa giao được.")
        return render(request, "ui/examples.html", {**FRAME, **examples_context(request)})
    opinion = request.POST.get("opinion", "")
    if "mâu thuẫn" in opinion:
        return HttpResponse(status=409)
    if "sai" in opinion:
        return HttpResponse("Ý kiến chưa ghi số văn bản.", status=422)
    return HttpResponse(
        status=204, headers={"X-Version": str(int(request.POST.get("version", "0")) + 1)}
    )


urlpatterns = [path("", page), path("<path:other>", page)]
