"""The kinds of documents. A new one is a module here with its records, `read` and `KIND`; it is found by itself."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from ..context import Kind


@cache
def known_kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order of their names."""
    modules = (import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    return {module.KIND.key: module.KIND for module in modules}
