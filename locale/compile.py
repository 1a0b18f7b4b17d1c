"""Compiles locale/*/LC_MESSAGES/*.po to .mo without gettext: `make messages`."""

from pathlib import Path

import polib

for path in Path(__file__).resolve().parent.glob("*/LC_MESSAGES/*.po"):
    polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
