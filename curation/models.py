"""What the work of staff keeps."""

from curation.completeness.models import NotPrinted
from curation.desk.models import SavedList
from curation.imports.models import Import, ImportedFile, ImportRow, MadeFrom, SavedColumns
from curation.merging.models import Merging
from curation.nominations.models import DayCount, DaySalt, ErrorReport, Nomination
from curation.workflow.models import Workflow

__all__ = [
    "DayCount",
    "DaySalt",
    "ErrorReport",
    "Import",
    "ImportRow",
    "ImportedFile",
    "MadeFrom",
    "Merging",
    "Nomination",
    "NotPrinted",
    "SavedColumns",
    "SavedList",
    "Workflow",
]
