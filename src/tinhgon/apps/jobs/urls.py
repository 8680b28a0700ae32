from __future__ import annotations

from django.urls import path

from . import views

app_name = "jobs"

urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:pk>/", views.job_detail, name="detail"),
    path("<int:pk>/tep/", views.job_file, name="file"),
    path("<int:pk>/huy/", views.job_cancel, name="cancel"),
    path("<int:pk>/chay-lai/", views.job_repeat, name="repeat"),
]
