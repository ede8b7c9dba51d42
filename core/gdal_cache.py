"""GDAL's block cache during a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from osgeo import gdal

_cache_lock = threading.Lock()
_cache_users = 0
_cache_before = 0


@contextmanager
def limited_gdal_cache(size: int) -> Iterator[None]:
    """Keep GDAL's block cache, which belongs to the whole process, at ``size`` bytes for a while.

    Blocks pass through it once, so a large one (5 % of RAM by default) only adds to the budget. The last of several
    runs that overlap puts the user's own value back.
    """
    global _cache_users, _cache_before
    with _cache_lock:
        if _cache_users == 0:
            _cache_before = gdal.GetCacheMax()
            gdal.SetCacheMax(min(size, _cache_before))
        else:
            gdal.SetCacheMax(min(max(size, gdal.GetCacheMax()), _cache_before))
        _cache_users += 1
    try:
        yield
    finally:
        with _cache_lock:
            _cache_users -= 1
            if _cache_users == 0:
                gdal.SetCacheMax(_cache_before)
