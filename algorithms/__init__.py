"""All algorithms: module in this folder → class, in the order of the chain."""

ALGORITHMS = {
    "createdemo": "CreateDemo",
    "buildseries": "BuildSeries",
    "fillgaps": "FillGaps",
    "smoothseries": "SmoothSeries",
    "resampleseries": "ResampleSeries",
    "rasterizelabels": "RasterizeLabels",
    "checklabels": "CheckLabels",
    "extractsamples": "ExtractSamples",
    "importsamples": "ImportSamples",
    "trainrandomforest": "TrainRandomForest",
    "trainboosting": "TrainBoosting",
    "classifyseries": "ClassifySeries",
}
