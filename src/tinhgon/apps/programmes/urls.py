from __future__ import annotations

from django.urls import path

from . import views

app_name = "programmes"

urlpatterns = [
    path("", views.programme_list, name="list"),
    path("them/", views.programme_add, name="add"),
    path("<int:pk>/", views.programme_detail, name="detail"),
    path("<int:pk>/sua/", views.programme_change, name="change"),
]
