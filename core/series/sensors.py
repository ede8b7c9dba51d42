"""What is known of common sensors' files: band names, units, nodata and which bands tell quality.

The same colour has the same variable name for every sensor, so that their images mix. Sources: Sentinel-2 Products
Specification Document 15.0; Landsat Collection 2 Data Format Control Book (LSDS-1328) and Collection 1 (LSDS-1656);
HLS User Guide 2.0; MOD13 User's Guide, Collection 6.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .image_series import DATA, QUALITY

AUTOMATIC, NO_SENSOR = "automatic", "none"


@dataclass(frozen=True)
class SensorBand:
    """One band: ``variable`` is our name, ``names`` the sensor's own; scale and offset turn integers into units."""

    variable: str
    names: tuple[str, ...]
    scale: float = 1.0
    offset: float = 0.0
    nodata: float | None = None
    role: str = DATA


@dataclass(frozen=True)
class Sensor:
    """One kind of product. ``product`` finds it in a file or folder name."""

    name: str
    product: re.Pattern[str]
    bands: tuple[SensorBand, ...]

    def band_named(self, text: str) -> SensorBand | None:
        """The band that a file name, band description or subdataset name ends with or holds as a word."""
        words = re.sub(r"[^A-Z0-9]+", "_", text.upper())
        words = f"_{words.strip('_')}_"
        best: tuple[int, int, SensorBand] | None = None
        for band in self.bands:
            for name in (*band.names, band.variable):
                position = words.rfind(f"_{name.upper()}_")
                # The last word wins, then the longer name: SR_B4 is no B4 of Level 1.
                if position >= 0 and (best is None or (position + len(name), len(name)) > best[:2]):
                    best = (position + len(name), len(name), band)
        return best[2] if best else None


def _sensor(name: str, product: str, *bands: SensorBand) -> Sensor:
    return Sensor(name, re.compile(product, re.IGNORECASE), bands)


def _colors(pairs: str, scale: float, offset: float, nodata: float, prefix: str = "") -> list[SensorBand]:
    """Bands from ``blue=B02=B2 green=B03``, all with one scale, offset and nodata."""
    bands = []
    for pair in pairs.split():
        variable, *names = pair.split("=")
        bands.append(SensorBand(variable, tuple(prefix + name for name in names), scale, offset, nodata))
    return bands


def _quality(variable: str, *names: str, nodata: float | None = None) -> SensorBand:
    return SensorBand(variable, names, nodata=nodata, role=QUALITY)


SENTINEL_2 = _sensor(
    "Sentinel-2",
    r"(?<![A-Z0-9])(S2[A-D]_MSIL|S2[A-D]_T?\d\d[A-Z]{3}_\d{8}|T\d\d[A-Z]{3}_\d{8}T\d{6}|L2A_T\d\d[A-Z]{3}_)",
    *_colors(
        "blue=B02=B2 green=B03=B3 red=B04=B4 rededge1=B05=B5 rededge2=B06=B6 rededge3=B07=B7 nir=B08=B8 nir08=B8A "
        "swir1=B11=swir16 swir2=B12=swir22 coastal=B01=B1 watervapour=B09=B9=nir09 cirrus=B10",
        0.0001,
        0.0,
        0,
    ),
    _quality("scl", "SCL", nodata=0),
)

_LANDSAT_8 = "coastal={0}1 blue={0}2 green={0}3 red={0}4 nir={0}5 swir1={0}6 swir2={0}7"
_LANDSAT_QUALITY = (
    _quality("qa_pixel", "QA_PIXEL", "pixel_qa", nodata=1),
    _quality("bqa", "BQA", nodata=1),
    _quality("qa_radsat", "QA_RADSAT", "radsat_qa"),
    _quality("qa_aerosol", "SR_QA_AEROSOL"),
)
LANDSAT = _sensor(
    "Landsat 8/9",
    r"(?<![A-Z0-9])L[COT]0[89]_L\w{3}_\d{6}_\d{8}|(?<![A-Z0-9])L[COT]8\d{13}",
    *_colors(_LANDSAT_8.format("SR_B"), 0.0000275, -0.2, 0),
    SensorBand("thermal1", ("ST_B10",), 0.00341802, 149.0, 0),
    # Level 1: reflectance at the top of the atmosphere, not corrected for the sun's height; one factor for all scenes.
    *_colors(_LANDSAT_8.format("B"), 0.00002, -0.1, 0),
    *_colors("pan=B8 cirrus=B9", 0.00002, -0.1, 0),
    *_colors("thermal1=B10 thermal2=B11", 1.0, 0.0, 0),  # radiance factors differ by scene: stored numbers are kept
    *_LANDSAT_QUALITY,
)

_FMASK = _quality("fmask", "Fmask", nodata=255)
HLS_LANDSAT = _sensor(
    "HLS",
    r"(?<![A-Z0-9])HLS\.L30\.",
    *_colors("coastal=B01 blue=B02 green=B03 red=B04 nir=B05 swir1=B06 swir2=B07 cirrus=B09", 0.0001, 0.0, -9999),
    *_colors("thermal1=B10 thermal2=B11", 0.01, 0.0, -9999),
    _FMASK,
)
HLS_SENTINEL = _sensor(
    "HLS",
    r"(?<![A-Z0-9])HLS\.S30\.",
    # HLS pairs Landsat's near infrared with Sentinel-2's narrow band 8A.
    *_colors(
        "coastal=B01 blue=B02 green=B03 red=B04 rededge1=B05 rededge2=B06 rededge3=B07 nir_broad=B08 nir=B8A "
        "watervapour=B09 cirrus=B10 swir1=B11 swir2=B12",
        0.0001,
        0.0,
        -9999,
    ),
    _FMASK,
)

MODIS = _sensor(
    "MODIS MOD13Q1",
    r"(?<![A-Z0-9])M[OY]D13Q1",
    *_colors(
        "ndvi=NDVI evi=EVI red=red_reflectance nir=NIR_reflectance blue=blue_reflectance mir=MIR_reflectance",
        0.0001,
        0.0,
        -3000,
    ),
    *(
        SensorBand(name, names, 0.01, 0.0, -10000)
        for name, names in (
            ("view_zenith", ("view_zenith_angle",)),
            ("sun_zenith", ("sun_zenith_angle",)),
            ("relative_azimuth", ("relative_azimuth_angle",)),
        )
    ),
    SensorBand("doy", ("composite_day_of_the_year", "DOY"), nodata=-1),
    _quality("vi_quality", "VI_Quality", nodata=65535),
    _quality("pixel_reliability", "pixel_reliability", "reliability", nodata=-1),
)

SENSORS = (SENTINEL_2, LANDSAT, HLS_LANDSAT, HLS_SENTINEL, MODIS)
CHOICES = (AUTOMATIC, *dict.fromkeys(sensor.name for sensor in SENSORS), NO_SENSOR)

KNOWN_QUALITY = {
    *(band.variable for sensor in SENSORS for band in sensor.bands if band.role == QUALITY),
    *("clm", "clp", "cld", "cloudmask", "cldmsk", "qa", "qa60", "qai", "quality", "mask", "udm", "udm2"),
}
KNOWN_VARIABLES = {
    *(name.lower() for sensor in SENSORS for band in sensor.bands for name in (band.variable, *band.names)),
    *("evi2", "savi", "msavi", "osavi", "ndwi", "ndmi", "ndbi", "nbr", "gndvi", "ndre", "lai", "fapar", "fpar"),
    *("fcover", "lst", "vv", "vh", "hh", "hv", "swir", "rededge", "thermal"),
}

_BASELINE = re.compile(r"_N(\d{4})_")
FIRST_BASELINE_WITH_OFFSET = 400


def sensor_of(choice: str, path: str) -> Sensor | None:
    """The sensor whose product name is in a path, the file name first, then its folders; None if there is none.

    ``choice`` is one of :data:`CHOICES`: a sensor's name takes that one even where the path does not say so.
    """
    if choice == NO_SENSOR:
        return None
    candidates = [sensor for sensor in SENSORS if choice in (AUTOMATIC, sensor.name)]
    for part in reversed(re.split(r"[\\/]", path)):
        for sensor in candidates:
            if sensor.product.search(part):
                return sensor
    return None if choice == AUTOMATIC else candidates[0]


def sentinel_2_offset(path: str) -> float | None:
    """Offset of Sentinel-2 reflectance by the processing baseline in the path; None if the path does not tell.

    From baseline 04.00 (25 January 2022) 1,000 is added to all numbers, so that the offset is -0.1.
    """
    baselines = _BASELINE.findall(path)
    if not baselines:
        return None
    return -0.1 if FIRST_BASELINE_WITH_OFFSET <= int(baselines[-1]) < 9999 else 0.0


def sentinel_2_resolution(path: str) -> int | None:
    """10, 20 or 60 for the copies of one band in a SAFE folder (``…_B02_20m.jp2``); None for other names."""
    match = re.search(r"_(10|20|60)m\.\w+$", path, re.IGNORECASE)
    return int(match.group(1)) if match else None


def variable_order(variables: Sequence[str]) -> list[str]:
    """Variables in the order in which the sensors list theirs; unknown ones after them, as they come."""
    known = {band.variable: index for index, band in enumerate(b for sensor in SENSORS for b in sensor.bands)}
    first = {}
    for index, band in enumerate(b for sensor in SENSORS for b in sensor.bands):
        first.setdefault(band.variable, index)
    return sorted(variables, key=lambda name: first.get(name, len(known) + 1))
