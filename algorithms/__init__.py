"""All algorithms: module in this folder → class, in the order of the chain."""

ALGORITHMS = {
    "createdemo": "CreateDemo",
    "buildseries": "BuildSeries",
    "maskclouds": "MaskClouds",
    "compositeseries": "CompositeSeries",
    "fillgaps": "FillGaps",
    "smoothseries": "SmoothSeries",
    "resampleseries": "ResampleSeries",
    "spectralindices": "SpectralIndices",
    "temporalmetrics": "TemporalMetrics",
    "prepareseries": "PrepareSeries",
    "plotseries": "PlotSeries",
    "rasterizelabels": "RasterizeLabels",
    "checklabels": "CheckLabels",
    "extractsamples": "ExtractSamples",
    "importsamples": "ImportSamples",
    "labelclusters": "LabelClusters",
    "trainrandomforest": "TrainRandomForest",
    "trainboosting": "TrainBoosting",
    "classifyseries": "ClassifySeries",
}
