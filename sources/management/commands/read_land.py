"""Makes maps/data/ anew: the land of the maps, from Natural Earth, in two levels of detail.

FOLDER is that of the npm package `world-atlas` (`npm pack world-atlas@2.0.2`, unpacked), with land-110m.json and
land-50m.json. Which version, of whom, and the digests of what is read stand in data/open-data/land.toml: another one
is refused until it is brought up to date there.
"""

import hashlib
import json
import tomllib
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from maps import land, making
from sources.reading.data import DATA


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="the package, unpacked")

    def handle(self, *, folder: Path, **options):
        described = tomllib.loads((DATA / "open-data" / "land.toml").read_text(encoding="utf-8"))
        for level in described["levels"]:
            read = (folder / level["file"]).read_bytes()
            if hashlib.sha256(read).hexdigest() != level["sha256"]:
                raise CommandError(f"{level['file']} is not the one of land.toml: its checksum differs.")
            made = _made(json.loads(read), level["tolerance"])
            (land.DATA / level["made"]).write_text(made, encoding="ascii")
            digest = hashlib.sha256(made.encode()).hexdigest()
            self.stdout.write(f"{level['made']}: {made.count(chr(10))} rings, sha256 {digest}")


def _made(topology: dict, tolerance: float) -> str:
    simple = (making.simplified(ring, tolerance) for ring in making.rings(topology))
    return "".join(f"{making.written(ring)}\n" for ring in simple if ring)
