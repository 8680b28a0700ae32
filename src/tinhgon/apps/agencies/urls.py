from __future__ import annotations

from django.urls import path

from . import views

app_name = "agencies"

urlpatterns = [
    path("", views.tree, name="tree"),
    path("goi-y/", views.suggest, name="suggest"),
    path("nhap/", views.import_file, name="import"),
    path("nhap/mau/", views.template, name="template"),
    path("nhap/<str:token>/", views.import_preview, name="import_preview"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/them/", views.add, name="add"),
    path("<int:pk>/doi-ten/", views.rename, name="rename"),
    path("<int:pk>/chuyen/", views.move, name="move"),
    path("<int:pk>/sap-nhap/", views.merge, name="merge"),
    path("<int:pk>/chia-tach/", views.split, name="split"),
    path("<int:pk>/ket-thuc/", views.end, name="end"),
]
