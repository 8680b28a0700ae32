from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("tim/goi-y/", views.suggestions, name="search_suggestions"),
    path("suc-khoe/", views.health, name="health"),
]
