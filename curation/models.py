"""What the work of staff needs kept; each part of the room says its own."""

from curation.workflow.models import Workflow

__all__ = ["Workflow"]
