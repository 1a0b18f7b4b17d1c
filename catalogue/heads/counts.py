"""How many of a kind there are, in words: "14 cases"; "" where there is none."""

from __future__ import annotations

from django.utils.translation import ngettext


def _said(text: str, count: int) -> str:
    return text % {"count": count} if count else ""


def cases(count: int) -> str:
    return _said(ngettext("%(count)s case", "%(count)s cases", count), count)


def outcomes(count: int) -> str:
    return _said(ngettext("%(count)s outcome", "%(count)s outcomes", count), count)


def source_checks(count: int) -> str:
    return _said(ngettext("%(count)s source check", "%(count)s source checks", count), count)


def corrections(count: int) -> str:
    return _said(ngettext("%(count)s correction", "%(count)s corrections", count), count)


def sets_of_figures(count: int) -> str:
    return _said(ngettext("%(count)s set of figures", "%(count)s sets of figures", count), count)


def plans(count: int) -> str:
    return _said(ngettext("%(count)s plan", "%(count)s plans", count), count)


def declarations(count: int) -> str:
    return _said(ngettext("%(count)s declaration", "%(count)s declarations", count), count)


def alliances(count: int) -> str:
    return _said(ngettext("%(count)s alliance", "%(count)s alliances", count), count)


def parts(count: int) -> str:
    return _said(ngettext("%(count)s part", "%(count)s parts", count), count)


def targets(count: int) -> str:
    return _said(ngettext("%(count)s target", "%(count)s targets", count), count)


def members(count: int) -> str:
    return _said(ngettext("%(count)s member", "%(count)s members", count), count)


def tasks(count: int) -> str:
    return _said(ngettext("%(count)s task", "%(count)s tasks", count), count)


def entries(count: int) -> str:
    return _said(ngettext("%(count)s entry", "%(count)s entries", count), count)
