"""What documents of several rooms are made of."""

from __future__ import annotations

from rest_framework.serializers import Serializer

from catalogue.api import schemas as s

LINES = "lines of the source, as 75-79; 83"
SOURCE = "slug of the source document"
FIRST, LAST = "first line in the source", "last line in the source"
EDITOR = "editor: an editor's judgement"


class Sourced(Serializer):
    """Something that rests on lines of a source."""

    source = s.text(SOURCE)
    lines = s.text(LINES)


class Printed(Sourced):
    """The same, with what the lines print."""

    printed = s.text("as the source prints it")
