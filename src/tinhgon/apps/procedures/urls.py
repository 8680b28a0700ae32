from __future__ import annotations

from django.urls import path

from .views import listing

app_name = "procedures"

urlpatterns = [
    path("", listing.procedure_list, name="list"),
    path("linh-vuc/", listing.fields, name="fields"),
]
