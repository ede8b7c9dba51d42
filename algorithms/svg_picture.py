"""SVG drawings as PNG pictures."""

from qgis.PyQt.QtCore import QByteArray, QRectF, Qt
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

from ..core.errors import ChronocoverError
from ..core.files import atomic_output

SCALE = 2.0  # pixels of the picture for one of the drawing
LARGEST_SIDE = 30000


def write_png(svg, path):
    """Draw SVG markup on white and write it; raises ChronocoverError if the file cannot be written."""
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    size = renderer.defaultSize()
    scale = min(SCALE, LARGEST_SIDE / max(size.width(), size.height(), 1))
    image = QImage(int(size.width() * scale), int(size.height() * scale), QImage.Format.Format_RGB32)
    if image.isNull():
        raise ChronocoverError("The picture does not fit into memory. Plot fewer places or variables.")
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    with atomic_output(path) as target:
        if not image.save(target, "PNG"):
            raise ChronocoverError(f"The picture {path} could not be written. Is there room on the disk?")
