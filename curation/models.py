"""What the work of staff keeps."""

from curation.completeness.models import NotPrinted
from curation.desk.models import SavedList
from curation.merging.models import Merging

__all__ = ["Merging", "NotPrinted", "SavedList"]
