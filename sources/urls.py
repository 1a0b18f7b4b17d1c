from listing.urls import detail_data, detail_page, list_data, list_page
from sources.views import SourceList, SourcePage

urlpatterns = [
    list_page("sources", SourceList, "source_list"),
    detail_page("sources", SourcePage, "source"),
]

data_urlpatterns = [
    list_data("sources", SourceList, "source_data"),
    detail_data("sources", SourcePage, "source_document"),
]
