from __future__ import annotations

from django.urls import path

from .views import pages

app_name = "plans"

urlpatterns = [
    path("", pages.plan_list, name="list"),
    path("<int:pk>/", pages.plan_detail, name="detail"),
    path("thu-tuc/<int:pk>/", pages.item_detail, name="item"),
    path("quyet-dinh/<int:pk>/", pages.decision_detail, name="decision"),
]
