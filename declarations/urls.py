from declarations.views import DeclarationList, DeclarationPage
from listing.urls import detail_data, detail_page, list_data, list_page

urlpatterns = [
    list_page("declarations", DeclarationList, "declaration_list"),
    detail_page("declarations", DeclarationPage, "declaration"),
]

data_urlpatterns = [
    list_data("declarations", DeclarationList, "declaration_data"),
    detail_data("declarations", DeclarationPage, "declaration_document"),
]
