from __future__ import annotations

from django.urls import path

from . import views

app_name = "agencies"

urlpatterns = [
    path("", views.tree, name="tree"),
    path("<int:pk>/", views.detail, name="detail"),
]
