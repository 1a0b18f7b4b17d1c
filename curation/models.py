"""What the work of staff keeps."""

from curation.completeness.models import NotPrinted
from curation.desk.models import SavedList
from curation.imports.models import Import, ImportedFile, ImportRow, SavedColumns
from curation.merging.models import Merging

__all__ = ["Import", "ImportRow", "ImportedFile", "Merging", "NotPrinted", "SavedColumns", "SavedList"]
