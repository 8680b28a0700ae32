from __future__ import annotations

from django.urls import path

from . import views

app_name = "directives"

urlpatterns = [
    path("", views.directive_list, name="list"),
    path("nhan/", views.receive, name="receive"),
    path("<int:pk>/", views.directive_detail, name="detail"),
    path("<int:pk>/tep/", views.directive_file, name="file"),
    path("<int:pk>/phan-dau/", views.heading, name="heading"),
    path("<int:pk>/chuong-trinh/", views.programme, name="programme"),
    path("<int:pk>/bo/", views.discard, name="discard"),
    path("<int:pk>/them/", views.add, name="add"),
    path("nhiem-vu/<int:pk>/", views.proposal, name="proposal"),
    path("nhiem-vu/<int:pk>/chon/", views.include, name="include"),
    path("nhiem-vu/<int:pk>/tach/", views.split, name="split"),
    path("nhiem-vu/<int:pk>/gop/", views.merge, name="merge"),
]
