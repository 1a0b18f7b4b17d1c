"""What goes over the wire compressed: pages, tables and data, but not what is compressed already."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

_COMPRESSED_ALREADY = ("application/zip", "application/vnd.openxmlformats", "image/png", "font/")


class TextsCompressed(GZipMiddleware):
    """Django's, which hides with random bytes how long a page with a form's token is; leaves packed files alone."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(_COMPRESSED_ALREADY):
            return response
        return super().process_response(request, response)
