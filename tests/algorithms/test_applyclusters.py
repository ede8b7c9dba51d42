"""Assigning a stored clustering to other series, as a user does it."""

import datetime

import numpy as np
import pytest
from clustering_scenes import COLUMNS, ROWS, matches, read, write_curve_series
from linear_model import card_for, weights_for, write_linear_model
from osgeo import gdal
from qgis.core import QgsProcessingException
from scenes import write_raster, write_series
from season_curves import DATES


@pytest.fixture(scope="module")
def clustered(qgis_app, tmp_path_factory):
    """A series, the kind of each pixel, and the results of clustering it."""
    import processing

    folder = tmp_path_factory.mktemp("modèles")
    series, kind = write_curve_series(folder / "série.tif", missing=0.05)
    outputs = {"OUTPUT": str(folder / "c.tif"), "MODEL": str(folder / "c.onnx"), "DISTANCE": str(folder / "d.tif")}
    given = {"SERIES": series, "CLUSTERS": 3, "RADIUS": 1, "SAMPLE_SIZE": 500, "SCALING": "min-max"}
    return series, kind, processing.run("chronocover:clusterseries", {**given, **outputs})


def test_the_same_series_gets_the_same_map(run, clustered, tmp_path):
    series, _, made = clustered
    result = run(
        "applyclusters", SERIES=series, MODEL=made["MODEL"], OUTPUT=str(tmp_path / "c.tif"),
        DISTANCE=str(tmp_path / "d.tif"), PROFILES=str(tmp_path / "p.csv"), PROFILE_LAYER=str(tmp_path / "p.gpkg"),
        REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    assert (read(result["OUTPUT"]) == read(made["OUTPUT"])).all()
    assert np.array_equal(read(result["DISTANCE"]), read(made["DISTANCE"]), equal_nan=True)
    assert result["PIXELS"] == made["PIXELS"] and result["CLUSTERS"] == 3
    assert result["SEASON_START"] == "2021-01-01"
    dataset = gdal.Open(result["OUTPUT"])
    assert len(dataset.GetMetadataItem("CHRONOCOVER_MODEL_SHA256")) == 64


def test_another_year_with_other_dates(run, clustered, tmp_path):
    next_year = [date + datetime.timedelta(days=365 + (i % 3)) for i, date in enumerate(DATES)]
    series, kind = write_curve_series(tmp_path / "next.tif", seed=9, dates=next_year)
    result = run("applyclusters", SERIES=series, MODEL=clustered[2]["MODEL"], OUTPUT=str(tmp_path / "c.tif"))
    assert result["SEASON_START"] == "2022-01-01"
    assert matches(read(result["OUTPUT"]), kind)


def test_a_mask_restricts_it(run, clustered, tmp_path):
    mask = write_raster(tmp_path / "mask.tif", np.repeat([[5], [7]], ROWS // 2, 0).repeat(COLUMNS, 1).astype(np.uint8))
    result = run(
        "applyclusters", SERIES=clustered[0], MODEL=clustered[2]["MODEL"], MASK=mask, CLASS="7",
        OUTPUT=str(tmp_path / "c.tif"),
    )  # fmt: skip
    labels = read(result["OUTPUT"])
    assert (labels[: ROWS // 2] == 0).all() and (labels[ROWS // 2 :] > 0).all()


def test_a_mask_that_leaves_nothing_gives_an_empty_map_and_a_report(run, clustered, tmp_path):
    mask = write_raster(tmp_path / "mask.tif", np.full((ROWS, COLUMNS), 5, np.uint8))
    outputs = {
        name: str(tmp_path / file)
        for name, file in (
            ("OUTPUT", "c.tif"),
            ("REPORT", "r.html"),
            ("PROFILES", "p.csv"),
            ("PROFILE_LAYER", "p.gpkg"),
        )
    }
    result = run("applyclusters", SERIES=clustered[0], MODEL=clustered[2]["MODEL"], MASK=mask, CLASS="7", **outputs)
    assert result["PIXELS"] == 0 and not read(result["OUTPUT"]).any()
    report = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "0.0 ha" in report and "Profiles over time" not in report


def test_what_does_not_fit_is_said(run, clustered, tmp_path):
    model = clustered[2]["MODEL"]
    red = write_series(tmp_path / "red.tif", np.zeros((20, 1, 4, 4), np.float32), DATES, ["red"])
    short = write_series(tmp_path / "short.tif", np.zeros((2, 1, 4, 4), np.float32), DATES[:2], ["ndvi"])
    raw = write_series(tmp_path / "raw.tif", np.full((20, 1, 20, 20), 5000, np.int16), DATES, ["ndvi"])
    classifier = write_linear_model(tmp_path / "m.onnx", card_for(DATES, ["ndvi"]), weights_for(len(DATES), 1, 3))
    for series, which, says in (
        (red, model, "ndvi"),
        (short, model, "does not cover"),
        (raw, model, "another size"),
        (clustered[0], classifier, "not a clustering"),
    ):
        with pytest.raises(QgsProcessingException, match=says):
            run("applyclusters", SERIES=series, MODEL=str(which), OUTPUT=str(tmp_path / "c.tif"))
    assert not (tmp_path / "c.tif").exists()
    result = run("applyclusters", SERIES=raw, MODEL=model, SKIP_UNITS_CHECK=True, OUTPUT=str(tmp_path / "forced.tif"))
    assert result["PIXELS"] == 400


def test_classify_refuses_a_clustering(run, clustered, tmp_path):
    with pytest.raises(QgsProcessingException, match="Assign clusters"):
        run("classifyseries", SERIES=clustered[0], MODEL=clustered[2]["MODEL"], OUTPUT=str(tmp_path / "c.tif"))
