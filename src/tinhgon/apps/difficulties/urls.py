from __future__ import annotations

from django.urls import path

from .views import moving, pages, writing

app_name = "difficulties"

urlpatterns = [
    path("", pages.difficulty_list, name="list"),
    path("tai-ve/", pages.export, name="export"),
    path("neu/", writing.raise_difficulty, name="raise"),
    path("tuong-tu/", writing.similar, name="similar"),
    path("tim-thu-tuc/", writing.procedures, name="procedures"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/sua/", writing.edit, name="edit"),
    path("<int:pk>/cong-van.<str:kind>", pages.letter, name="letter"),
    path("<int:pk>/tep/<int:file>/", pages.file, name="file"),
    path("<int:pk>/van-ban/<int:step>/", pages.step_file, name="step_file"),
    path("<int:pk>/gui/", moving.send, name="send"),
    path("<int:pk>/rut/", moving.withdraw, name="withdraw"),
    path("<int:pk>/ap-dung/", moving.apply, name="apply"),
    path("<int:pk>/khong-phu-hop/", moving.decline, name="decline"),
    path("<int:pk>/tiep-nhan/", moving.take_on, name="take_on"),
    path("<int:pk>/tra-loi/", moving.answer, name="answer"),
    path("<int:pk>/tra-lai/", moving.return_, name="return"),
    path("<int:pk>/chuyen-cap-tren/", moving.pass_up, name="pass_up"),
    path("<int:pk>/chuyen-chuyen-mon/", moving.refer, name="refer"),
    path("<int:pk>/dong-y/", moving.accept, name="accept"),
    path("<int:pk>/mo-lai/", moving.reopen, name="reopen"),
    path("<int:pk>/dong/", moving.close, name="close"),
    path("<int:pk>/dung-chung/", moving.guide, name="guide"),
]
