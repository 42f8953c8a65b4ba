"""Whether the embedded database is as this very code prepared it: then a start can leave the preparation out.

The preparation (migrations, code tables, demo) is a Django process of its own, the longest part of a second start.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_NOT_THE_PRODUCT = {"tests", "bench", "docs", "data", "staticfiles"}


def fingerprint(cluster: Path, *, demo: bool, root: Path = ROOT) -> str:
    """Changes with any source file, with the pinned packages, with the cluster, and with the wish for a demo."""
    digest = hashlib.sha256(f"demo={demo}".encode())
    sources = sorted(path for top in _products_folders(root) for path in top.rglob("*.py"))
    for path in (cluster / "PG_VERSION", root / "requirements" / "run.txt", *sources):
        state = path.stat()
        digest.update(f"{path}:{state.st_size}:{state.st_mtime_ns}".encode())
    return digest.hexdigest()


def _products_folders(root: Path) -> list[Path]:
    return [
        path
        for path in root.iterdir()
        if path.is_dir() and path.name not in _NOT_THE_PRODUCT and (path / "__init__.py").exists()
    ]
