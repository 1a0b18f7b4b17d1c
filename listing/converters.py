"""The part of an address that names a form of export; `FORMAT` is how patterns write it."""

from django.urls import register_converter

from listing.citations import FORMS
from listing.exports import FORMATS


class FormatConverter:
    """The ending of an export: any registered format."""

    regex = "|".join(FORMATS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CitationConverter(FormatConverter):
    """The ending of a record for reference managers."""

    regex = "|".join(FORMS).replace(".", r"\.")


register_converter(CitationConverter, "citation_format")
register_converter(FormatConverter, "export_format")
FORMAT = "<export_format:format>"
