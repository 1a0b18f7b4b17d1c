"""The tables that can be imported, each a declaration: a new one is a module here and a line below."""

from curation.imports.declared import Importer
from curation.imports.tables.cases import CASES
from curation.imports.tables.cities import CITIES, FIGURES
from curation.imports.tables.members import MEMBERS
from curation.imports.tables.outcomes import OUTCOMES
from curation.imports.tables.partners import PARTNERS
from curation.imports.tables.synonyms import SYNONYMS

IMPORTERS: dict[str, Importer] = {
    importer.name: importer for importer in (CASES, CITIES, FIGURES, OUTCOMES, PARTNERS, MEMBERS, SYNONYMS)
}
