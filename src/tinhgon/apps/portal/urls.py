from __future__ import annotations

from django.urls import path, register_converter

from .views import agencies, catalogue, data, decisions, leaflet, moderating, progress, suggesting

app_name = "portal"


class LocalCode:
    """The address of a procedure is its local code: NB-00012 and no other spelling of it."""

    regex = r"NB-[0-9]{5,12}"

    def to_python(self, value: str) -> int:
        pk = int(value.removeprefix("NB-"))
        if self.to_url(pk) != value:
            raise ValueError(value)
        return pk

    def to_url(self, pk: int) -> str:
        return f"NB-{pk:05}"


register_converter(LocalCode, "localcode")

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("tim/", catalogue.search, name="search"),
    path("thu-tuc/<localcode:pk>/", leaflet.procedure, name="procedure"),
    path("thu-tuc/<localcode:pk>/ban-<int:number>/", leaflet.version, name="version"),
    path("thu-tuc/<localcode:pk>/gop-y/", suggesting.suggest, name="suggest"),
    path("thu-tuc/<localcode:pk>/gop-y/da-gui/", suggesting.suggested, name="suggested"),
    path("thu-tuc/<localcode:pk>/du-lieu.json", data.procedure_json, name="procedure_json"),
    path("mau/<int:pk>/", leaflet.form_file, name="form_file"),
    path("quyet-dinh/", decisions.decisions, name="decisions"),
    path("quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("quyet-dinh/<int:pk>/tep/", decisions.signed_file, name="signed_file"),
    path("co-quan/", agencies.agencies, name="agencies"),
    path("co-quan/goi-y/", agencies.suggestions, name="agency_suggestions"),
    path("co-quan/<int:pk>/", agencies.agency, name="agency"),
    path("tien-do/", progress.progress, name="progress"),
    path("du-lieu/", data.data, name="data"),
    path("du-lieu/thu-tuc.json", data.catalogue_json, name="catalogue_json"),
    path("du-lieu/thu-tuc.csv", data.catalogue_csv, name="catalogue_csv"),
    path("du-lieu/luoc-do.json", data.schema, name="schema"),
]

moderation_patterns = (
    [
        path("", moderating.suggestion_list, name="list"),
        path("<int:pk>/", moderating.suggestion_detail, name="detail"),
        path("<int:pk>/dang/", moderating.show_suggestion, name="show"),
        path("<int:pk>/tra-loi/", moderating.answer_suggestion, name="answer"),
        path("<int:pk>/khong-dang/", moderating.decline_suggestion, name="decline"),
    ],
    "suggestions",
)
