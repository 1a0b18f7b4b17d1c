from listing.urls import detail_data, detail_page, list_data, list_page
from notes.views import NoteList, NotePage, UnknownList

urlpatterns = [
    list_page("notes", NoteList, "note_list"),
    detail_page("notes", NotePage, "note"),
    list_page("unknowns", UnknownList, "unknown_list"),
]

data_urlpatterns = [
    list_data("notes", NoteList, "note_data"),
    detail_data("notes", NotePage, "note_document"),
    list_data("unknowns", UnknownList, "unknown_data"),
]
