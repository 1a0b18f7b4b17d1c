"""The secret key of an installation that was given none."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The key kept in the file, made at the first call; readable by its owner alone."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(64)
    try:
        # Made by whoever comes first: two processes starting together end up with the same key.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
