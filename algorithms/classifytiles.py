"""Classify many tiles: a folder of series, or an index of them, to maps on one legend and a mosaic."""

import json

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import MAPPING, ChronocoverAlgorithm, SeriesDestination, tr
from .computing import device_of
from .tile_parameters import define_tiles, series_of_tiles, validate_tiles


class MosaicDestination(SeriesDestination):
    """A raster destination for a mosaic: a VRT."""

    def createFileFilter(self):
        return "Virtual rasters (*.vrt)"


class ClassifyTiles(ChronocoverAlgorithm):
    """Series of many tiles and a model to maps."""

    NAME = "classifytiles"
    TITLE = "Classify many tiles"
    GROUP = MAPPING
    SUMMARY = "Maps a folder of image time series, or an index of them, with one model, and shows them as one mosaic."
    HELP = """
<p>Classifies one image time series after the other with the same model: the tiles of a country, the fields of a region.
All maps have the model's classes, codes and colours.</p>
<p><b>Needs</b> the series of all tiles, each from <i>Build image time series</i> or <i>Prepare series</i>
(layers of the project, a folder, or a layer whose field names the files, as GDAL's <i>Tile index</i> makes it), and a
model (.onnx). Tiles may lie in several CRS.</p>
<p><b>Gives</b> a map a tile, named like its series, a mosaic that shows all of them as one layer (a VRT, which copies
nothing; where tiles overlap, the later one is seen), and a table of the tiles.</p>
<p>A tile that fails does not stop the others: the log and the table say why. Start again with the same folder to map
only what is missing: maps that this model has already made of an unchanged series are kept. Areas are sums over the
tiles, so what lies in two of them counts twice.</p>
<p><b>Next:</b> style and print the mosaic, or compare it with reference places.</p>
"""
    TAGS = ("batch", "tiles", "sentinel-2", "country", "mosaic", "classification", "map", "tile index", "prediction")
    REQUIRES = ("numpy", "numba", "onnxruntime")
    ON_CLUSTER = True
    ON_DEVICE = True

    def define(self):
        define_tiles(self)
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Model"), extension="onnx"),
            tr("The trained model (.onnx). It carries its classes, variables and dates."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("MASK", tr("Mask"), optional=True),
            tr("Only pixels where this raster is neither 0 nor nodata are mapped. Any grid and CRS will do."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("SEASON", tr("Season"), optional=True),
            tr("Only needed if the series cover several seasons: the year in which it starts, or its first day."),
        )
        self.add(
            QgsProcessingParameterBoolean("CONFIDENCE", tr("Confidence too"), False),
            tr("Also write the probability of the mapped class, NAME_confidence.tif."),
        )
        self.add(
            QgsProcessingParameterBoolean("KEEP_FINISHED", tr("Keep finished maps"), True),
            tr("Leave maps that this model has made before from the same, unchanged series. Else all are made anew."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder of maps")),
            tr("One map a tile is written here."),
        )
        self.add(
            MosaicDestination("MOSAIC", tr("Mosaic"), None, True),
            tr("All maps as one layer; it refers to the maps in their folder."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "TABLE", tr("Table of tiles"), "CSV files (*.csv)", None, True, False
            ),
            tr("A row a tile: map, seconds, hectares of each class, and why it failed."),
        )
        self.addOutput(QgsProcessingOutputNumber("TILES", tr("Mapped tiles, those kept among them")))
        self.addOutput(QgsProcessingOutputNumber("FAILED", tr("Tiles that failed")))
        self.addOutput(QgsProcessingOutputString("CLASS_AREAS", tr("Hectares of each class (JSON)")))

    def validate(self, parameters, context):
        validate_tiles(parameters)

    def compute(self, parameters, context, feedback):
        from ..core.files import check_output_files
        from ..core.mosaic import write_mosaic
        from ..models.mapping import classify_series
        from ..models.session import ModelSession
        from ..models.tiles import FAILED, map_tiles, name_tiles, state_of, write_tile_table

        session = ModelSession.open(self.parameterAsFile(parameters, "MODEL", context))
        legend, season = session.card.legend, self.parameterAsString(parameters, "SEASON", context).strip()
        mask = self.raster_path(parameters, "MASK", context) or ""
        tiles = name_tiles(series_of_tiles(self, parameters, context, feedback))
        provenance = self.provenance(parameters, context)

        def map_tile(tile, files, said, part):
            return classify_series(
                tile.series,
                session.path,
                files,
                mask_path=mask,
                season=season,
                provenance=provenance.with_extra(**said),
                device=device_of(self, parameters, context),
                options=self.engine_options(),
                feedback=part,
            )

        folder, table, mosaic = (self.output_path(parameters, name, context) for name in ("OUTPUT", "TABLE", "MOSAIC"))
        check_output_files([path for path in (table, mosaic) if path], [tile.series for tile in tiles])
        made_with = {
            "model_sha256": session.sha256(),
            "season": season,
            "mask": mask,
            "mask_state": state_of([mask], feedback),
        }
        results = map_tiles(
            tiles,
            folder,
            legend,
            made_with,
            map_tile,
            confidence=self.parameterAsBool(parameters, "CONFIDENCE", context),
            keep_finished=self.parameterAsBool(parameters, "KEEP_FINISHED", context),
            feedback=feedback,
        )
        outputs = {"OUTPUT": folder}
        if table:
            write_tile_table(table, results, legend.names)
            outputs["TABLE"] = table
        failed = [result for result in results if result.status == FAILED]
        reasons = [f"{result.tile.name}: {result.message}" for result in failed]
        if len(failed) == len(results):
            raise ChronocoverError(f"None of the {len(results)} tiles could be mapped. {reasons[0]}")
        if failed:  # again, for the end of a long log is what people look at
            feedback.warning(f"{len(failed)} of {len(results)} tiles failed. Start again to map only those.")
            for reason in reasons:
                feedback.warning(reason)
        if mosaic:
            write_mosaic(mosaic, [result.map for result in results if result.map], legend, provenance)
            outputs["MOSAIC"] = mosaic
            self.show_in_own_style(mosaic, context)
        areas = {name: round(sum(r.class_hectares.get(name, 0) for r in results), 4) for name in legend.names}
        return {
            **outputs,
            "TILES": len(results) - len(failed),
            "FAILED": len(failed),
            "CLASS_AREAS": json.dumps(areas, ensure_ascii=False),
        }
