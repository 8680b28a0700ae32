from __future__ import annotations

from django.urls import path

from . import views

app_name = "calendars"

urlpatterns = [
    path("", views.calendar_list, name="list"),
    path("them/", views.day_add, name="add"),
    path("<int:pk>/", views.day_change, name="change"),
    path("<int:pk>/bo/", views.day_remove, name="remove"),
]
