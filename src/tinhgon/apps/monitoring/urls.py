from __future__ import annotations

from django.urls import path

from . import views

app_name = "monitoring"

urlpatterns = [
    path("", views.page, name="page"),
    path("theo-doi.xlsx", views.file, name="file"),
    path("so-lieu/", views.rows, name="rows"),
    path("<int:pk>/cach-cham-diem/", views.setting, name="setting"),
]
