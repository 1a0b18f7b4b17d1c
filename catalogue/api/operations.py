"""What is asked of a view of the API by what describes it, gives examples of it and shows its answers on a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from rest_framework.request import Request

from catalogue.api.parameters import Parameter
from catalogue.api.places import Place


class Operation(Protocol):
    """A view: how it is called, the place of its rows or things (None: the whole catalogue), and what was asked."""

    operation_id: str
    place: Place | None
    request: Request
    kwargs: Mapping[str, Any]

    def parameters(self) -> Sequence[Parameter]: ...
