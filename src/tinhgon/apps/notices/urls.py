from __future__ import annotations

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("da-doc/", views.notice_read_all, name="read_all"),
    path("<int:pk>/da-doc/", views.notice_read, name="read"),
]
