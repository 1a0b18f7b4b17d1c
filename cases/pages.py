"""What the page and the JSON of one case show."""

from itertools import pairwise

from django.db.models import QuerySet
from django.http import HttpRequest

from cases.counts import every_case
from cases.glance import glance
from cases.ledger.columns import OUTCOMES
from cases.ledger.of_case import MOST, bars_of, every_outcome_of, groups_of, outcomes_of
from cases.models import CommitmentLink, Initiative, NoveltyClaim, Section
from cases.named.of_case import named_by, named_documents
from cases.related import related_cases
from cases.timeline.strips import Strip, in_order, strip_of
from cities.pages import figures_of, mark_corrected, with_figures
from listing.sorting import text
from search.schema import sort_keys
from sources.models import Ruling
from sources.pages import notes_part, rulings_part
from sources.printed import PrintedTexts
from sources.remarks import add_remarks, notes_of

PARTS = ("theme_links", "goal_links", "novelty_claims", "commitment_links", "milestones")


def sections_of(case: Initiative) -> list[Section]:
    """The public sections in printed order, each with the lines of its own text, without its sub-sections' text.

    `own_first_line` is the line after the heading; both are None where no text is left.
    """
    sections = list(case.sections.filter(hidden=False).select_related("source").order_by("position"))
    for section, following in pairwise([*sections, None]):
        section.kind_labels = [Section.Kind(kind).label for kind in section.kinds]
        section.own_first_line = section.own_last_line = None
        if section.first_line:
            section.own_first_line = section.first_line + 1
            section.own_last_line = section.last_line
            if following and following.level > section.level and following.first_line:
                section.own_last_line = following.first_line - 1
    return sections


def parts_of(case: Initiative) -> dict[str, list]:
    """What hangs on a case and is public, by the name of the relation, each with what is shown of it."""
    related = {
        "theme_links": ["theme"],
        "goal_links": ["goal"],
        "commitment_links": ["article__declaration", "initiative"],
    }
    parts = {}
    for name in PARTS:
        manager = getattr(case, name)
        parts[name] = list(
            manager.filter(manager.model.own_public_q()).select_related("source", *related.get(name, []))
        )
    parts["commitment_links"].sort(key=_by_declaration)
    return parts


def _by_declaration(link: CommitmentLink) -> tuple:
    """The oldest declaration first, as the crosswalk has them."""
    declaration = link.article.declaration
    return declaration.adopted, declaration.slug, link.article.number


def _neighbours(case: Initiative) -> tuple[Initiative | None, Initiative | None]:
    """The public cases before and after this one in the list by title, slugs breaking ties."""
    others = Initiative.objects.public().annotate(key=text("title"))
    key = others.values_list("key", flat=True).get(pk=case.pk)
    found = every_case()
    if found is None:
        return tuple(_neighbour(others, key, case.slug, forward) for forward in (False, True))
    ids = found.around("title", sort_keys(key or "", case.slug)["up"])
    records = others.in_bulk([id for id in ids if id])
    return records.get(ids[0]), records.get(ids[1])


def _neighbour(others: QuerySet, key: str, slug: str, forward: bool) -> Initiative | None:
    """One of them as the database has it, which must look at every case; for while the index is being built."""
    compare, order = ("gt", ("key", "slug")) if forward else ("lt", ("-key", "-slug"))
    same_title = others.filter(**{"key": key, f"slug__{compare}": slug})
    return (others.filter(**{f"key__{compare}": key}) | same_title).order_by(*order).first()


def case_context(case: Initiative, request: HttpRequest) -> dict:
    """Everything the page of a case shows besides the record itself."""
    within = {"source": case.source, "first_line__gte": case.first_line, "last_line__lte": case.last_line}
    is_located = case.source_id and case.first_line
    sets = case.city.figure_sets.public().filter(**within) if is_located else case.city.figure_sets.none()
    rulings = Ruling.objects.public().filter(**within) if is_located else Ruling.objects.none()
    if case.title_line and case.title_from == Initiative.TitleFrom.CONTENTS:
        rulings = rulings | Ruling.objects.public().filter(source=case.source, first_line=case.title_line)
    city_figures = list(with_figures(sets))
    mark_corrected(city_figures)
    previous, following = _neighbours(case)
    outcomes, parts = outcomes_of(case), parts_of(case) | named_by(case)
    remarked = [*figures_of(city_figures), *outcomes, *parts["milestones"], *parts["targets"]]
    strip = _in_time(case, parts)
    add_remarks(remarked, notes_of(Initiative, [case.pk]))
    groups, notes = groups_of(outcomes), notes_part(case.notes.public(), request)
    return {
        **parts,
        "glance": glance(groups, parts | {"notes": notes}),
        "claims_both": {claim.kind for claim in parts["novelty_claims"]} >= NoveltyClaim.BOTH,
        "strip": strip,
        "outcome_groups": groups,
        "bars": bars_of(outcomes),
        "outcomes_go_on": len(outcomes) > MOST,
        "sections": sections_of(case),
        "city_figures": city_figures,
        "rulings": rulings_part(rulings, request),
        "notes": notes,
        "previous": previous,
        "next": following,
        "related": related_cases(case),
    }


def _in_time(case: Initiative, parts: dict[str, list]) -> Strip:
    """The start and the dated facts of a case on a line of years; the facts in `parts` are put in the same order."""
    by_key = {fact.key: fact for fact in parts["milestones"]}
    facts = in_order(case.started, [(fact.key, fact.date, fact.event) for fact in parts["milestones"]])
    parts["milestones"] = [by_key[fact.key] for fact in facts if not fact.is_start]
    return strip_of(facts)


def _located(record) -> dict:
    return {
        "source": record.source.slug if record.source else None,
        "lines": record.lines,
        "printed": record.printed,
    }


def case_document(case: Initiative, site: str = "") -> dict:
    """The parts of a case for its JSON, to stand behind the columns of the list."""
    parts, texts = parts_of(case), PrintedTexts()
    return {
        "lead": {
            "digest": case.lead_digest,
            "first_line": case.lead_first_line,
            "last_line": case.lead_last_line,
        },
        "sections": [_section_document(case, section, texts) for section in sections_of(case)],
        "start": {"date": case.started, "lines": case.started_lines, "reason": case.started_reason},
        "theme_reasons": [
            {"theme": link.theme.slug, "reason": link.reason, "lines": link.lines, "judged_by": "editor"}
            for link in parts["theme_links"]
        ],
        "goal_reasons": [
            {"goal": link.goal.number, "basis": link.basis, "reason": link.reason, "lines": link.lines}
            for link in parts["goal_links"]
        ],
        "novelty_claims": [
            {"kind": claim.kind, "said_by": claim.said_by, "reason": claim.reason, **_located(claim)}
            for claim in parts["novelty_claims"]
        ],
        "answers": [_answer_document(link) for link in parts["commitment_links"]],
        "milestones": [
            {"date": fact.date, "event": fact.event, **_located(fact)} for fact in parts["milestones"]
        ],
        "outcomes": [OUTCOMES.document(outcome, site) for outcome in every_outcome_of(case)],
        "notes": [note.document(site) for note in case.notes.public().for_lists()],
        **named_documents(case, site),
    }


def _answer_document(link: CommitmentLink) -> dict:
    return {
        "declaration": link.article.declaration.slug,
        "article": link.article.number,
        "article_heading": link.article.heading,
        "basis": link.basis,
        "reason": link.reason,
        "source": link.source.slug if link.source else None,
        "lines": link.lines,
        "editor": link.judged_by,
    }


def _section_document(case: Initiative, section: Section, texts: PrintedTexts) -> dict:
    document = {
        "key": section.key,
        "heading": section.heading,
        "kind": section.kind,
        "kinds": section.kinds,
        "level": section.level,
        "digest": section.digest,
        "first_line": section.first_line,
        "last_line": section.last_line,
    }
    if section.first_line:
        passage = texts.passage(section.source, section.first_line + 1, section.last_line)
        if passage:
            document["text"] = "\n".join(passage)
    return document
