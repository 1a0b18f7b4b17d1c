from cases.crosswalk.lists import Crosswalk
from cases.ledger.lists import OutcomeList
from cases.lists import CaseList
from cases.views import CasePage, ThemeList, ThemePage
from listing.urls import detail_data, detail_page, list_data, list_page

urlpatterns = [
    list_page("cases", CaseList, "initiative_list"),
    detail_page("cases", CasePage, "initiative"),
    list_page("outcomes", OutcomeList, "outcome_list"),
    list_page("crosswalk", Crosswalk, "crosswalk"),
    list_page("themes", ThemeList, "theme_list"),
    detail_page("themes", ThemePage, "theme"),
]

data_urlpatterns = [
    list_data("cases", CaseList, "initiative_data"),
    detail_data("cases", CasePage, "initiative_document"),
    list_data("outcomes", OutcomeList, "outcome_data"),
    list_data("crosswalk", Crosswalk, "crosswalk_data"),
    list_data("themes", ThemeList, "theme_data"),
]
