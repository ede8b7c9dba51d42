"""The science on arrays and rasters, without QGIS."""

from .compiled_code import provide_folder

provide_folder()
