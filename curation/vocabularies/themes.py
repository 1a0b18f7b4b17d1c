"""The staff pages where themes are merged and split. Each is looked at first, and done by a second button."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.admin.vocabularies import ThemeAdmin
from cases.models import Theme
from curation.vocabularies import links, merging, splitting
from curation.vocabularies.forms import FOUND, MergeForm, SplitForm, words_of
from curation.vocabularies.splitting import BESIDE, Split

MERGE = ("curation.merge_records", "cases.change_theme", "cases.delete_theme", "cases.change_initiativetheme")
SPLIT = ("cases.change_theme", "cases.change_initiativetheme")
ADD = "cases.add_theme"
ON_A_PAGE = 50
NAMED = 20

admin.site.unregister(Theme)


@admin.register(Theme)
class WorkedThemeAdmin(ThemeAdmin):
    """Themes, with the pages to merge and split them."""

    readonly_fields = (*ThemeAdmin.readonly_fields, "merge_or_split")

    def get_urls(self):
        pages = [("merge", self.merge_view), ("split", self.split_view)]
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"cases_theme_{name}")
            for name, view in pages
        ]
        return [*own, *super().get_urls()]

    def get_fieldsets(self, request, obj=None):
        groups = super().get_fieldsets(request, obj)
        if obj is None or not request.user.has_perms(SPLIT):
            return groups
        obj.may_merge = request.user.has_perms(MERGE)
        return [*groups, (gettext_lazy("Merge or split"), {"fields": ["merge_or_split"]})]

    @admin.display(description=gettext_lazy("with their cases"))
    def merge_or_split(self, theme):
        pages = [("split", _("Split: give some of its cases another theme"))]
        if getattr(theme, "may_merge", False):
            pages.insert(0, ("merge", _("Merge into another theme")))
        found = [(reverse(f"admin:cases_theme_{name}", args=[theme.pk]), label) for name, label in pages]
        return format_html_join(" · ", '<a href="{}">{}</a>', found)

    def _theme(self, request: HttpRequest, pk: int, rights: tuple[str, ...]) -> Theme:
        if not request.user.has_perms(rights):
            raise PermissionDenied
        theme = Theme._base_manager.filter(pk=pk).first()
        if theme is None:
            raise Http404(_("There is no such theme any more."))
        return theme

    def _page(self, request: HttpRequest, name: str, theme: Theme, **shown) -> TemplateResponse:
        titles = {"merge": _("Merge “%(theme)s” into another theme"), "split": _("Split “%(theme)s”")}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "theme": theme,
            "title": titles[name] % {"theme": theme},
        }
        return TemplateResponse(request, f"curation/vocabularies/{name}.html", context | shown)

    # --- merging

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks into which theme and why, shows what would happen, and does it."""
        theme = self._theme(request, pk, MERGE)
        form = MergeForm(request.POST or None, theme=theme)
        plan = None
        if form.is_valid():
            into = form.cleaned_data["into"]
            plan = merging.plan(theme, into)
            if "confirm" in request.POST and request.POST.get("seen") == plan.seen:
                merging.merge(theme, into, request.user, form.cleaned_data["reason"])
                said = _(
                    "“%(theme)s” was merged into “%(into)s”, with %(count)d cases. The history can undo it."
                )
                words = {"theme": theme, "into": into, "count": plan.cases}
                self.message_user(request, said % words, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:cases_theme_change", args=[into.pk]))
            self._say_if_changed(request)
        return self._page(
            request, "merge", theme, form=form, plan=plan, into=plan and form.cleaned_data["into"]
        )

    def _say_if_changed(self, request: HttpRequest) -> None:
        if "confirm" in request.POST:
            text = _("The cases have changed meanwhile: look at the numbers again. Nothing was done yet.")
            self.message_user(request, text, messages.WARNING)

    # --- splitting

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lists the cases to choose from, asks where to and why, shows what would happen, and does it."""
        theme = self._theme(request, pk, SPLIT)
        may_add = request.user.has_perm(ADD)
        choice = _Choice(request, theme)
        is_asked = bool({"preview", "confirm"} & request.POST.keys())
        kept = {
            name: request.POST.getlist(name)[-1] for name in SplitForm.base_fields if name in request.POST
        }
        if (
            request.method == "POST" and not is_asked
        ):  # looking for cases, or turning a page: nothing typed is lost
            form = SplitForm(
                initial=kept | {"is_narrower": "is_narrower" in kept}, theme=theme, may_add=may_add
            )
        else:
            form = SplitForm(request.POST if is_asked else None, theme=theme, may_add=may_add)
        plan = None
        if is_asked and form.is_valid():
            plan = self._split_plan(choice, form)
            if not plan["count"]:
                form.add_error(
                    "which", _("No case is chosen: tick some, or choose all that the search finds.")
                )
                plan = None
            elif "confirm" in request.POST and request.POST.get("seen") == plan["seen"]:
                return self._do_split(request, plan)
            else:
                self._say_if_changed(request)
        return self._page(request, "split", theme, form=form, choice=choice, plan=plan)

    def _split_plan(self, choice: "_Choice", form: SplitForm) -> dict:
        said = form.cleaned_data
        chosen = choice.found if said["which"] == FOUND else choice.chosen
        split = Split(choice.theme, said["into"], said["how"], said["reason"], bool(said.get("is_narrower")))
        there = links.has_both(chosen, split.into).count() if split.into.pk else 0
        count = chosen.count()
        return {
            "split": split,
            "beside": split.how == BESIDE,
            "chosen": chosen,
            "count": count,
            "there": there,
            "first": list(links.with_names(chosen)[:NAMED]),
            "more": max(count - NAMED, 0),
            "seen": f"{count}-{there}",
        }

    def _do_split(self, request: HttpRequest, plan: dict) -> HttpResponse:
        split = plan["split"]
        splitting.split(split, plan["chosen"], request.user)
        text = ngettext(
            "%(count)d case stands under “%(into)s” now. The history can undo it.",
            "%(count)d cases stand under “%(into)s” now. The history can undo it.",
            plan["count"],
        )
        self.message_user(request, text % {"count": plan["count"], "into": split.into}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:cases_theme_change", args=[split.into.pk]))


class _Choice:
    """The cases to choose from, a page of them, and which are ticked on any page."""

    def __init__(self, request: HttpRequest, theme: Theme):
        self.theme = theme
        sent = request.POST if request.method == "POST" else request.GET
        self.words = words_of(sent.get("q", ""))
        self.found = splitting.found(theme, self.words)
        pages = Paginator(links.with_names(self.found).select_related("initiative__city"), ON_A_PAGE)
        self.page = pages.get_page("1" if "search" in sent else sent.get("turn") or sent.get("page"))
        ticked = set(_numbers(sent.get("ticked", "").split(",")))
        # What stood on the page that was sent is as it was sent.
        ticked -= set(_numbers(sent.get("shown", "").split(",")))
        self.ticked = ticked | set(_numbers(sent.getlist("link")))

    @property
    def chosen(self):
        """The ticked links of the theme."""
        return links.of_theme(self.theme).filter(pk__in=self.ticked).order_by("initiative__title", "pk")

    @property
    def as_text(self) -> str:
        return ",".join(map(str, sorted(self.ticked)))

    @property
    def shown(self) -> str:
        return ",".join(str(link.pk) for link in self.page)


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 16]
