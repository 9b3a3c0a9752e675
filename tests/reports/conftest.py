"""Reports are asked of the same databases as what they count."""

from tests.storage.conftest import hire, now, store

__all__ = ["hire", "now", "store"]
