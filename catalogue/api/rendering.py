"""Answers as JSON, and as pages for people who look at an address of the API in a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from rest_framework.renderers import BaseRenderer

from listing.formats import json_text


class Body(str):
    """JSON that has been written already."""

    __slots__ = ()


def written(data: Any) -> str:
    """The data as JSON."""
    return data if isinstance(data, Body) else json_text.text(data) + "\n"


class Written(BaseRenderer):
    """JSON, as the exporters write it."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else written(data).encode()


class Page(BaseRenderer):
    """The same answer on a page, with what can be asked here and what the answer means. Needs no script."""

    media_type = "text/html"
    format = "html"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: str | None, renderer_context: Mapping[str, Any]) -> str:
        view, response = renderer_context["view"], renderer_context["response"]
        request = renderer_context["request"]._request
        document = json.loads(written(data))
        context = {
            "status": response.status_code,
            "reason": response.reason_phrase,
            "document": json.dumps(document, ensure_ascii=False, indent=2),
            **view.page_context(document),
        }
        return render_to_string("catalogue/api/answer.html", context, request)
