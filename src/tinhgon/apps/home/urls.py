from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("nhiem-vu/cua-toi/", views.my_work, name="my_work"),
    path("tim/", views.search, name="search"),
    path("tim/goi-y/", views.suggestions, name="search_suggestions"),
    path("suc-khoe/", views.health, name="health"),
]
