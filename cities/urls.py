from cities.lists import AllianceList, CityList, MemberList, PlanList
from cities.views import AlliancePage, CityPage, PlanPage
from listing.urls import detail_data, detail_page, list_data, list_page

urlpatterns = [
    list_page("cities", CityList, "city_list"),
    detail_page("cities", CityPage, "city"),
    list_page("plans", PlanList, "plan_list"),
    detail_page("plans", PlanPage, "plan"),
    list_page("alliances", AllianceList, "alliance_list"),
    detail_page("alliances", AlliancePage, "alliance"),
    list_page("members", MemberList, "member_list"),
]

# The same in other forms: one address each, whatever the language of the pages.
data_urlpatterns = [
    list_data("cities", CityList, "city_data"),
    detail_data("cities", CityPage, "city_document"),
    list_data("plans", PlanList, "plan_data"),
    list_data("alliances", AllianceList, "alliance_data"),
    detail_data("plans", PlanPage, "plan_document"),
    detail_data("alliances", AlliancePage, "alliance_document"),
    list_data("members", MemberList, "member_data"),
]
