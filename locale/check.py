"""Holds locale/*/LC_MESSAGES/django.po against the code: names the messages only one of the two has.

Runs `makemessages` in a temporary copy, so nothing here changes. Exits 0 where both agree, 1 where they differ,
2 where GNU gettext is missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
# What a message can stand in; and what is not the catalogue's own, or holds none.
ENDINGS = {".py", ".html", ".txt"}
LEFT_OUT = {".venv", "var", ".git", "locale", "docs", "fixtures", "node_modules", "__pycache__"}


def copy_code(target: Path) -> None:
    """Every file that may hold a message, at the same path below `target`."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        paths = [Path(folder, name) for name in names]
        # A room may have a folder of the same name (sources/fixtures).
        left_out = LEFT_OUT if Path(folder) == ROOT else {"__pycache__"}
        return [
            path.name
            for path in paths
            if path.name in left_out or (path.is_file() and path.suffix not in ENDINGS)
        ]

    shutil.copytree(ROOT, target, ignore=left_out)


def keys(po: polib.POFile) -> set[tuple[str, str, str]]:
    """Context, message and plural of every entry in use."""
    return {(e.msgctxt or "", e.msgid, e.msgid_plural) for e in po if not e.obsolete}


def in_code(language: str) -> set[tuple[str, str, str]]:
    """The messages `makemessages` finds, in a folder it may write to."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        copy_code(copy)
        (copy / "locale").mkdir()
        env = {**os.environ, "CATALOGUE_VAR": folder, "SECRET_KEY": "for reading the code only"}
        command = [sys.executable, "manage.py", "makemessages", "--locale", language, "--no-location"]
        subprocess.run(command, cwd=copy, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        return keys(polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po")))


def said(key: tuple[str, str, str]) -> str:
    context, message, _plural = key
    return f"  {message!r}" + (f" (context {context!r})" if context else "")


def main() -> int:
    if not (shutil.which("xgettext") and shutil.which("msguniq")):
        sys.stderr.write("GNU gettext is missing (xgettext): the translations were not checked.\n")
        return 2
    status = 0
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po")):
        language = path.parent.parent.name
        code, translated = in_code(language), keys(polib.pofile(str(path)))
        for heading, found in (
            ("in the code, not in the .po", code - translated),
            ("in the .po, not in the code", translated - code),
        ):
            if found:
                status = 1
                lines = "\n".join(said(key) for key in sorted(found))
                sys.stderr.write(f"{language}: {heading}:\n{lines}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
