"""Checks that raster inputs can be opened: QGIS calls a damaged file not found, and says nothing at all in a model."""

import os

from qgis.core import QgsProcessing

ARCHIVES = (".zip", ".gz", ".tar", ".tgz")  # which QGIS opens by itself


def check_rasters(algorithm, parameters):
    """Raise ChronocoverError that names a file and GDAL's reason, if a raster input is a file that cannot be opened."""
    from osgeo import gdal

    from ..core.errors import ChronocoverError
    from ..core.rasters import open_quietly

    for definition in algorithm.parameterDefinitions():
        several = definition.type() == "multilayer" and definition.layerType() == QgsProcessing.SourceType.TypeRaster
        if not several and definition.type() != "raster":
            continue
        value = parameters.get(definition.name())
        for path in value if isinstance(value, (list, tuple)) else [value]:
            if not isinstance(path, str) or path.lower().endswith(ARCHIVES):
                continue
            where = f"“{definition.description()}” ({definition.name()})"
            if os.path.isfile(path):
                dataset, reason = open_quietly(path, gdal.OF_RASTER)
                if dataset is None:
                    reason = reason.removeprefix(f"{path}: ") or "it is not a raster that GDAL can read"
                    raise ChronocoverError(f"{where}: cannot open {path}: {reason}. Check that the file is complete.")
            elif several and os.path.isabs(path) and not path.startswith("/vsi"):
                raise ChronocoverError(f"{where}: there is no file {path}. Leave it out, or correct the path.")
