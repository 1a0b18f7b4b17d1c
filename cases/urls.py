from django.urls import path

from cases.alike.views import AlikePage
from cases.charts import CaseCharts, OutcomeCharts
from cases.collection.views import CollectionPage
from cases.compare.views import ComparePage
from cases.crosswalk.lists import Crosswalk, Totals
from cases.deadlines.lists import TargetList
from cases.ledger.lists import OutcomeList
from cases.lists import CaseList
from cases.mapped.lists import MapPage
from cases.named.lists import LessonList, PartnerList, PlaceList
from cases.named.pages import OrganisationPage, PlacePage
from cases.theme_pages import skos
from cases.timeline.lists import Timeline
from cases.views import CasePage, ThemeList, ThemePage
from listing.citations import CSL
from listing.urls import detail_citation, detail_data, detail_page, list_data, list_page

urlpatterns = [
    list_page("cases", CaseList, "initiative_list"),
    detail_page("cases", CasePage, "initiative"),
    list_page("charts", CaseCharts, "charts"),
    list_page("timeline", Timeline, "timeline"),
    list_page("outcomes", OutcomeList, "outcome_list"),
    list_page("outcomes/charts", OutcomeCharts, "outcome_charts"),
    list_page("crosswalk", Crosswalk, "crosswalk"),
    list_page("map", MapPage, "map"),
    path("crosswalk/by-theme/", Totals.as_view(by="theme"), name="crosswalk_by_theme"),
    path("crosswalk/by-city/", Totals.as_view(by="city"), name="crosswalk_by_city"),
    list_page("like-mine", AlikePage, "alike"),
    list_page("compare", ComparePage, "compare"),
    list_page("collection", CollectionPage, "collection"),
    list_page("themes", ThemeList, "theme_list"),
    detail_page("themes", ThemePage, "theme"),
    list_page("targets", TargetList, "target_list"),
    list_page("partners", PartnerList, "partner_list"),
    detail_page("partners", OrganisationPage, "organisation"),
    list_page("places", PlaceList, "place_list"),
    detail_page("places", PlacePage, "place"),
    list_page("lessons", LessonList, "lesson_list"),
]

data_urlpatterns = [
    list_data("cases", CaseList, "initiative_data"),
    detail_data("cases", CasePage, "initiative_document"),
    detail_citation("cases", CasePage, "initiative_citation"),
    list_data("outcomes", OutcomeList, "outcome_data"),
    list_data("crosswalk", Crosswalk, "crosswalk_data"),
    list_data("map", MapPage, "map_data"),
    list_data("like-mine", AlikePage, "alike_data"),
    list_data("compare", ComparePage, "compare_data"),
    list_data("collection", CollectionPage, "collection_data"),
    path("collection.csl.json", CollectionPage.as_view(), {"format": CSL}, name="collection_citations"),
    list_data("themes", ThemeList, "theme_data"),
    detail_data("themes", ThemePage, "theme_document"),
    path("themes.jsonld", skos, name="theme_skos"),
    list_data("targets", TargetList, "target_data"),
    list_data("partners", PartnerList, "partner_data"),
    detail_data("partners", OrganisationPage, "organisation_document"),
    list_data("places", PlaceList, "place_data"),
    detail_data("places", PlacePage, "place_document"),
    list_data("lessons", LessonList, "lesson_data"),
]
