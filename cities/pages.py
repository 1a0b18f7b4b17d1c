"""What the pages and the JSON of one city, one plan, one alliance show."""

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest

from cities.columns import CITIES
from cities.models import Alliance, Benchmark, City, CityFigures, Figure, Member, Plan, Stage
from cities.remarks import with_checks
from cities.roster import document as member_document
from cities.roster import mark_public_cities, progress
from cities.whereabouts import whereabouts
from listing.parts import Part
from listing.sorting import text
from records.edits import edited
from sources.models import Ruling
from sources.pages import notes_of_document, notes_part, rulings_part
from sources.remarks import add_remarks, notes_of

# What a single article lists (the targets of a plan, the members of an alliance) stays together up to so many.
OF_ONE_ARTICLE = 100


def city_context(city: City, request: HttpRequest) -> dict:
    """Everything the page of a city shows: its figures, and what hangs on it in the rooms above, in parts."""
    sets = with_figures(city.figure_sets.public())
    figure_sets = Part(sets, request, "figures")
    mark_corrected(figure_sets.rows)
    add_remarks(figures_of(figure_sets.rows), notes_of(City, [city.pk]))
    parts = {
        "cases": city.initiatives.public().order_by(text("title"), "slug"),
        "plans": city.plans.public(),
        "declarations": city.declarations.public(),
        "memberships": city.memberships.public().select_related("alliance", "source"),
        "benchmarks": city.benchmark_for.public().select_related("plan", "source"),
        "targets": city.targets.public().for_lists().order_by("due", "first_line", "pk"),
        "lessons": city.transfers.public().select_related("initiative__city", "source"),
    }
    return {
        "figure_sets": figure_sets,
        "rulings": rulings_part(_rulings_within(figure_sets.rows), request),
        "notes": notes_part(city.notes.public(), request),
        "where": whereabouts(city),
        **{name: Part(rows, request, name) for name, rows in parts.items()},
    }


def city_document(city: City, site: str = "") -> dict:
    """A city as JSON: what its page shows of its own room; the lists of the rooms above have their JSON."""
    sets = list(with_checks(with_figures(city.figure_sets.public().select_related("city"))))
    memberships = city.memberships.public().select_related("alliance", "source")
    source = city.place_source if city.place_source_id and city.place_source.is_public else None
    divided = city.divisions_source if city.divisions_source_id and city.divisions_source.is_public else None
    return {
        "id": city.slug,
        "name": city.name,
        "name_local": city.name_local,
        "other_names": city.further_names,
        "divisions": city.every_division,
        "divisions_source": divided.slug if divided else None,
        "country": str(city.country.name),
        "country_code": str(city.country),
        "latitude": city.latitude,
        "longitude": city.longitude,
        "place_source": source.slug if source else None,
        "place_id": city.place_id,
        "figures": [CITIES.document(figures, site) for figures in sets],
        "cases": list(city.initiatives.public().order_by("slug").values_list("slug", flat=True)),
        "plans": list(city.plans.public().order_by("slug").values_list("slug", flat=True)),
        "declarations": list(city.declarations.public().order_by("slug").values_list("slug", flat=True)),
        "alliances": [_membership(member) for member in memberships],
    }


def _membership(member: Member) -> dict:
    return {
        "alliance": member.alliance.slug,
        "alliance_name": member.alliance.name,
        "as": member.name,
        "kind": member.kind,
        "joined": member.joined,
        "evidence": member.evidence,
        "source": member.source.slug if member.source else None,
        "lines": member.lines,
    }


def with_figures(sets: QuerySet) -> QuerySet:
    """The sets with their `public_figures`, in the order every table of figures has."""
    figures = Figure.objects.filter(hidden=False).select_related("source").in_fixed_order()
    return sets.select_related("source").prefetch_related(
        Prefetch("figures", figures, to_attr="public_figures")
    )


def mark_corrected(figure_sets: list[CityFigures]) -> None:
    """Sets `is_corrected` on each public figure: whether an editor changed it after it was read."""
    figures = figures_of(figure_sets)
    ids = edited(figures)
    for figure in figures:
        figure.is_corrected = figure.pk in ids


def figures_of(figure_sets: list[CityFigures]) -> list[Figure]:
    """The public figures of all the sets."""
    return [figure for each in figure_sets for figure in each.public_figures]


def _rulings_within(figure_sets: list[CityFigures]) -> QuerySet:
    """The public corrections in the lines that sets of figures were read from."""
    within = Q(pk__in=[])
    for each in figure_sets:
        if each.source_id and each.first_line:
            within |= Q(source=each.source_id, first_line__gte=each.first_line, last_line__lte=each.last_line)
    return Ruling.objects.public().filter(within)


def plan_context(plan: Plan, request: HttpRequest) -> dict:
    """Everything the page of a plan shows besides the record itself."""
    parts = _plan_parts(plan)
    targets = Part(parts["targets"], request, "targets", OF_ONE_ARTICLE)
    notes = notes_part(notes_of_document(plan.source), request)
    add_remarks(targets.rows, notes)
    return parts | {"targets": targets, "notes": notes}


def _plan_parts(plan: Plan) -> dict:
    benchmarks = list(plan.benchmarks.public().select_related("source", "city"))
    mark_public_cities(benchmarks)
    return {
        "stages": plan.stages.public().select_related("source"),
        "targets": plan.targets.public().for_lists(),
        "fields_of_action": plan.fields_of_action.public().select_related("source"),
        "benchmarks": benchmarks,
    }


def plan_document(plan: Plan, site: str = "") -> dict:
    """A plan as JSON. Targets come from a room above, and know their own document."""
    parts = _plan_parts(plan)
    return {
        "id": plan.slug,
        "title": plan.title,
        "city": plan.city.name,
        "city_id": plan.city.slug,
        "digest": plan.digest,
        "source": plan.source.slug,
        "author": plan.author,
        "campaigns_announced": plan.campaigns_announced,
        "targets": [target.document(site) for target in parts["targets"]],
        "stages": [_stage_document(stage) for stage in parts["stages"]],
        "fields_of_action": [
            {"heading": f.heading, "digest": f.digest, "lines": f.lines} for f in parts["fields_of_action"]
        ],
        "benchmarks": [_benchmark_document(benchmark) for benchmark in parts["benchmarks"]],
    }


def _stage_document(stage: Stage) -> dict:
    return {
        "number": stage.number,
        "heading": stage.heading,
        "period": stage.period,
        "digest": stage.digest,
        "lines": stage.lines,
    }


def _benchmark_document(benchmark: Benchmark) -> dict:
    city = benchmark.public_city
    return {
        "name": benchmark.name,
        "city": city.name if city else None,
        "city_id": city.slug if city else None,
        "role": benchmark.role,
        "note": benchmark.note,
        "lines": benchmark.lines,
    }


def alliance_context(alliance: Alliance, request: HttpRequest) -> dict:
    """Everything the page of an alliance shows, with how many members of each kind are named."""
    parts = _alliance_parts(alliance)
    roster = progress(parts["members"], parts["reported_counts"])
    members = Part(parts["members"], request, "members", OF_ONE_ARTICLE)
    mark_public_cities(members.rows)
    notes = notes_part(notes_of_document(alliance.source), request)
    add_remarks(parts["reported_counts"], notes)
    return parts | {"members": members, "roster": roster, "notes": notes}


def _alliance_parts(alliance: Alliance) -> dict:
    counts = list(alliance.reported_counts.public().select_related("source"))
    return {
        "members": alliance.members.public().select_related("source"),
        "reported_counts": counts,
        "reported_units": next((count.value for count in counts if count.kind == "units"), None),
        "tasks": alliance.tasks.public().select_related("source"),
        "organisations": alliance.organisations.public().select_related("source"),
    }


def alliance_document(alliance: Alliance) -> dict:
    """An alliance as JSON."""
    parts = _alliance_parts(alliance)
    members = list(parts["members"])
    mark_public_cities(members)
    return {
        "id": alliance.slug,
        "name": alliance.name,
        "founded": alliance.founded,
        "founded_at": alliance.founded_at,
        "digest": alliance.digest,
        "source": alliance.source.slug,
        "tasks": [
            {"number": t.number, "heading": t.heading, "digest": t.digest, "line": t.first_line}
            for t in parts["tasks"]
        ],
        "reported_counts": {count.kind: count.value for count in parts["reported_counts"]},
        "reported_counts_line": parts["reported_counts"][0].lines if parts["reported_counts"] else None,
        "members": [member_document(member) for member in members],
        "member_list_note": alliance.member_list_note,
        "organisations": [
            {"name": o.name, "role": o.role, "note": o.note, "lines": o.lines} for o in parts["organisations"]
        ],
    }
