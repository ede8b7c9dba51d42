<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>Chronocover</name>
    <message>
        <source>Create demo scene</source>
        <extracomment>title of createdemo</extracomment>
        <translation>Créer une scène de démonstration</translation>
    </message>
    <message>
        <source>Build image time series</source>
        <extracomment>title of buildseries</extracomment>
        <translation>Construire une série temporelle d'images</translation>
    </message>
    <message>
        <source>Mask clouds</source>
        <extracomment>title of maskclouds</extracomment>
        <translation>Masquer les nuages</translation>
    </message>
    <message>
        <source>Composite</source>
        <extracomment>title of compositeseries</extracomment>
        <translation>Composite temporel</translation>
    </message>
    <message>
        <source>Fill gaps</source>
        <extracomment>title of fillgaps</extracomment>
        <translation>Combler les lacunes</translation>
    </message>
    <message>
        <source>Smooth</source>
        <extracomment>title of smoothseries</extracomment>
        <translation>Lisser</translation>
    </message>
    <message>
        <source>Resample dates</source>
        <extracomment>title of resampleseries</extracomment>
        <translation>Rééchantillonner les dates</translation>
    </message>
    <message>
        <source>Spectral indices</source>
        <extracomment>title of spectralindices</extracomment>
        <translation>Indices spectraux</translation>
    </message>
    <message>
        <source>Temporal statistics and phenology</source>
        <extracomment>title of temporalmetrics</extracomment>
        <translation>Statistiques temporelles et phénologie</translation>
    </message>
    <message>
        <source>Prepare series</source>
        <extracomment>title of prepareseries</extracomment>
        <translation>Préparer une série</translation>
    </message>
    <message>
        <source>Plot a place</source>
        <extracomment>title of plotseries</extracomment>
        <translation>Tracer les courbes d'un lieu</translation>
    </message>
    <message>
        <source>Rasterize labels</source>
        <extracomment>title of rasterizelabels</extracomment>
        <translation>Rastériser les étiquettes</translation>
    </message>
    <message>
        <source>Check rasterized labels</source>
        <extracomment>title of checklabels</extracomment>
        <translation>Vérifier les étiquettes rastérisées</translation>
    </message>
    <message>
        <source>Extract samples</source>
        <extracomment>title of extractsamples</extracomment>
        <translation>Extraire des échantillons</translation>
    </message>
    <message>
        <source>Import samples</source>
        <extracomment>title of importsamples</extracomment>
        <translation>Importer des échantillons</translation>
    </message>
    <message>
        <source>Check samples for wrong classes</source>
        <extracomment>title of checksamples</extracomment>
        <translation>Vérifier les classes des échantillons</translation>
    </message>
    <message>
        <source>Quick look clusters</source>
        <extracomment>title of quickclusters</extracomment>
        <translation>Aperçu rapide par groupes</translation>
    </message>
    <message>
        <source>Cluster image time series</source>
        <extracomment>title of clusterseries</extracomment>
        <translation>Regrouper une série temporelle d'images</translation>
    </message>
    <message>
        <source>Cluster samples</source>
        <extracomment>title of clustersamples</extracomment>
        <translation>Regrouper des échantillons</translation>
    </message>
    <message>
        <source>Search clusterings</source>
        <extracomment>title of clustergridsearch</extracomment>
        <translation>Comparer des regroupements</translation>
    </message>
    <message>
        <source>Assign clusters</source>
        <extracomment>title of applyclusters</extracomment>
        <translation>Affecter aux groupes</translation>
    </message>
    <message>
        <source>Name clusters</source>
        <extracomment>title of labelclusters</extracomment>
        <translation>Nommer les groupes</translation>
    </message>
    <message>
        <source>Train random forest</source>
        <extracomment>title of trainrandomforest</extracomment>
        <translation>Entraîner une forêt aléatoire</translation>
    </message>
    <message>
        <source>Train gradient boosting</source>
        <extracomment>title of trainboosting</extracomment>
        <translation>Entraîner un gradient boosting</translation>
    </message>
    <message>
        <source>Train extremely randomised trees</source>
        <extracomment>title of trainextratrees</extracomment>
        <translation>Entraîner des arbres extrêmement aléatoires</translation>
    </message>
    <message>
        <source>Train support vector machine</source>
        <extracomment>title of trainsvm</extracomment>
        <translation>Entraîner une machine à vecteurs de support</translation>
    </message>
    <message>
        <source>Train multilayer perceptron</source>
        <extracomment>title of trainmlp</extracomment>
        <translation>Entraîner un perceptron multicouche</translation>
    </message>
    <message>
        <source>Train k nearest neighbours</source>
        <extracomment>title of trainknn</extracomment>
        <translation>Entraîner les k plus proches voisins</translation>
    </message>
    <message>
        <source>Train MiniRocket</source>
        <extracomment>title of trainminirocket</extracomment>
        <translation>Entraîner MiniRocket</translation>
    </message>
    <message>
        <source>Train intervals (QUANT)</source>
        <extracomment>title of trainintervals</extracomment>
        <translation>Entraîner par intervalles (QUANT)</translation>
    </message>
    <message>
        <source>Train TempCNN</source>
        <extracomment>title of traintempcnn</extracomment>
        <translation>Entraîner TempCNN</translation>
    </message>
    <message>
        <source>Train InceptionTime</source>
        <extracomment>title of traininception</extracomment>
        <translation>Entraîner InceptionTime</translation>
    </message>
    <message>
        <source>Train LSTM</source>
        <extracomment>title of trainlstm</extracomment>
        <translation>Entraîner un LSTM</translation>
    </message>
    <message>
        <source>Train temporal attention</source>
        <extracomment>title of trainattention</extracomment>
        <translation>Entraîner une attention temporelle</translation>
    </message>
    <message>
        <source>Combine models</source>
        <extracomment>title of ensemblemodels</extracomment>
        <translation>Combiner des modèles</translation>
    </message>
    <message>
        <source>Describe a foreign model</source>
        <extracomment>title of describemodel</extracomment>
        <translation>Décrire un modèle d'une autre provenance</translation>
    </message>
    <message>
        <source>Test model on samples</source>
        <extracomment>title of evaluatemodel</extracomment>
        <translation>Tester un modèle sur des échantillons</translation>
    </message>
    <message>
        <source>Compare classifiers</source>
        <extracomment>title of comparemodels</extracomment>
        <translation>Comparer des classifieurs</translation>
    </message>
    <message>
        <source>Show model information</source>
        <extracomment>title of modelinfo</extracomment>
        <translation>Afficher les informations d'un modèle</translation>
    </message>
    <message>
        <source>Classify image time series</source>
        <extracomment>title of classifyseries</extracomment>
        <translation>Classer une série temporelle d'images</translation>
    </message>
    <message>
        <source>Classify many tiles</source>
        <extracomment>title of classifytiles</extracomment>
        <translation>Classer de nombreuses tuiles</translation>
    </message>
    <message>
        <source>Classify new cloudy images</source>
        <extracomment>title of classifynewcloudyimages</extracomment>
        <translation>Classer de nouvelles images nuageuses</translation>
    </message>
    <message>
        <source>Classify new images</source>
        <extracomment>title of classifynewimages</extracomment>
        <translation>Classer de nouvelles images</translation>
    </message>
    <message>
        <source>Cloudy images and labels to map</source>
        <extracomment>title of cloudyimagesandlabelstomap</extracomment>
        <translation>Des images nuageuses et des étiquettes à la carte</translation>
    </message>
    <message>
        <source>Images and labels to map</source>
        <extracomment>title of imagesandlabelstomap</extracomment>
        <translation>Des images et des étiquettes à la carte</translation>
    </message>
    <message>
        <source>First steps</source>
        <extracomment>group of createdemo</extracomment>
        <translation>Premiers pas</translation>
    </message>
    <message>
        <source>Image time series</source>
        <extracomment>group of buildseries</extracomment>
        <translation>Série temporelle d'images</translation>
    </message>
    <message>
        <source>Labels and samples</source>
        <extracomment>group of rasterizelabels</extracomment>
        <translation>Étiquettes et échantillons</translation>
    </message>
    <message>
        <source>Clustering</source>
        <extracomment>group of quickclusters</extracomment>
        <translation>Classification non supervisée</translation>
    </message>
    <message>
        <source>Training</source>
        <extracomment>group of trainrandomforest</extracomment>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Mapping</source>
        <extracomment>group of classifyseries</extracomment>
        <translation>Cartographie</translation>
    </message>
    <message>
        <source>Workflows</source>
        <extracomment>group of classifynewcloudyimages</extracomment>
        <translation>Chaînes de traitement</translation>
    </message>
    <message>
        <source>Makes a small landscape with cloudy images of one season, labelled polygons and the true map.</source>
        <extracomment>summary of createdemo</extracomment>
        <translation>Crée un petit paysage avec les images nuageuses d'une saison, des polygones étiquetés et la vraie carte.</translation>
    </message>
    <message>
        <source>Makes one image time series from dated images in any mixture.</source>
        <extracomment>summary of buildseries</extracomment>
        <translation>Réunit des images datées, de toute provenance, en une seule série temporelle d'images.</translation>
    </message>
    <message>
        <source>Makes clouded observations missing, by the quality band of the images, and reports what stays clear.</source>
        <extracomment>summary of maskclouds</extracomment>
        <translation>Retire les observations nuageuses d'après la bande de qualité des images et indique ce qui reste clair.</translation>
    </message>
    <message>
        <source>Makes one image for each month or other period from the clear observations within it.</source>
        <extracomment>summary of compositeseries</extracomment>
        <translation>Crée une image par mois, ou par autre période, à partir des observations claires qu'elle contient.</translation>
    </message>
    <message>
        <source>Fills missing values of a series, such as masked clouds, from the observations before and after them.</source>
        <extracomment>summary of fillgaps</extracomment>
        <translation>Comble les valeurs manquantes d'une série, comme les nuages masqués, à partir des observations qui les encadrent.</translation>
    </message>
    <message>
        <source>Smooths a series in time with Savitzky-Golay, Whittaker or a moving median.</source>
        <extracomment>summary of smoothseries</extracomment>
        <translation>Lisse une série dans le temps par Savitzky-Golay, Whittaker ou médiane mobile.</translation>
    </message>
    <message>
        <source>Brings a series onto other dates: every n days, a list, those of another series or of a model.</source>
        <extracomment>summary of resampleseries</extracomment>
        <translation>Ramène une série à d'autres dates : tous les n jours, une liste, celles d'une autre série ou d'un modèle.</translation>
    </message>
    <message>
        <source>Computes NDVI, EVI and hundreds of other indices, or your own formulas, for every date of a series.</source>
        <extracomment>summary of spectralindices</extracomment>
        <translation>Calcule le NDVI, l'EVI et des centaines d'autres indices, ou vos propres formules, à chaque date d'une série.</translation>
    </message>
    <message>
        <source>Describes each pixel's curve by numbers: mean, range, percentiles, start, peak and end of the season.</source>
        <extracomment>summary of temporalmetrics</extracomment>
        <translation>Résume la courbe de chaque pixel en chiffres : moyenne, étendue, percentiles, début, pic et fin de saison.</translation>
    </message>
    <message>
        <source>Masks clouds, makes dates regular, fills gaps, smooths and adds indices, all in one pass.</source>
        <extracomment>summary of prepareseries</extracomment>
        <translation>Masque les nuages, régularise les dates, comble les lacunes, lisse et ajoute des indices, le tout en un seul passage.</translation>
    </message>
    <message>
        <source>Draws the values of points or polygons over time: raw, masked and prepared, with their class.</source>
        <extracomment>summary of plotseries</extracomment>
        <translation>Trace l'évolution de points ou de polygones dans le temps : valeurs brutes, masquées et préparées, avec leur classe.</translation>
    </message>
    <message>
        <source>Turns labelled points or polygons into a class raster on the grid of the images.</source>
        <extracomment>summary of rasterizelabels</extracomment>
        <translation>Convertit des points ou polygones étiquetés en un raster de classes sur la grille des images.</translation>
    </message>
    <message>
        <source>Counts pixels, features and hectares of each class of a label raster, and finds labels that were lost.</source>
        <extracomment>summary of checklabels</extracomment>
        <translation>Compte les pixels, les entités et les hectares de chaque classe d'un raster d'étiquettes et trouve les étiquettes perdues.</translation>
    </message>
    <message>
        <source>Takes the time series of labelled pixels as samples to train a model on.</source>
        <extracomment>summary of extractsamples</extracomment>
        <translation>Prélève les séries temporelles des pixels étiquetés comme échantillons pour entraîner un modèle.</translation>
    </message>
    <message>
        <source>Reads labelled time series from CSV files as samples to train a model on.</source>
        <extracomment>summary of importsamples</extracomment>
        <translation>Lit des séries temporelles étiquetées dans des fichiers CSV comme échantillons pour entraîner un modèle.</translation>
    </message>
    <message>
        <source>Finds samples that are likely mislabelled, marks them in the layer, and suggests the class that fits.</source>
        <extracomment>summary of checksamples</extracomment>
        <translation>Trouve les échantillons probablement mal étiquetés, les marque dans la couche et propose la classe qui convient.</translation>
    </message>
    <message>
        <source>Groups the pixels of one image by the values of its bands: a first map in seconds, without training.</source>
        <extracomment>summary of quickclusters</extracomment>
        <translation>Regroupe les pixels d'une image selon les valeurs de ses bandes : une première carte en quelques secondes, sans entraînement.</translation>
    </message>
    <message>
        <source>Groups pixels by their course over time, without labels: map, model, profiles and hectares.</source>
        <extracomment>summary of clusterseries</extracomment>
        <translation>Regroupe les pixels selon leur évolution dans le temps, sans étiquettes : carte, modèle, profils et hectares.</translation>
    </message>
    <message>
        <source>Groups samples by their course over time, and shows which classes each group holds.</source>
        <extracomment>summary of clustersamples</extracomment>
        <translation>Regroupe des échantillons selon leur évolution dans le temps et montre les classes que contient chaque groupe.</translation>
    </message>
    <message>
        <source>Compares methods, bands and numbers of clusters on a sample, and gives the settings of the best.</source>
        <extracomment>summary of clustergridsearch</extracomment>
        <translation>Compare des méthodes, des bandes et des nombres de groupes sur un échantillon et donne les meilleurs réglages.</translation>
    </message>
    <message>
        <source>Assigns the pixels of an image time series to the clusters that were found in another one.</source>
        <extracomment>summary of applyclusters</extracomment>
        <translation>Affecte les pixels d'une série temporelle d'images aux groupes trouvés dans une autre.</translation>
    </message>
    <message>
        <source>Turns clusters into named classes, by a table or by what most labels in each cluster say.</source>
        <extracomment>summary of labelclusters</extracomment>
        <translation>Transforme les groupes en classes nommées, par une table ou par les étiquettes majoritaires de chaque groupe.</translation>
    </message>
    <message>
        <source>Learns a random forest from samples, validates it without leaks and writes one portable model file.</source>
        <extracomment>summary of trainrandomforest</extracomment>
        <translation>Entraîne une forêt aléatoire sur des échantillons, la valide sans fuite de données et écrit un seul fichier de modèle portable.</translation>
    </message>
    <message>
        <source>Learns gradient boosted trees from samples, validates them without leaks and writes one portable model.</source>
        <extracomment>summary of trainboosting</extracomment>
        <translation>Entraîne des arbres par gradient boosting sur des échantillons, les valide sans fuite de données et écrit un seul modèle portable.</translation>
    </message>
    <message>
        <source>Learns extremely randomised trees from samples, validates them without leaks and writes one model file.</source>
        <extracomment>summary of trainextratrees</extracomment>
        <translation>Entraîne des arbres extrêmement aléatoires sur des échantillons, les valide sans fuite de données et écrit un seul fichier de modèle.</translation>
    </message>
    <message>
        <source>Learns a support vector machine from samples, validates it without leaks and writes one model file.</source>
        <extracomment>summary of trainsvm</extracomment>
        <translation>Entraîne une machine à vecteurs de support sur des échantillons, la valide sans fuite de données et écrit un seul fichier de modèle.</translation>
    </message>
    <message>
        <source>Learns a small neural network from samples, validates it without leaks and writes one small model file.</source>
        <extracomment>summary of trainmlp</extracomment>
        <translation>Entraîne un petit réseau de neurones sur des échantillons, le valide sans fuite de données et écrit un seul petit fichier de modèle.</translation>
    </message>
    <message>
        <source>Makes a model of the samples themselves: each pixel gets the class of those most like it.</source>
        <extracomment>summary of trainknn</extracomment>
        <translation>Fait des échantillons eux-mêmes un modèle : chaque pixel reçoit la classe de ceux qui lui ressemblent le plus.</translation>
    </message>
    <message>
        <source>Learns from the shape of series with MiniRocket's kernels, validates without leaks and writes one model.</source>
        <extracomment>summary of trainminirocket</extracomment>
        <translation>Apprend la forme des séries avec les noyaux de MiniRocket, valide sans fuite de données et écrit un seul modèle.</translation>
    </message>
    <message>
        <source>Learns from quantiles of parts of the season with QUANT, validates without leaks and writes one model.</source>
        <extracomment>summary of trainintervals</extracomment>
        <translation>Apprend les quantiles des parties de la saison avec QUANT, valide sans fuite de données et écrit un seul modèle.</translation>
    </message>
    <message>
        <source>Learns a temporal convolutional network from samples, validates it without leaks and writes one model.</source>
        <extracomment>summary of traintempcnn</extracomment>
        <translation>Entraîne un réseau à convolutions temporelles sur des échantillons, le valide sans fuite et écrit un seul modèle.</translation>
    </message>
    <message>
        <source>Learns several InceptionTime or LITE networks from samples, validates without leaks and writes one model.</source>
        <extracomment>summary of traininception</extracomment>
        <translation>Entraîne plusieurs réseaux InceptionTime ou LITE sur des échantillons, valide sans fuite et écrit un seul modèle.</translation>
    </message>
    <message>
        <source>Learns a recurrent neural network from samples, on request with the pixels around each, and writes one model.</source>
        <extracomment>summary of trainlstm</extracomment>
        <translation>Entraîne un réseau de neurones récurrent sur des échantillons, au besoin avec les pixels alentour, et écrit un seul modèle.</translation>
    </message>
    <message>
        <source>Learns which dates matter to which class (L-TAE) from samples, and writes one model file.</source>
        <extracomment>summary of trainattention</extracomment>
        <translation>Apprend sur des échantillons quelles dates comptent pour quelle classe (L-TAE), et écrit un seul fichier de modèle.</translation>
    </message>
    <message>
        <source>Makes one model file of several, which averages their probabilities.</source>
        <extracomment>summary of ensemblemodels</extracomment>
        <translation>Réunit plusieurs modèles en un seul fichier, qui fait la moyenne de leurs probabilités.</translation>
    </message>
    <message>
        <source>Gives an ONNX model of another program a model card, so that all other steps can use it.</source>
        <extracomment>summary of describemodel</extracomment>
        <translation>Donne une fiche à un modèle ONNX d'un autre programme, pour que toutes les autres étapes puissent l'utiliser.</translation>
    </message>
    <message>
        <source>Tests a finished model on samples that it has not learnt from, and reports how right it is and where.</source>
        <extracomment>summary of evaluatemodel</extracomment>
        <translation>Teste un modèle terminé sur des échantillons étrangers à son entraînement et indique à quel point, et où, il a raison.</translation>
    </message>
    <message>
        <source>Trains several families of classifiers on the same folds, and says which is best, and if by chance.</source>
        <extracomment>summary of comparemodels</extracomment>
        <translation>Entraîne plusieurs familles de classifieurs sur les mêmes plis, et dit laquelle est la meilleure, et si c'est par hasard.</translation>
    </message>
    <message>
        <source>Reads the card inside a model file: classes, variables, dates, accuracy, settings and origin.</source>
        <extracomment>summary of modelinfo</extracomment>
        <translation>Lit la fiche contenue dans un fichier de modèle : classes, variables, dates, exactitude, réglages et origine.</translation>
    </message>
    <message>
        <source>Makes a class map, and if wanted its probabilities, from an image time series and a trained model.</source>
        <extracomment>summary of classifyseries</extracomment>
        <translation>Produit une carte de classes et, au besoin, ses probabilités, à partir d'une série temporelle d'images et d'un modèle entraîné.</translation>
    </message>
    <message>
        <source>Maps a folder of image time series, or an index of them, with one model, and shows them as one mosaic.</source>
        <extracomment>summary of classifytiles</extracomment>
        <translation>Cartographie un dossier de séries temporelles d'images, ou un index de celles-ci, avec un seul modèle, et les montre en une mosaïque.</translation>
    </message>
    <message>
        <source>Maps other cloudy images, of another year or another place, with a model that was trained before: builds the image time series, masks the clouds and fills the gaps as “Cloudy images and labels to map” does, matches variables by name and dates by season, and classifies every pixel. Choose the same indices as for the model; the dates may differ.</source>
        <extracomment>summary of classifynewcloudyimages</extracomment>
        <translation>Cartographie d'autres images nuageuses, d'une autre année ou d'un autre lieu, avec un modèle déjà entraîné : construit la série temporelle d'images, masque les nuages et comble les lacunes comme « Des images nuageuses et des étiquettes à la carte », associe les variables par leur nom et les dates par la saison, et classe chaque pixel. Choisissez les mêmes indices que pour le modèle ; les dates peuvent différer.</translation>
    </message>
    <message>
        <source>Maps other images, of another year or another place, with a model that was trained before: builds the image time series, matches variables by name and dates by season, and classifies every pixel.</source>
        <extracomment>summary of classifynewimages</extracomment>
        <translation>Cartographie d'autres images, d'une autre année ou d'un autre lieu, avec un modèle déjà entraîné : construit la série temporelle d'images, associe les variables par leur nom et les dates par la saison, et classe chaque pixel.</translation>
    </message>
    <message>
        <source>From dated, cloudy satellite images with a quality band and a few labelled points or polygons to a land-cover map in one run: builds the image time series, masks the clouds, brings it onto regular dates without gaps, extracts training samples, trains a random forest, validates it without leaks between neighbouring pixels of one field, and classifies every pixel. Keep the model file to map other years with “Classify new cloudy images”.</source>
        <extracomment>summary of cloudyimagesandlabelstomap</extracomment>
        <translation>Des images satellite datées et nuageuses, avec une bande de qualité, et de quelques points ou polygones étiquetés à une carte d'occupation du sol, en une seule exécution : construit la série temporelle d'images, masque les nuages, la ramène à des dates régulières sans lacunes, extrait des échantillons d'entraînement, entraîne une forêt aléatoire, la valide sans fuite entre pixels voisins d'une même parcelle et classe chaque pixel. Conservez le fichier du modèle pour cartographier d'autres années avec « Classer de nouvelles images nuageuses ».</translation>
    </message>
    <message>
        <source>From dated satellite images and a few labelled points or polygons to a land-cover map in one run: builds the image time series, extracts training samples, trains a random forest, validates it without leaks between neighbouring pixels of one field, and classifies every pixel. Read the training report before you trust the map; keep the model file to map other years.</source>
        <extracomment>summary of imagesandlabelstomap</extracomment>
        <translation>Des images satellite datées et de quelques points ou polygones étiquetés à une carte d'occupation du sol, en une seule exécution : construit la série temporelle d'images, extrait des échantillons d'entraînement, entraîne une forêt aléatoire, la valide sans fuite entre pixels voisins d'une même parcelle et classe chaque pixel. Lisez le rapport d'entraînement avant de vous fier à la carte ; conservez le fichier du modèle pour cartographier d'autres années.</translation>
    </message>
    <message>
        <source>Size in pixels of 10 m</source>
        <extracomment>label of createdemo SIZE</extracomment>
        <translation>Taille en pixels de 10 m</translation>
    </message>
    <message>
        <source>Number of dates</source>
        <extracomment>label of createdemo DATES</extracomment>
        <translation>Nombre de dates</translation>
    </message>
    <message>
        <source>Year</source>
        <extracomment>label of createdemo YEAR</extracomment>
        <translation>Année</translation>
    </message>
    <message>
        <source>Clouds (%)</source>
        <extracomment>label of createdemo CLOUDS</extracomment>
        <translation>Nuages (%)</translation>
    </message>
    <message>
        <source>Seed</source>
        <extracomment>label of createdemo SEED</extracomment>
        <translation>Graine aléatoire</translation>
    </message>
    <message>
        <source>Folder of the demo scene</source>
        <extracomment>label of createdemo OUTPUT</extracomment>
        <translation>Dossier de la scène de démonstration</translation>
    </message>
    <message>
        <source>Folder of the images</source>
        <extracomment>label of createdemo IMAGES</extracomment>
        <translation>Dossier des images</translation>
    </message>
    <message>
        <source>Labels</source>
        <extracomment>label of createdemo LABELS</extracomment>
        <translation>Étiquettes</translation>
    </message>
    <message>
        <source>True map</source>
        <extracomment>label of createdemo TRUTH</extracomment>
        <translation>Vraie carte</translation>
    </message>
    <message>
        <source>Number of images</source>
        <extracomment>label of createdemo IMAGES_COUNT</extracomment>
        <translation>Nombre d'images</translation>
    </message>
    <message>
        <source>Number of labelled polygons</source>
        <extracomment>label of createdemo LABELS_COUNT</extracomment>
        <translation>Nombre de polygones étiquetés</translation>
    </message>
    <message>
        <source>Image layers</source>
        <extracomment>label of buildseries LAYERS</extracomment>
        <translation>Couches d'images</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <extracomment>label of buildseries FOLDER</extracomment>
        <translation>Dossier d'images</translation>
    </message>
    <message>
        <source>File pattern in the folder</source>
        <extracomment>label of buildseries PATTERN</extracomment>
        <translation>Motif des noms de fichiers du dossier</translation>
    </message>
    <message>
        <source>Table of images</source>
        <extracomment>label of buildseries TABLE</extracomment>
        <translation>Table des images</translation>
    </message>
    <message>
        <source>Sensor</source>
        <extracomment>label of buildseries SENSOR</extracomment>
        <translation>Capteur</translation>
    </message>
    <message>
        <source>Names of variables</source>
        <extracomment>label of buildseries VARIABLES</extracomment>
        <translation>Noms des variables</translation>
    </message>
    <message>
        <source>Variables to keep</source>
        <extracomment>label of buildseries KEEP</extracomment>
        <translation>Variables à conserver</translation>
    </message>
    <message>
        <source>Quality variables</source>
        <extracomment>label of buildseries QUALITY</extracomment>
        <translation>Variables de qualité</translation>
    </message>
    <message>
        <source>First day</source>
        <extracomment>label of buildseries START</extracomment>
        <translation>Premier jour</translation>
    </message>
    <message>
        <source>Last day</source>
        <extracomment>label of buildseries END</extracomment>
        <translation>Dernier jour</translation>
    </message>
    <message>
        <source>Regular expression for the date</source>
        <extracomment>label of buildseries DATE_REGEX</extracomment>
        <translation>Expression régulière de la date</translation>
    </message>
    <message>
        <source>Scale</source>
        <extracomment>label of buildseries SCALE</extracomment>
        <translation>Facteur d'échelle</translation>
    </message>
    <message>
        <source>Offset</source>
        <extracomment>label of buildseries OFFSET</extracomment>
        <translation>Décalage</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <extracomment>label of buildseries NODATA</extracomment>
        <translation>Valeur nodata</translation>
    </message>
    <message>
        <source>Pixel grid</source>
        <extracomment>label of buildseries GRID</extracomment>
        <translation>Grille de pixels</translation>
    </message>
    <message>
        <source>Reference layer</source>
        <extracomment>label of buildseries REFERENCE</extracomment>
        <translation>Couche de référence</translation>
    </message>
    <message>
        <source>Extent</source>
        <extracomment>label of buildseries EXTENT_CHOICE</extracomment>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Only within</source>
        <extracomment>label of buildseries EXTENT</extracomment>
        <translation>Seulement à l'intérieur de</translation>
    </message>
    <message>
        <source>Resampling of data</source>
        <extracomment>label of buildseries RESAMPLING</extracomment>
        <translation>Rééchantillonnage des données</translation>
    </message>
    <message>
        <source>Folder for one series a variable</source>
        <extracomment>label of buildseries FOLDER_PER_VARIABLE</extracomment>
        <translation>Dossier pour une série par variable</translation>
    </message>
    <message>
        <source>Number of variables</source>
        <extracomment>label of buildseries VARIABLES_COUNT</extracomment>
        <translation>Nombre de variables</translation>
    </message>
    <message>
        <source>First date</source>
        <extracomment>label of buildseries FIRST_DATE</extracomment>
        <translation>Première date</translation>
    </message>
    <message>
        <source>Last date</source>
        <extracomment>label of buildseries LAST_DATE</extracomment>
        <translation>Dernière date</translation>
    </message>
    <message>
        <source>Names of the variables</source>
        <extracomment>label of buildseries VARIABLE_NAMES</extracomment>
        <translation>Noms des variables</translation>
    </message>
    <message>
        <source>Kind of quality band</source>
        <extracomment>label of maskclouds PRESET</extracomment>
        <translation>Type de bande de qualité</translation>
    </message>
    <message>
        <source>Quality variable</source>
        <extracomment>label of maskclouds QUALITY</extracomment>
        <translation>Variable de qualité</translation>
    </message>
    <message>
        <source>Separate masks</source>
        <extracomment>label of maskclouds MASK_SERIES</extracomment>
        <translation>Masques séparés</translation>
    </message>
    <message>
        <source>Mask besides clouds</source>
        <extracomment>label of maskclouds ALSO</extracomment>
        <translation>Masquer aussi, outre les nuages</translation>
    </message>
    <message>
        <source>Grow the mask by (pixels)</source>
        <extracomment>label of maskclouds GROW</extracomment>
        <translation>Dilater le masque de (pixels)</translation>
    </message>
    <message>
        <source>Threshold</source>
        <extracomment>label of maskclouds THRESHOLD</extracomment>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>Bad values</source>
        <extracomment>label of maskclouds VALUES</extracomment>
        <translation>Valeurs à masquer</translation>
    </message>
    <message>
        <source>Bad bit fields</source>
        <extracomment>label of maskclouds BITS</extracomment>
        <translation>Champs de bits à masquer</translation>
    </message>
    <message>
        <source>Keep what has no quality value</source>
        <extracomment>label of maskclouds KEEP_UNKNOWN</extracomment>
        <translation>Conserver ce qui n'a pas de valeur de qualité</translation>
    </message>
    <message>
        <source>Leave out dates clouded by more than (%)</source>
        <extracomment>label of maskclouds MAX_CLOUDED</extracomment>
        <translation>Écarter les dates nuageuses à plus de (%)</translation>
    </message>
    <message>
        <source>Keep the quality variable</source>
        <extracomment>label of maskclouds KEEP_QUALITY</extracomment>
        <translation>Conserver la variable de qualité</translation>
    </message>
    <message>
        <source>Report</source>
        <extracomment>label of maskclouds REPORT</extracomment>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Store values as</source>
        <extracomment>label of maskclouds STORAGE</extracomment>
        <translation>Stocker les valeurs en</translation>
    </message>
    <message>
        <source>Resulting series</source>
        <extracomment>label of maskclouds OUTPUT</extracomment>
        <translation>Série résultante</translation>
    </message>
    <message>
        <source>Dask scheduler</source>
        <extracomment>label of maskclouds SCHEDULER</extracomment>
        <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
        <source>Clear share (%)</source>
        <extracomment>label of maskclouds CLEAR_SHARE</extracomment>
        <translation>Part d'observations claires (%)</translation>
    </message>
    <message>
        <source>Pixels that are never clear (%)</source>
        <extracomment>label of maskclouds NEVER_CLEAR_SHARE</extracomment>
        <translation>Pixels jamais clairs (%)</translation>
    </message>
    <message>
        <source>Dates left out</source>
        <extracomment>label of maskclouds DATES_DROPPED</extracomment>
        <translation>Dates écartées</translation>
    </message>
    <message>
        <source>Variables</source>
        <extracomment>label of maskclouds VARIABLE_NAMES</extracomment>
        <translation>Variables</translation>
    </message>
    <message>
        <source>Periods</source>
        <extracomment>label of compositeseries PERIOD</extracomment>
        <translation>Périodes</translation>
    </message>
    <message>
        <source>Length in days (every n days)</source>
        <extracomment>label of compositeseries DAYS</extracomment>
        <translation>Durée en jours (« every n days »)</translation>
    </message>
    <message>
        <source>First days (list of dates)</source>
        <extracomment>label of compositeseries STARTS</extracomment>
        <translation>Premiers jours (« list of dates »)</translation>
    </message>
    <message>
        <source>Method</source>
        <extracomment>label of compositeseries METHOD</extracomment>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>Start</source>
        <extracomment>label of compositeseries START</extracomment>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <extracomment>label of compositeseries END</extracomment>
        <translation>Fin</translation>
    </message>
    <message>
        <source>Percentile</source>
        <extracomment>label of compositeseries PERCENTILE</extracomment>
        <translation>Percentile</translation>
    </message>
    <message>
        <source>Index</source>
        <extracomment>label of compositeseries INDEX_VARIABLE</extracomment>
        <translation>Indice</translation>
    </message>
    <message>
        <source>Add the number of clear observations</source>
        <extracomment>label of compositeseries COUNT</extracomment>
        <translation>Ajouter le nombre d'observations claires</translation>
    </message>
    <message>
        <source>Periods without any observation</source>
        <extracomment>label of compositeseries EMPTY_PERIODS</extracomment>
        <translation>Périodes sans aucune observation</translation>
    </message>
    <message>
        <source>Missing share (%)</source>
        <extracomment>label of compositeseries MISSING_SHARE</extracomment>
        <translation>Part de valeurs manquantes (%)</translation>
    </message>
    <message>
        <source>Longest gap in days (0: any)</source>
        <extracomment>label of fillgaps LONGEST_GAP</extracomment>
        <translation>Lacune la plus longue, en jours (0 : toutes)</translation>
    </message>
    <message>
        <source>Variables to fill</source>
        <extracomment>label of fillgaps VARIABLES</extracomment>
        <translation>Variables à combler</translation>
    </message>
    <message>
        <source>Missing values before, percent</source>
        <extracomment>label of fillgaps MISSING_BEFORE</extracomment>
        <translation>Valeurs manquantes avant, en pourcentage</translation>
    </message>
    <message>
        <source>Missing values after, percent</source>
        <extracomment>label of fillgaps MISSING_AFTER</extracomment>
        <translation>Valeurs manquantes après, en pourcentage</translation>
    </message>
    <message>
        <source>Window in dates (Savitzky-Golay, moving median)</source>
        <extracomment>label of smoothseries WINDOW</extracomment>
        <translation>Fenêtre en nombre de dates (Savitzky-Golay, « moving median »)</translation>
    </message>
    <message>
        <source>Order of the polynomial (Savitzky-Golay)</source>
        <extracomment>label of smoothseries ORDER</extracomment>
        <translation>Degré du polynôme (Savitzky-Golay)</translation>
    </message>
    <message>
        <source>Lambda (Whittaker)</source>
        <extracomment>label of smoothseries LAMBDA</extracomment>
        <translation>Lambda (Whittaker)</translation>
    </message>
    <message>
        <source>Variables to smooth</source>
        <extracomment>label of smoothseries VARIABLES</extracomment>
        <translation>Variables à lisser</translation>
    </message>
    <message>
        <source>Quality variable for weights (Whittaker)</source>
        <extracomment>label of smoothseries WEIGHT_VARIABLE</extracomment>
        <translation>Variable de qualité pour les poids (Whittaker)</translation>
    </message>
    <message>
        <source>Weights by quality value (Whittaker)</source>
        <extracomment>label of smoothseries WEIGHTS</extracomment>
        <translation>Poids selon la valeur de qualité (Whittaker)</translation>
    </message>
    <message>
        <source>New dates</source>
        <extracomment>label of resampleseries TARGET</extracomment>
        <translation>Nouvelles dates</translation>
    </message>
    <message>
        <source>Step in days (every n days)</source>
        <extracomment>label of resampleseries STEP</extracomment>
        <translation>Pas en jours (« every n days »)</translation>
    </message>
    <message>
        <source>First day (every n days)</source>
        <extracomment>label of resampleseries START</extracomment>
        <translation>Premier jour (« every n days »)</translation>
    </message>
    <message>
        <source>Last day (every n days)</source>
        <extracomment>label of resampleseries END</extracomment>
        <translation>Dernier jour (« every n days »)</translation>
    </message>
    <message>
        <source>Dates (list of dates)</source>
        <extracomment>label of resampleseries DATES_LIST</extracomment>
        <translation>Dates (« list of dates »)</translation>
    </message>
    <message>
        <source>Other series (dates of another series)</source>
        <extracomment>label of resampleseries OTHER</extracomment>
        <translation>Autre série (« dates of another series »)</translation>
    </message>
    <message>
        <source>Model (time axis of a model)</source>
        <extracomment>label of resampleseries MODEL</extracomment>
        <translation>Modèle (« time axis of a model »)</translation>
    </message>
    <message>
        <source>Season (time axis of a model)</source>
        <extracomment>label of resampleseries SEASON</extracomment>
        <translation>Saison (« time axis of a model »)</translation>
    </message>
    <message>
        <source>Tolerance at the ends in days</source>
        <extracomment>label of resampleseries TOLERANCE</extracomment>
        <translation>Tolérance aux extrémités, en jours</translation>
    </message>
    <message>
        <source>Missing values in the result, percent</source>
        <extracomment>label of resampleseries MISSING</extracomment>
        <translation>Valeurs manquantes dans le résultat, en pourcentage</translation>
    </message>
    <message>
        <source>Indices</source>
        <extracomment>label of spectralindices INDICES</extracomment>
        <translation>Indices</translation>
    </message>
    <message>
        <source>More indices, by name</source>
        <extracomment>label of spectralindices MORE</extracomment>
        <translation>Autres indices, par leur nom</translation>
    </message>
    <message>
        <source>Expressions</source>
        <extracomment>label of spectralindices EXPRESSIONS</extracomment>
        <translation>Expressions</translation>
    </message>
    <message>
        <source>Bands and constants</source>
        <extracomment>label of spectralindices BANDS</extracomment>
        <translation>Bandes et constantes</translation>
    </message>
    <message>
        <source>Skip the check of units</source>
        <extracomment>label of spectralindices SKIP_UNITS_CHECK</extracomment>
        <translation>Ne pas vérifier les unités</translation>
    </message>
    <message>
        <source>What to do with them</source>
        <extracomment>label of spectralindices MODE</extracomment>
        <translation>Que faire des indices</translation>
    </message>
    <message>
        <source>Metrics</source>
        <extracomment>label of temporalmetrics METRICS</extracomment>
        <translation>Métriques</translation>
    </message>
    <message>
        <source>Season threshold (%)</source>
        <extracomment>label of temporalmetrics THRESHOLD</extracomment>
        <translation>Seuil de saison (%)</translation>
    </message>
    <message>
        <source>Dates as</source>
        <extracomment>label of temporalmetrics DAY_UNIT</extracomment>
        <translation>Exprimer les dates en</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <extracomment>label of temporalmetrics PERCENTILES</extracomment>
        <translation>Percentiles</translation>
    </message>
    <message>
        <source>Metrics raster</source>
        <extracomment>label of temporalmetrics OUTPUT</extracomment>
        <translation>Raster des métriques</translation>
    </message>
    <message>
        <source>Number of bands</source>
        <extracomment>label of temporalmetrics BANDS</extracomment>
        <translation>Nombre de bandes</translation>
    </message>
    <message>
        <source>Names of the bands</source>
        <extracomment>label of temporalmetrics BAND_NAMES</extracomment>
        <translation>Noms des bandes</translation>
    </message>
    <message>
        <source>Dates of the result</source>
        <extracomment>label of prepareseries REGULAR</extracomment>
        <translation>Dates du résultat</translation>
    </message>
    <message>
        <source>Days (every n days)</source>
        <extracomment>label of prepareseries DAYS</extracomment>
        <translation>Jours (« every n days »)</translation>
    </message>
    <message>
        <source>Add indices</source>
        <extracomment>label of prepareseries INDICES</extracomment>
        <translation>Ajouter des indices</translation>
    </message>
    <message>
        <source>Spectral indices: of single observations, right after masking</source>
        <extracomment>label of prepareseries INDEX_FIRST</extracomment>
        <translation>Indices spectraux : de chaque observation, juste après le masquage</translation>
    </message>
    <message>
        <source>Clear share after masking (%)</source>
        <extracomment>label of prepareseries CLEAR_SHARE</extracomment>
        <translation>Part d'observations claires après masquage (%)</translation>
    </message>
    <message>
        <source>Missing share of the result (%)</source>
        <extracomment>label of prepareseries MISSING_SHARE</extracomment>
        <translation>Part de valeurs manquantes du résultat (%)</translation>
    </message>
    <message>
        <source>Masked series</source>
        <extracomment>label of plotseries MASKED</extracomment>
        <translation>Série masquée</translation>
    </message>
    <message>
        <source>Prepared series</source>
        <extracomment>label of plotseries PREPARED</extracomment>
        <translation>Série préparée</translation>
    </message>
    <message>
        <source>Places</source>
        <extracomment>label of plotseries PLACES</extracomment>
        <translation>Lieux</translation>
    </message>
    <message>
        <source>Class field</source>
        <extracomment>label of plotseries FIELD</extracomment>
        <translation>Champ de la classe</translation>
    </message>
    <message>
        <source>Places to plot one by one</source>
        <extracomment>label of plotseries MAX_PLACES</extracomment>
        <translation>Lieux à tracer un par un</translation>
    </message>
    <message>
        <source>Plots</source>
        <extracomment>label of plotseries HTML</extracomment>
        <translation>Graphiques</translation>
    </message>
    <message>
        <source>Picture</source>
        <extracomment>label of plotseries PNG</extracomment>
        <translation>Figure</translation>
    </message>
    <message>
        <source>Table</source>
        <extracomment>label of plotseries CSV</extracomment>
        <translation>Table</translation>
    </message>
    <message>
        <source>Places read</source>
        <extracomment>label of plotseries PLACES_READ</extracomment>
        <translation>Lieux lus</translation>
    </message>
    <message>
        <source>Places plotted one by one</source>
        <extracomment>label of plotseries PLACES_PLOTTED</extracomment>
        <translation>Lieux tracés un par un</translation>
    </message>
    <message>
        <source>Reference raster</source>
        <extracomment>label of rasterizelabels REFERENCE</extracomment>
        <translation>Raster de référence</translation>
    </message>
    <message>
        <source>A pixel gets the class of</source>
        <extracomment>label of rasterizelabels METHOD</extracomment>
        <translation>Un pixel reçoit la classe</translation>
    </message>
    <message>
        <source>Inward buffer</source>
        <extracomment>label of rasterizelabels BUFFER</extracomment>
        <translation>Tampon vers l'intérieur</translation>
    </message>
    <message>
        <source>Priority field</source>
        <extracomment>label of rasterizelabels PRIORITY</extracomment>
        <translation>Champ de priorité</translation>
    </message>
    <message>
        <source>Rasterized labels</source>
        <extracomment>label of rasterizelabels OUTPUT</extracomment>
        <translation>Étiquettes rastérisées</translation>
    </message>
    <message>
        <source>Classes with pixels</source>
        <extracomment>label of rasterizelabels CLASSES</extracomment>
        <translation>Classes avec des pixels</translation>
    </message>
    <message>
        <source>Features with a class</source>
        <extracomment>label of rasterizelabels FEATURES</extracomment>
        <translation>Entités avec une classe</translation>
    </message>
    <message>
        <source>Features that vanished by the inward buffer</source>
        <extracomment>label of rasterizelabels FEATURES_VANISHED</extracomment>
        <translation>Entités disparues par le tampon vers l'intérieur</translation>
    </message>
    <message>
        <source>Features outside of the reference raster</source>
        <extracomment>label of rasterizelabels FEATURES_OUTSIDE</extracomment>
        <translation>Entités hors du raster de référence</translation>
    </message>
    <message>
        <source>Features that got no pixel (the vanished aside)</source>
        <extracomment>label of rasterizelabels FEATURES_BURNED_NOTHING</extracomment>
        <translation>Entités sans pixel (hormis les disparues)</translation>
    </message>
    <message>
        <source>Labelled pixels</source>
        <extracomment>label of rasterizelabels LABELLED_PIXELS</extracomment>
        <translation>Pixels étiquetés</translation>
    </message>
    <message>
        <source>Pixels claimed by several classes</source>
        <extracomment>label of rasterizelabels CONFLICT_PIXELS</extracomment>
        <translation>Pixels revendiqués par plusieurs classes</translation>
    </message>
    <message>
        <source>Labels that it was made from</source>
        <extracomment>label of checklabels LABELS</extracomment>
        <translation>Étiquettes dont il est issu</translation>
    </message>
    <message>
        <source>Labelled area in hectares</source>
        <extracomment>label of checklabels AREA_HA</extracomment>
        <translation>Surface étiquetée en hectares</translation>
    </message>
    <message>
        <source>Features without pixels (empty without a label layer)</source>
        <extracomment>label of checklabels FEATURES_WITHOUT_PIXELS</extracomment>
        <translation>Entités sans pixel (vide sans couche d'étiquettes)</translation>
    </message>
    <message>
        <source>Pixels of the smallest class</source>
        <extracomment>label of checklabels SMALLEST_CLASS_PIXELS</extracomment>
        <translation>Pixels de la plus petite classe</translation>
    </message>
    <message>
        <source>Or labels as a class raster</source>
        <extracomment>label of extractsamples LABELS_RASTER</extracomment>
        <translation>Ou étiquettes sous forme de raster de classes</translation>
    </message>
    <message>
        <source>Pixels to take</source>
        <extracomment>label of extractsamples HOW</extracomment>
        <translation>Pixels à prélever</translation>
    </message>
    <message>
        <source>Number per class</source>
        <extracomment>label of extractsamples COUNT</extracomment>
        <translation>Nombre par classe</translation>
    </message>
    <message>
        <source>Share of pixels (%)</source>
        <extracomment>label of extractsamples SHARE</extracomment>
        <translation>Part des pixels (%)</translation>
    </message>
    <message>
        <source>Group samples by</source>
        <extracomment>label of extractsamples GROUP_BY</extracomment>
        <translation>Grouper les échantillons par</translation>
    </message>
    <message>
        <source>Group field</source>
        <extracomment>label of extractsamples GROUP_FIELD</extracomment>
        <translation>Champ du groupe</translation>
    </message>
    <message>
        <source>Side of spatial blocks</source>
        <extracomment>label of extractsamples BLOCK_SIZE</extracomment>
        <translation>Côté des blocs spatiaux</translation>
    </message>
    <message>
        <source>Minimum distance</source>
        <extracomment>label of extractsamples MIN_DISTANCE</extracomment>
        <translation>Distance minimale</translation>
    </message>
    <message>
        <source>Missing values allowed (%)</source>
        <extracomment>label of extractsamples MAX_MISSING</extracomment>
        <translation>Valeurs manquantes tolérées (%)</translation>
    </message>
    <message>
        <source>Samples</source>
        <extracomment>label of extractsamples OUTPUT</extracomment>
        <translation>Échantillons</translation>
    </message>
    <message>
        <source>Samples as CSV</source>
        <extracomment>label of extractsamples CSV</extracomment>
        <translation>Échantillons en CSV</translation>
    </message>
    <message>
        <source>Samples as NumPy arrays</source>
        <extracomment>label of extractsamples NPZ</extracomment>
        <translation>Échantillons en tableaux NumPy</translation>
    </message>
    <message>
        <source>Number of samples</source>
        <extracomment>label of extractsamples SAMPLES</extracomment>
        <translation>Nombre d'échantillons</translation>
    </message>
    <message>
        <source>Number of classes</source>
        <extracomment>label of extractsamples CLASSES</extracomment>
        <translation>Nombre de classes</translation>
    </message>
    <message>
        <source>Number of groups</source>
        <extracomment>label of extractsamples GROUPS</extracomment>
        <translation>Nombre de groupes</translation>
    </message>
    <message>
        <source>Pixels dropped: mostly missing, or of two classes</source>
        <extracomment>label of extractsamples DROPPED</extracomment>
        <translation>Pixels écartés : trop de valeurs manquantes, ou deux classes</translation>
    </message>
    <message>
        <source>CSV files</source>
        <extracomment>label of importsamples FILES</extracomment>
        <translation>Fichiers CSV</translation>
    </message>
    <message>
        <source>Random samples per class</source>
        <extracomment>label of importsamples COUNT</extracomment>
        <translation>Échantillons aléatoires par classe</translation>
    </message>
    <message>
        <source>Samples of several years</source>
        <extracomment>label of importsamples YEARS</extracomment>
        <translation>Échantillons de plusieurs années</translation>
    </message>
    <message>
        <source>CRS of the coordinates</source>
        <extracomment>label of importsamples CRS</extracomment>
        <translation>SCR des coordonnées</translation>
    </message>
    <message>
        <source>Column of the sample's id</source>
        <extracomment>label of importsamples SAMPLE_COLUMN</extracomment>
        <translation>Colonne de l'identifiant de l'échantillon</translation>
    </message>
    <message>
        <source>Column of the class</source>
        <extracomment>label of importsamples CLASS_COLUMN</extracomment>
        <translation>Colonne de la classe</translation>
    </message>
    <message>
        <source>Column of the date</source>
        <extracomment>label of importsamples DATE_COLUMN</extracomment>
        <translation>Colonne de la date</translation>
    </message>
    <message>
        <source>Column of the variable's name</source>
        <extracomment>label of importsamples VARIABLE_COLUMN</extracomment>
        <translation>Colonne du nom de la variable</translation>
    </message>
    <message>
        <source>Column of the value</source>
        <extracomment>label of importsamples VALUE_COLUMN</extracomment>
        <translation>Colonne de la valeur</translation>
    </message>
    <message>
        <source>Column of the group</source>
        <extracomment>label of importsamples GROUP_COLUMN</extracomment>
        <translation>Colonne du groupe</translation>
    </message>
    <message>
        <source>Classifier</source>
        <extracomment>label of checksamples FAMILY</extracomment>
        <translation>Classifieur</translation>
    </message>
    <message>
        <source>Validation</source>
        <extracomment>label of checksamples VALIDATION</extracomment>
        <translation>Validation</translation>
    </message>
    <message>
        <source>Neurons along a side of the map</source>
        <extracomment>label of checksamples SOM_SIZE</extracomment>
        <translation>Neurones par côté de la carte</translation>
    </message>
    <message>
        <source>Folds</source>
        <extracomment>label of checksamples FOLDS</extracomment>
        <translation>Nombre de plis</translation>
    </message>
    <message>
        <source>Side of spatial blocks (map units)</source>
        <extracomment>label of checksamples BLOCK_SIZE</extracomment>
        <translation>Côté des blocs spatiaux (unités de la carte)</translation>
    </message>
    <message>
        <source>Samples to learn from</source>
        <extracomment>label of checksamples SAMPLE_SIZE</extracomment>
        <translation>Échantillons d'apprentissage</translation>
    </message>
    <message>
        <source>Pruning</source>
        <extracomment>label of checksamples PRUNING</extracomment>
        <translation>Élagage</translation>
    </message>
    <message>
        <source>Checked samples</source>
        <extracomment>label of checksamples OUTPUT</extracomment>
        <translation>Échantillons vérifiés</translation>
    </message>
    <message>
        <source>Samples without suspects</source>
        <extracomment>label of checksamples CLEANED</extracomment>
        <translation>Échantillons sans les suspects</translation>
    </message>
    <message>
        <source>Report as JSON</source>
        <extracomment>label of checksamples REPORT_JSON</extracomment>
        <translation>Rapport en JSON</translation>
    </message>
    <message>
        <source>Number of samples whose class is likely wrong</source>
        <extracomment>label of checksamples SUSPECTS</extracomment>
        <translation>Nombre d'échantillons dont la classe est probablement fausse</translation>
    </message>
    <message>
        <source>Their share of the samples that were checked (0 to 1)</source>
        <extracomment>label of checksamples SUSPECT_SHARE</extracomment>
        <translation>Leur part des échantillons vérifiés (0 à 1)</translation>
    </message>
    <message>
        <source>Number of samples checked</source>
        <extracomment>label of checksamples CHECKED</extracomment>
        <translation>Nombre d'échantillons vérifiés</translation>
    </message>
    <message>
        <source>Number of samples that could not be checked</source>
        <extracomment>label of checksamples UNCHECKED</extracomment>
        <translation>Nombre d'échantillons impossibles à vérifier</translation>
    </message>
    <message>
        <source>Estimated share of wrong classes (0 to 1)</source>
        <extracomment>label of checksamples NOISE_SHARE</extracomment>
        <translation>Part estimée de classes fausses (0 à 1)</translation>
    </message>
    <message>
        <source>Image</source>
        <extracomment>label of quickclusters IMAGE</extracomment>
        <translation>Image</translation>
    </message>
    <message>
        <source>Bands</source>
        <extracomment>label of quickclusters BANDS</extracomment>
        <translation>Bandes</translation>
    </message>
    <message>
        <source>Date of a series</source>
        <extracomment>label of quickclusters DATE</extracomment>
        <translation>Date d'une série</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <extracomment>label of quickclusters CLUSTERS</extracomment>
        <translation>Nombre de groupes</translation>
    </message>
    <message>
        <source>Mask</source>
        <extracomment>label of quickclusters MASK</extracomment>
        <translation>Masque</translation>
    </message>
    <message>
        <source>Class of the mask</source>
        <extracomment>label of quickclusters CLASS</extracomment>
        <translation>Classe du masque</translation>
    </message>
    <message>
        <source>Pixels to learn from</source>
        <extracomment>label of quickclusters SAMPLE_SIZE</extracomment>
        <translation>Pixels d'apprentissage</translation>
    </message>
    <message>
        <source>Clusters</source>
        <extracomment>label of quickclusters OUTPUT</extracomment>
        <translation>Groupes</translation>
    </message>
    <message>
        <source>Pixels with a cluster</source>
        <extracomment>label of quickclusters PIXELS</extracomment>
        <translation>Pixels avec un groupe</translation>
    </message>
    <message>
        <source>Pixels without data</source>
        <extracomment>label of quickclusters PIXELS_WITHOUT_DATA</extracomment>
        <translation>Pixels sans données</translation>
    </message>
    <message>
        <source>Silhouette of a sample</source>
        <extracomment>label of quickclusters SILHOUETTE</extracomment>
        <translation>Silhouette d'un échantillon</translation>
    </message>
    <message>
        <source>Date of the series that was taken</source>
        <extracomment>label of quickclusters IMAGE_DATE</extracomment>
        <translation>Date de la série qui a été utilisée</translation>
    </message>
    <message>
        <source>Scale each series</source>
        <extracomment>label of clusterseries SCALING</extracomment>
        <translation>Normaliser chaque série</translation>
    </message>
    <message>
        <source>Sakoe-Chiba band: dates (-1: none)</source>
        <extracomment>label of clusterseries RADIUS</extracomment>
        <translation>Bande de Sakoe-Chiba : nombre de dates (-1 : aucune)</translation>
    </message>
    <message>
        <source>Gamma (soft-dtw)</source>
        <extracomment>label of clusterseries GAMMA</extracomment>
        <translation>Gamma (soft-dtw)</translation>
    </message>
    <message>
        <source>Sigma (gak; 0: estimated)</source>
        <extracomment>label of clusterseries SIGMA</extracomment>
        <translation>Sigma (gak ; 0 : estimé)</translation>
    </message>
    <message>
        <source>Restarts</source>
        <extracomment>label of clusterseries RESTARTS</extracomment>
        <translation>Nombre d'initialisations</translation>
    </message>
    <message>
        <source>Most rounds</source>
        <extracomment>label of clusterseries ITERATIONS</extracomment>
        <translation>Nombre maximal d'itérations</translation>
    </message>
    <message>
        <source>Window of Savitzky-Golay: dates</source>
        <extracomment>label of clusterseries SMOOTHING_WINDOW</extracomment>
        <translation>Fenêtre de Savitzky-Golay : nombre de dates</translation>
    </message>
    <message>
        <source>Order of Savitzky-Golay</source>
        <extracomment>label of clusterseries SMOOTHING_ORDER</extracomment>
        <translation>Degré de Savitzky-Golay</translation>
    </message>
    <message>
        <source>Lambda of Whittaker</source>
        <extracomment>label of clusterseries SMOOTHING_STRENGTH</extracomment>
        <translation>Lambda de Whittaker</translation>
    </message>
    <message>
        <source>Spread of these pixels</source>
        <extracomment>label of clusterseries SPREAD</extracomment>
        <translation>Répartition de ces pixels</translation>
    </message>
    <message>
        <source>Distance to the centre</source>
        <extracomment>label of clusterseries DISTANCE</extracomment>
        <translation>Distance au centre</translation>
    </message>
    <message>
        <source>Model</source>
        <extracomment>label of clusterseries MODEL</extracomment>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Centres (CSV)</source>
        <extracomment>label of clusterseries CENTRES</extracomment>
        <translation>Centres (CSV)</translation>
    </message>
    <message>
        <source>Profiles (CSV)</source>
        <extracomment>label of clusterseries PROFILES</extracomment>
        <translation>Profils (CSV)</translation>
    </message>
    <message>
        <source>Profiles (layer)</source>
        <extracomment>label of clusterseries PROFILE_LAYER</extracomment>
        <translation>Profils (couche)</translation>
    </message>
    <message>
        <source>Inertia</source>
        <extracomment>label of clusterseries INERTIA</extracomment>
        <translation>Inertie</translation>
    </message>
    <message>
        <source>Samples with clusters</source>
        <extracomment>label of clustersamples OUTPUT</extracomment>
        <translation>Échantillons avec leurs groupes</translation>
    </message>
    <message>
        <source>Samples with a cluster</source>
        <extracomment>label of clustersamples SAMPLES_COUNT</extracomment>
        <translation>Échantillons avec un groupe</translation>
    </message>
    <message>
        <source>Adjusted Rand index of clusters and classes</source>
        <extracomment>label of clustersamples ADJUSTED_RAND_INDEX</extracomment>
        <translation>Indice de Rand ajusté entre groupes et classes</translation>
    </message>
    <message>
        <source>Methods</source>
        <extracomment>label of clustergridsearch METHODS</extracomment>
        <translation>Méthodes</translation>
    </message>
    <message>
        <source>Numbers of clusters</source>
        <extracomment>label of clustergridsearch CLUSTER_NUMBERS</extracomment>
        <translation>Nombres de groupes</translation>
    </message>
    <message>
        <source>Sakoe-Chiba bands: dates</source>
        <extracomment>label of clustergridsearch RADII</extracomment>
        <translation>Bandes de Sakoe-Chiba : nombres de dates</translation>
    </message>
    <message>
        <source>Best by</source>
        <extracomment>label of clustergridsearch CRITERION</extracomment>
        <translation>Meilleur selon</translation>
    </message>
    <message>
        <source>Seeds</source>
        <extracomment>label of clustergridsearch SEEDS</extracomment>
        <translation>Graines aléatoires</translation>
    </message>
    <message>
        <source>Method of the best</source>
        <extracomment>label of clustergridsearch METHOD</extracomment>
        <translation>Méthode du meilleur</translation>
    </message>
    <message>
        <source>Scaling of the best</source>
        <extracomment>label of clustergridsearch SCALING</extracomment>
        <translation>Normalisation du meilleur</translation>
    </message>
    <message>
        <source>Number of clusters of the best</source>
        <extracomment>label of clustergridsearch CLUSTERS</extracomment>
        <translation>Nombre de groupes du meilleur</translation>
    </message>
    <message>
        <source>Sakoe-Chiba band of the best (-1: none)</source>
        <extracomment>label of clustergridsearch RADIUS</extracomment>
        <translation>Bande de Sakoe-Chiba du meilleur (-1 : aucune)</translation>
    </message>
    <message>
        <source>Silhouette of the best</source>
        <extracomment>label of clustergridsearch SILHOUETTE</extracomment>
        <translation>Silhouette du meilleur</translation>
    </message>
    <message>
        <source>Davies-Bouldin index of the best</source>
        <extracomment>label of clustergridsearch DAVIES_BOULDIN</extracomment>
        <translation>Indice de Davies-Bouldin du meilleur</translation>
    </message>
    <message>
        <source>Stability of the best</source>
        <extracomment>label of clustergridsearch STABILITY</extracomment>
        <translation>Stabilité du meilleur</translation>
    </message>
    <message>
        <source>Number of settings compared</source>
        <extracomment>label of clustergridsearch SETTINGS</extracomment>
        <translation>Nombre de réglages comparés</translation>
    </message>
    <message>
        <source>Model of the clustering</source>
        <extracomment>label of applyclusters MODEL</extracomment>
        <translation>Modèle du regroupement</translation>
    </message>
    <message>
        <source>Season</source>
        <extracomment>label of applyclusters SEASON</extracomment>
        <translation>Saison</translation>
    </message>
    <message>
        <source>First day of the season</source>
        <extracomment>label of applyclusters SEASON_START</extracomment>
        <translation>Premier jour de la saison</translation>
    </message>
    <message>
        <source>Cluster raster</source>
        <extracomment>label of labelclusters CLUSTERS</extracomment>
        <translation>Raster des groupes</translation>
    </message>
    <message>
        <source>Table of names</source>
        <extracomment>label of labelclusters TABLE</extracomment>
        <translation>Table des noms</translation>
    </message>
    <message>
        <source>Cluster field</source>
        <extracomment>label of labelclusters CLUSTER_FIELD</extracomment>
        <translation>Champ du groupe</translation>
    </message>
    <message>
        <source>Class field of the table</source>
        <extracomment>label of labelclusters CLASS_FIELD</extracomment>
        <translation>Champ de la classe dans la table</translation>
    </message>
    <message>
        <source>Class field of the labels</source>
        <extracomment>label of labelclusters FIELD</extracomment>
        <translation>Champ de la classe dans les étiquettes</translation>
    </message>
    <message>
        <source>Label raster</source>
        <extracomment>label of labelclusters LABELS_RASTER</extracomment>
        <translation>Raster d'étiquettes</translation>
    </message>
    <message>
        <source>Keep clusters without a class as “unnamed”</source>
        <extracomment>label of labelclusters KEEP_UNNAMED</extracomment>
        <translation>Conserver les groupes sans classe comme « unnamed »</translation>
    </message>
    <message>
        <source>Least purity (%)</source>
        <extracomment>label of labelclusters MIN_PURITY</extracomment>
        <translation>Pureté minimale (%)</translation>
    </message>
    <message>
        <source>Classes</source>
        <extracomment>label of labelclusters OUTPUT</extracomment>
        <translation>Classes</translation>
    </message>
    <message>
        <source>Names</source>
        <extracomment>label of labelclusters NAMES</extracomment>
        <translation>Noms</translation>
    </message>
    <message>
        <source>Clusters with a class</source>
        <extracomment>label of labelclusters NAMED</extracomment>
        <translation>Groupes avec une classe</translation>
    </message>
    <message>
        <source>Clusters without a class</source>
        <extracomment>label of labelclusters UNNAMED</extracomment>
        <translation>Groupes sans classe</translation>
    </message>
    <message>
        <source>Labelled pixels of their cluster's class (%, empty with a table)</source>
        <extracomment>label of labelclusters PURITY</extracomment>
        <translation>Pixels étiquetés de la classe de leur groupe (%, vide avec une table)</translation>
    </message>
    <message>
        <source>Pixels with a class</source>
        <extracomment>label of labelclusters PIXELS</extracomment>
        <translation>Pixels avec une classe</translation>
    </message>
    <message>
        <source>Number of trees</source>
        <extracomment>label of trainrandomforest TREES</extracomment>
        <translation>Nombre d'arbres</translation>
    </message>
    <message>
        <source>Maximum depth of trees</source>
        <extracomment>label of trainrandomforest MAX_DEPTH</extracomment>
        <translation>Profondeur maximale des arbres</translation>
    </message>
    <message>
        <source>Least samples in a leaf</source>
        <extracomment>label of trainrandomforest MIN_LEAF</extracomment>
        <translation>Nombre minimal d'échantillons par feuille</translation>
    </message>
    <message>
        <source>Values tried at each decision</source>
        <extracomment>label of trainrandomforest MAX_FEATURES</extracomment>
        <translation>Valeurs essayées à chaque décision</translation>
    </message>
    <message>
        <source>Share of values tried</source>
        <extracomment>label of trainrandomforest FEATURES_SHARE</extracomment>
        <translation>Part des valeurs essayées</translation>
    </message>
    <message>
        <source>Share of samples for each tree</source>
        <extracomment>label of trainrandomforest MAX_SAMPLES</extracomment>
        <translation>Part des échantillons pour chaque arbre</translation>
    </message>
    <message>
        <source>Least samples to split</source>
        <extracomment>label of trainrandomforest MIN_SPLIT</extracomment>
        <translation>Nombre minimal d'échantillons pour diviser</translation>
    </message>
    <message>
        <source>Split criterion</source>
        <extracomment>label of trainrandomforest CRITERION</extracomment>
        <translation>Critère de division</translation>
    </message>
    <message>
        <source>Class weights</source>
        <extracomment>label of trainrandomforest CLASS_WEIGHTS</extracomment>
        <translation>Poids des classes</translation>
    </message>
    <message>
        <source>Share kept for testing (%)</source>
        <extracomment>label of trainrandomforest TEST_SHARE</extracomment>
        <translation>Part réservée au test (%)</translation>
    </message>
    <message>
        <source>Field to split by</source>
        <extracomment>label of trainrandomforest SPLIT_FIELD</extracomment>
        <translation>Champ de partage</translation>
    </message>
    <message>
        <source>Resampling of classes</source>
        <extracomment>label of trainrandomforest RESAMPLING</extracomment>
        <translation>Rééchantillonnage des classes</translation>
    </message>
    <message>
        <source>Random settings to try</source>
        <extracomment>label of trainrandomforest TRIALS</extracomment>
        <translation>Réglages aléatoires à essayer</translation>
    </message>
    <message>
        <source>Best settings by</source>
        <extracomment>label of trainrandomforest BEST_BY</extracomment>
        <translation>Meilleurs réglages selon</translation>
    </message>
    <message>
        <source>Overall accuracy of the validation (0 to 1)</source>
        <extracomment>label of trainrandomforest OVERALL_ACCURACY</extracomment>
        <translation>Exactitude globale de la validation (0 à 1)</translation>
    </message>
    <message>
        <source>Overall accuracy, lower limit of the 95 % confidence interval</source>
        <extracomment>label of trainrandomforest ACCURACY_LOW</extracomment>
        <translation>Exactitude globale, borne inférieure de l'intervalle de confiance à 95 %</translation>
    </message>
    <message>
        <source>Overall accuracy, upper limit of the 95 % confidence interval</source>
        <extracomment>label of trainrandomforest ACCURACY_HIGH</extracomment>
        <translation>Exactitude globale, borne supérieure de l'intervalle de confiance à 95 %</translation>
    </message>
    <message>
        <source>Overall accuracy that a random split would have claimed</source>
        <extracomment>label of trainrandomforest RANDOM_SPLIT_ACCURACY</extracomment>
        <translation>Exactitude globale qu'un partage aléatoire aurait annoncée</translation>
    </message>
    <message>
        <source>Mean F1 of the classes</source>
        <extracomment>label of trainrandomforest MACRO_F1</extracomment>
        <translation>F1 moyen des classes</translation>
    </message>
    <message>
        <source>Cohen's kappa</source>
        <extracomment>label of trainrandomforest KAPPA</extracomment>
        <translation>Kappa de Cohen</translation>
    </message>
    <message>
        <source>Number of samples used</source>
        <extracomment>label of trainrandomforest SAMPLES_USED</extracomment>
        <translation>Nombre d'échantillons utilisés</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <extracomment>label of trainboosting LEARNING_RATE</extracomment>
        <translation>Taux d'apprentissage</translation>
    </message>
    <message>
        <source>Iterations</source>
        <extracomment>label of trainboosting ITERATIONS</extracomment>
        <translation>Itérations</translation>
    </message>
    <message>
        <source>Most leaves in a tree</source>
        <extracomment>label of trainboosting MAX_LEAF_NODES</extracomment>
        <translation>Nombre maximal de feuilles par arbre</translation>
    </message>
    <message>
        <source>Stop early</source>
        <extracomment>label of trainboosting EARLY_STOPPING</extracomment>
        <translation>Arrêt anticipé</translation>
    </message>
    <message>
        <source>L2 regularization</source>
        <extracomment>label of trainboosting L2</extracomment>
        <translation>Régularisation L2</translation>
    </message>
    <message>
        <source>Bins of a value</source>
        <extracomment>label of trainboosting MAX_BINS</extracomment>
        <translation>Classes d'histogramme par valeur</translation>
    </message>
    <message>
        <source>Draw samples for each tree</source>
        <extracomment>label of trainextratrees BOOTSTRAP</extracomment>
        <translation>Tirer des échantillons pour chaque arbre</translation>
    </message>
    <message>
        <source>Kernel</source>
        <extracomment>label of trainsvm KERNEL</extracomment>
        <translation>Noyau</translation>
    </message>
    <message>
        <source>Cost of errors (C)</source>
        <extracomment>label of trainsvm C</extracomment>
        <translation>Coût des erreurs (C)</translation>
    </message>
    <message>
        <source>Gamma of the rbf kernel</source>
        <extracomment>label of trainsvm GAMMA</extracomment>
        <translation>Gamma du noyau rbf</translation>
    </message>
    <message>
        <source>Neurons of the hidden layers</source>
        <extracomment>label of trainmlp LAYERS</extracomment>
        <translation>Neurones des couches cachées</translation>
    </message>
    <message>
        <source>Most epochs</source>
        <extracomment>label of trainmlp EPOCHS</extracomment>
        <translation>Nombre maximal d'époques</translation>
    </message>
    <message>
        <source>Stop by samples set aside</source>
        <extracomment>label of trainmlp EARLY_STOPPING</extracomment>
        <translation>Arrêt d'après des échantillons mis de côté</translation>
    </message>
    <message>
        <source>Activation</source>
        <extracomment>label of trainmlp ACTIVATION</extracomment>
        <translation>Activation</translation>
    </message>
    <message>
        <source>Batch size</source>
        <extracomment>label of trainmlp BATCH_SIZE</extracomment>
        <translation>Taille des lots</translation>
    </message>
    <message>
        <source>Patience</source>
        <extracomment>label of trainmlp PATIENCE</extracomment>
        <translation>Patience</translation>
    </message>
    <message>
        <source>Number of neighbours</source>
        <extracomment>label of trainknn NEIGHBOURS</extracomment>
        <translation>Nombre de voisins</translation>
    </message>
    <message>
        <source>Weight of the votes</source>
        <extracomment>label of trainknn WEIGHTS</extracomment>
        <translation>Poids des votes</translation>
    </message>
    <message>
        <source>Scale variables</source>
        <extracomment>label of trainknn SCALE</extracomment>
        <translation>Normaliser les variables</translation>
    </message>
    <message>
        <source>Number of features</source>
        <extracomment>label of trainminirocket FEATURES</extracomment>
        <translation>Nombre de descripteurs</translation>
    </message>
    <message>
        <source>Classifier on the features</source>
        <extracomment>label of trainminirocket HEAD</extracomment>
        <translation>Classifieur des descripteurs</translation>
    </message>
    <message>
        <source>Freedom of the logistic classifier (C)</source>
        <extracomment>label of trainminirocket C</extracomment>
        <translation>Liberté du classifieur logistique (C)</translation>
    </message>
    <message>
        <source>Levels of intervals</source>
        <extracomment>label of trainintervals DEPTH</extracomment>
        <translation>Niveaux d'intervalles</translation>
    </message>
    <message>
        <source>Values to a quantile</source>
        <extracomment>label of trainintervals DIVISOR</extracomment>
        <translation>Valeurs par quantile</translation>
    </message>
    <message>
        <source>Share of quantiles tried</source>
        <extracomment>label of trainintervals FEATURES_SHARE</extracomment>
        <translation>Part des quantiles essayés</translation>
    </message>
    <message>
        <source>Filters of each layer</source>
        <extracomment>label of traintempcnn FILTERS</extracomment>
        <translation>Filtres de chaque couche</translation>
    </message>
    <message>
        <source>Length of the filters (dates)</source>
        <extracomment>label of traintempcnn KERNEL</extracomment>
        <translation>Longueur des filtres (dates)</translation>
    </message>
    <message>
        <source>Convolution layers</source>
        <extracomment>label of traintempcnn LAYERS</extracomment>
        <translation>Couches de convolution</translation>
    </message>
    <message>
        <source>Neurons of the dense layer</source>
        <extracomment>label of traintempcnn DENSE</extracomment>
        <translation>Neurones de la couche dense</translation>
    </message>
    <message>
        <source>Epochs</source>
        <extracomment>label of traintempcnn EPOCHS</extracomment>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Dropout</source>
        <extracomment>label of traintempcnn DROPOUT</extracomment>
        <translation>Abandon (dropout)</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <extracomment>label of traintempcnn WEIGHT_DECAY</extracomment>
        <translation>Décroissance des poids</translation>
    </message>
    <message>
        <source>Share of samples kept aside (%)</source>
        <extracomment>label of traintempcnn KEPT_ASIDE</extracomment>
        <translation>Part des échantillons mis de côté (%)</translation>
    </message>
    <message>
        <source>Number of networks</source>
        <extracomment>label of traintempcnn NETWORKS</extracomment>
        <translation>Nombre de réseaux</translation>
    </message>
    <message>
        <source>Augmentation: shift (days)</source>
        <extracomment>label of traintempcnn SHIFT_DAYS</extracomment>
        <translation>Augmentation : décalage (jours)</translation>
    </message>
    <message>
        <source>Augmentation: noise</source>
        <extracomment>label of traintempcnn JITTER</extracomment>
        <translation>Augmentation : bruit</translation>
    </message>
    <message>
        <source>Augmentation: dropped dates (%)</source>
        <extracomment>label of traintempcnn DROPPED_DATES</extracomment>
        <translation>Augmentation : dates supprimées (%)</translation>
    </message>
    <message>
        <source>Network to keep</source>
        <extracomment>label of traintempcnn KEEP</extracomment>
        <translation>Réseau à garder</translation>
    </message>
    <message>
        <source>Learning rate over time</source>
        <extracomment>label of traintempcnn SCHEDULE</extracomment>
        <translation>Taux d'apprentissage au fil du temps</translation>
    </message>
    <message>
        <source>TensorBoard logs</source>
        <extracomment>label of traintempcnn TENSORBOARD</extracomment>
        <translation>Journaux TensorBoard</translation>
    </message>
    <message>
        <source>Architecture</source>
        <extracomment>label of traininception ARCHITECTURE</extracomment>
        <translation>Architecture</translation>
    </message>
    <message>
        <source>Filters of each length</source>
        <extracomment>label of traininception FILTERS</extracomment>
        <translation>Filtres de chaque longueur</translation>
    </message>
    <message>
        <source>Longest filter (dates)</source>
        <extracomment>label of traininception KERNEL</extracomment>
        <translation>Filtre le plus long (dates)</translation>
    </message>
    <message>
        <source>Modules of InceptionTime</source>
        <extracomment>label of traininception DEPTH</extracomment>
        <translation>Modules d'InceptionTime</translation>
    </message>
    <message>
        <source>Spatial context</source>
        <extracomment>label of trainlstm CONTEXT</extracomment>
        <translation>Contexte spatial</translation>
    </message>
    <message>
        <source>LSTM layers</source>
        <extracomment>label of trainlstm LAYERS</extracomment>
        <translation>Couches LSTM</translation>
    </message>
    <message>
        <source>Size of each layer</source>
        <extracomment>label of trainlstm HIDDEN</extracomment>
        <translation>Taille de chaque couche</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <extracomment>label of trainattention HEADS</extracomment>
        <translation>Têtes d'attention</translation>
    </message>
    <message>
        <source>Features of a date</source>
        <extracomment>label of trainattention WIDTH</extracomment>
        <translation>Descripteurs d'une date</translation>
    </message>
    <message>
        <source>Size of keys</source>
        <extracomment>label of trainattention KEY_SIZE</extracomment>
        <translation>Taille des clés</translation>
    </message>
    <message>
        <source>Longest wave of days</source>
        <extracomment>label of trainattention PERIOD</extracomment>
        <translation>Plus longue onde des jours</translation>
    </message>
    <message>
        <source>Models</source>
        <extracomment>label of ensemblemodels MODELS</extracomment>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Weights</source>
        <extracomment>label of ensemblemodels WEIGHTS</extracomment>
        <translation>Poids</translation>
    </message>
    <message>
        <source>Ensemble</source>
        <extracomment>label of ensemblemodels OUTPUT</extracomment>
        <translation>Ensemble</translation>
    </message>
    <message>
        <source>Number of models</source>
        <extracomment>label of ensemblemodels MEMBERS</extracomment>
        <translation>Nombre de modèles</translation>
    </message>
    <message>
        <source>Size of the file in bytes</source>
        <extracomment>label of ensemblemodels BYTES</extracomment>
        <translation>Taille du fichier en octets</translation>
    </message>
    <message>
        <source>Title of the model</source>
        <extracomment>label of ensemblemodels TITLE</extracomment>
        <translation>Titre du modèle</translation>
    </message>
    <message>
        <source>Foreign model</source>
        <extracomment>label of describemodel MODEL</extracomment>
        <translation>Modèle d'une autre provenance</translation>
    </message>
    <message>
        <source>Series with its dates and variables</source>
        <extracomment>label of describemodel SERIES</extracomment>
        <translation>Série qui a ses dates et ses variables</translation>
    </message>
    <message>
        <source>Samples with its dates and variables</source>
        <extracomment>label of describemodel SAMPLES</extracomment>
        <translation>Échantillons qui ont ses dates et ses variables</translation>
    </message>
    <message>
        <source>Variables, separated by commas</source>
        <extracomment>label of describemodel VARIABLES</extracomment>
        <translation>Variables, séparées par des virgules</translation>
    </message>
    <message>
        <source>Dates, such as “2021-03-01, 2021-03-17”</source>
        <extracomment>label of describemodel DATES</extracomment>
        <translation>Dates, par exemple « 2021-03-01, 2021-03-17 »</translation>
    </message>
    <message>
        <source>Classes, one a line</source>
        <extracomment>label of describemodel CLASSES</extracomment>
        <translation>Classes, une par ligne</translation>
    </message>
    <message>
        <source>Classes from a labels raster</source>
        <extracomment>label of describemodel LEGEND</extracomment>
        <translation>Classes d'un raster d'étiquettes</translation>
    </message>
    <message>
        <source>Model with the same card</source>
        <extracomment>label of describemodel LIKE</extracomment>
        <translation>Modèle qui a la même fiche</translation>
    </message>
    <message>
        <source>Layout of the input</source>
        <extracomment>label of describemodel LAYOUT</extracomment>
        <translation>Disposition de l'entrée</translation>
    </message>
    <message>
        <source>Kind of the output</source>
        <extracomment>label of describemodel OUTPUT_KIND</extracomment>
        <translation>Nature de la sortie</translation>
    </message>
    <message>
        <source>Output of the model</source>
        <extracomment>label of describemodel OUTPUT_NAME</extracomment>
        <translation>Sortie du modèle</translation>
    </message>
    <message>
        <source>Factor of the values</source>
        <extracomment>label of describemodel FACTOR</extracomment>
        <translation>Facteur des valeurs</translation>
    </message>
    <message>
        <source>Means</source>
        <extracomment>label of describemodel MEANS</extracomment>
        <translation>Moyennes</translation>
    </message>
    <message>
        <source>Standard deviations</source>
        <extracomment>label of describemodel STANDARD_DEVIATIONS</extracomment>
        <translation>Écarts-types</translation>
    </message>
    <message>
        <source>Values that become 0</source>
        <extracomment>label of describemodel LOWS</extracomment>
        <translation>Valeurs qui deviennent 0</translation>
    </message>
    <message>
        <source>Values that become 1</source>
        <extracomment>label of describemodel HIGHS</extracomment>
        <translation>Valeurs qui deviennent 1</translation>
    </message>
    <message>
        <source>Size of patches in pixels</source>
        <extracomment>label of describemodel PATCH_SIZE</extracomment>
        <translation>Taille des imagettes en pixels</translation>
    </message>
    <message>
        <source>Overlap of patches (%)</source>
        <extracomment>label of describemodel OVERLAP</extracomment>
        <translation>Recouvrement des imagettes (%)</translation>
    </message>
    <message>
        <source>Title</source>
        <extracomment>label of describemodel TITLE</extracomment>
        <translation>Titre</translation>
    </message>
    <message>
        <source>Region</source>
        <extracomment>label of evaluatemodel REGION</extracomment>
        <translation>Région</translation>
    </message>
    <message>
        <source>Overall accuracy (0 to 1)</source>
        <extracomment>label of evaluatemodel OVERALL_ACCURACY</extracomment>
        <translation>Exactitude globale (0 à 1)</translation>
    </message>
    <message>
        <source>Number of samples tested</source>
        <extracomment>label of evaluatemodel SAMPLES_TESTED</extracomment>
        <translation>Nombre d'échantillons testés</translation>
    </message>
    <message>
        <source>Number of samples left out, since a variable was never observed</source>
        <extracomment>label of evaluatemodel SAMPLES_WITHOUT_DATA</extracomment>
        <translation>Nombre d'échantillons écartés, une variable n'ayant jamais été observée</translation>
    </message>
    <message>
        <source>Families</source>
        <extracomment>label of comparemodels FAMILIES</extracomment>
        <translation>Familles</translation>
    </message>
    <message>
        <source>Best model</source>
        <extracomment>label of comparemodels OUTPUT</extracomment>
        <translation>Meilleur modèle</translation>
    </message>
    <message>
        <source>The best family</source>
        <extracomment>label of comparemodels BEST_FAMILY</extracomment>
        <translation>La meilleure famille</translation>
    </message>
    <message>
        <source>Overall accuracy of the best family (0 to 1)</source>
        <extracomment>label of comparemodels BEST_ACCURACY</extracomment>
        <translation>Exactitude globale de la meilleure famille (0 à 1)</translation>
    </message>
    <message>
        <source>Mean F1 of the classes of the best family</source>
        <extracomment>label of comparemodels BEST_MACRO_F1</extracomment>
        <translation>F1 moyen des classes de la meilleure famille</translation>
    </message>
    <message>
        <source>Number of families compared</source>
        <extracomment>label of comparemodels FAMILIES_COMPARED</extracomment>
        <translation>Nombre de familles comparées</translation>
    </message>
    <message>
        <source>Kind of the model, such as “Random forest”</source>
        <extracomment>label of modelinfo FAMILY</extracomment>
        <translation>Type du modèle, par exemple « Random forest »</translation>
    </message>
    <message>
        <source>Names of the classes in the order of their codes, separated by commas</source>
        <extracomment>label of modelinfo CLASS_NAMES</extracomment>
        <translation>Noms des classes dans l'ordre de leurs codes, séparés par des virgules</translation>
    </message>
    <message>
        <source>Names of the variables in the order of the input, separated by commas</source>
        <extracomment>label of modelinfo VARIABLE_NAMES</extracomment>
        <translation>Noms des variables dans l'ordre de l'entrée, séparés par des virgules</translation>
    </message>
    <message>
        <source>Month and day on which the season begins (MM-DD)</source>
        <extracomment>label of modelinfo SEASON_START</extracomment>
        <translation>Mois et jour du début de la saison (MM-JJ)</translation>
    </message>
    <message>
        <source>First date of the training data</source>
        <extracomment>label of modelinfo FIRST_DATE</extracomment>
        <translation>Première date des données d'entraînement</translation>
    </message>
    <message>
        <source>Last date of the training data</source>
        <extracomment>label of modelinfo LAST_DATE</extracomment>
        <translation>Dernière date des données d'entraînement</translation>
    </message>
    <message>
        <source>How the model was validated</source>
        <extracomment>label of modelinfo VALIDATION</extracomment>
        <translation>Comment le modèle a été validé</translation>
    </message>
    <message>
        <source>Hash that identifies the file</source>
        <extracomment>label of modelinfo SHA256</extracomment>
        <translation>Empreinte qui identifie le fichier</translation>
    </message>
    <message>
        <source>Number of dates of a season</source>
        <extracomment>label of modelinfo DATES</extracomment>
        <translation>Nombre de dates d'une saison</translation>
    </message>
    <message>
        <source>Side of the window of pixels that the model looks at; 1: the pixel alone</source>
        <extracomment>label of modelinfo CONTEXT</extracomment>
        <translation>Côté de la fenêtre de pixels que le modèle regarde ; 1 : le pixel seul</translation>
    </message>
    <message>
        <source>Overall accuracy of the validation (0 to 1); absent without one</source>
        <extracomment>label of modelinfo OVERALL_ACCURACY</extracomment>
        <translation>Exactitude globale de la validation (0 à 1) ; absente s'il n'y en a pas</translation>
    </message>
    <message>
        <source>Class map</source>
        <extracomment>label of classifyseries OUTPUT</extracomment>
        <translation>Carte de classes</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <extracomment>label of classifyseries PROBABILITIES</extracomment>
        <translation>Probabilités des classes</translation>
    </message>
    <message>
        <source>Confidence</source>
        <extracomment>label of classifyseries CONFIDENCE</extracomment>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>Margin</source>
        <extracomment>label of classifyseries MARGIN</extracomment>
        <translation>Marge</translation>
    </message>
    <message>
        <source>Worker threads (0: as set in the Processing options)</source>
        <extracomment>label of classifyseries THREADS</extracomment>
        <translation>Fils d'exécution (0 : selon les options de traitement)</translation>
    </message>
    <message>
        <source>Creation options</source>
        <extracomment>label of classifyseries CREATION_OPTIONS</extracomment>
        <translation>Options de création</translation>
    </message>
    <message>
        <source>What runs the model</source>
        <extracomment>label of classifyseries DEVICE</extracomment>
        <translation>Ce qui exécute le modèle</translation>
    </message>
    <message>
        <source>Classified pixels</source>
        <extracomment>label of classifyseries PIXELS</extracomment>
        <translation>Pixels classés</translation>
    </message>
    <message>
        <source>Pixels per second</source>
        <extracomment>label of classifyseries PIXELS_PER_SECOND</extracomment>
        <translation>Pixels par seconde</translation>
    </message>
    <message>
        <source>Pixels and hectares of each class (JSON)</source>
        <extracomment>label of classifyseries CLASS_AREAS</extracomment>
        <translation>Pixels et hectares de chaque classe (JSON)</translation>
    </message>
    <message>
        <source>Folder of series</source>
        <extracomment>label of classifytiles FOLDER</extracomment>
        <translation>Dossier de séries</translation>
    </message>
    <message>
        <source>Tile index</source>
        <extracomment>label of classifytiles INDEX</extracomment>
        <translation>Index de tuiles</translation>
    </message>
    <message>
        <source>Field with the files</source>
        <extracomment>label of classifytiles INDEX_FIELD</extracomment>
        <translation>Champ des fichiers</translation>
    </message>
    <message>
        <source>Confidence too</source>
        <extracomment>label of classifytiles CONFIDENCE</extracomment>
        <translation>Confiance aussi</translation>
    </message>
    <message>
        <source>Keep finished maps</source>
        <extracomment>label of classifytiles KEEP_FINISHED</extracomment>
        <translation>Garder les cartes terminées</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <extracomment>label of classifytiles OUTPUT</extracomment>
        <translation>Dossier des cartes</translation>
    </message>
    <message>
        <source>Mosaic</source>
        <extracomment>label of classifytiles MOSAIC</extracomment>
        <translation>Mosaïque</translation>
    </message>
    <message>
        <source>Table of tiles</source>
        <extracomment>label of classifytiles TABLE</extracomment>
        <translation>Table des tuiles</translation>
    </message>
    <message>
        <source>Mapped tiles, those kept among them</source>
        <extracomment>label of classifytiles TILES</extracomment>
        <translation>Tuiles cartographiées, y compris celles gardées</translation>
    </message>
    <message>
        <source>Tiles that failed</source>
        <extracomment>label of classifytiles FAILED</extracomment>
        <translation>Tuiles en échec</translation>
    </message>
    <message>
        <source>Hectares of each class (JSON)</source>
        <extracomment>label of classifytiles CLASS_AREAS</extracomment>
        <translation>Hectares de chaque classe (JSON)</translation>
    </message>
    <message>
        <source>Training samples</source>
        <extracomment>label of cloudyimagesandlabelstomap extractsamples:SAMPLES</extracomment>
        <translation>Échantillons d'entraînement</translation>
    </message>
    <message>
        <source>Training report</source>
        <extracomment>label of cloudyimagesandlabelstomap trainrandomforest:REPORT</extracomment>
        <translation>Rapport d'entraînement</translation>
    </message>
    <message>
        <source>demo</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>démo</translation>
    </message>
    <message>
        <source>example</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>exemple</translation>
    </message>
    <message>
        <source>tutorial</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>tutoriel</translation>
    </message>
    <message>
        <source>sentinel-2</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>sentinel-2</translation>
    </message>
    <message>
        <source>simulation</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>simulation</translation>
    </message>
    <message>
        <source>synthetic</source>
        <extracomment>tag of createdemo</extracomment>
        <translation>synthétique</translation>
    </message>
    <message>
        <source>series</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>série</translation>
    </message>
    <message>
        <source>stack</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>empilement</translation>
    </message>
    <message>
        <source>dates</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>dates</translation>
    </message>
    <message>
        <source>sentinel</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>sentinel</translation>
    </message>
    <message>
        <source>landsat</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>landsat</translation>
    </message>
    <message>
        <source>modis</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>modis</translation>
    </message>
    <message>
        <source>hls</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>hls</translation>
    </message>
    <message>
        <source>vrt</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>vrt</translation>
    </message>
    <message>
        <source>mosaic</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>mosaïque</translation>
    </message>
    <message>
        <source>warp</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>reprojection</translation>
    </message>
    <message>
        <source>time</source>
        <extracomment>tag of buildseries</extracomment>
        <translation>temps</translation>
    </message>
    <message>
        <source>cloud</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>nuage</translation>
    </message>
    <message>
        <source>shadow</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>ombre</translation>
    </message>
    <message>
        <source>snow</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>neige</translation>
    </message>
    <message>
        <source>mask</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>masque</translation>
    </message>
    <message>
        <source>quality</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>qualité</translation>
    </message>
    <message>
        <source>scl</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>scl</translation>
    </message>
    <message>
        <source>fmask</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>fmask</translation>
    </message>
    <message>
        <source>qa_pixel</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>qa_pixel</translation>
    </message>
    <message>
        <source>bqa</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>bqa</translation>
    </message>
    <message>
        <source>s2cloudless</source>
        <extracomment>tag of maskclouds</extracomment>
        <translation>s2cloudless</translation>
    </message>
    <message>
        <source>composite</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>composite</translation>
    </message>
    <message>
        <source>monthly</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>mensuel</translation>
    </message>
    <message>
        <source>median</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>médiane</translation>
    </message>
    <message>
        <source>medoid</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>médoïde</translation>
    </message>
    <message>
        <source>best pixel</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>meilleur pixel</translation>
    </message>
    <message>
        <source>maximum ndvi</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>ndvi maximal</translation>
    </message>
    <message>
        <source>temporal binning</source>
        <extracomment>tag of compositeseries</extracomment>
        <translation>agrégation temporelle</translation>
    </message>
    <message>
        <source>gap filling</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>comblement des lacunes</translation>
    </message>
    <message>
        <source>interpolation</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>interpolation</translation>
    </message>
    <message>
        <source>clouds</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>nuages</translation>
    </message>
    <message>
        <source>missing</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>manquant</translation>
    </message>
    <message>
        <source>nodata</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>nodata</translation>
    </message>
    <message>
        <source>spline</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>spline</translation>
    </message>
    <message>
        <source>akima</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>akima</translation>
    </message>
    <message>
        <source>time series</source>
        <extracomment>tag of fillgaps</extracomment>
        <translation>série temporelle</translation>
    </message>
    <message>
        <source>smoothing</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>lissage</translation>
    </message>
    <message>
        <source>filter</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>filtre</translation>
    </message>
    <message>
        <source>noise</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>bruit</translation>
    </message>
    <message>
        <source>savitzky-golay</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>savitzky-golay</translation>
    </message>
    <message>
        <source>whittaker</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>whittaker</translation>
    </message>
    <message>
        <source>phenology</source>
        <extracomment>tag of smoothseries</extracomment>
        <translation>phénologie</translation>
    </message>
    <message>
        <source>resample</source>
        <extracomment>tag of resampleseries</extracomment>
        <translation>rééchantillonner</translation>
    </message>
    <message>
        <source>regular</source>
        <extracomment>tag of resampleseries</extracomment>
        <translation>régulier</translation>
    </message>
    <message>
        <source>time axis</source>
        <extracomment>tag of resampleseries</extracomment>
        <translation>axe temporel</translation>
    </message>
    <message>
        <source>index</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>indice</translation>
    </message>
    <message>
        <source>ndvi</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>ndvi</translation>
    </message>
    <message>
        <source>evi</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>evi</translation>
    </message>
    <message>
        <source>savi</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>savi</translation>
    </message>
    <message>
        <source>ndwi</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>ndwi</translation>
    </message>
    <message>
        <source>nbr</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>nbr</translation>
    </message>
    <message>
        <source>band math</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>calcul de bandes</translation>
    </message>
    <message>
        <source>raster calculator</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>calculatrice raster</translation>
    </message>
    <message>
        <source>expression</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>expression</translation>
    </message>
    <message>
        <source>formula</source>
        <extracomment>tag of spectralindices</extracomment>
        <translation>formule</translation>
    </message>
    <message>
        <source>statistics</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>statistiques</translation>
    </message>
    <message>
        <source>season</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>saison</translation>
    </message>
    <message>
        <source>sos</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>sos</translation>
    </message>
    <message>
        <source>eos</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>eos</translation>
    </message>
    <message>
        <source>percentile</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>percentile</translation>
    </message>
    <message>
        <source>amplitude</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>amplitude</translation>
    </message>
    <message>
        <source>stm</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>stm</translation>
    </message>
    <message>
        <source>timesat</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>timesat</translation>
    </message>
    <message>
        <source>greenness</source>
        <extracomment>tag of temporalmetrics</extracomment>
        <translation>verdure</translation>
    </message>
    <message>
        <source>prepare</source>
        <extracomment>tag of prepareseries</extracomment>
        <translation>préparer</translation>
    </message>
    <message>
        <source>data cube</source>
        <extracomment>tag of prepareseries</extracomment>
        <translation>cube de données</translation>
    </message>
    <message>
        <source>plot</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>tracer</translation>
    </message>
    <message>
        <source>chart</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>graphique</translation>
    </message>
    <message>
        <source>graph</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>graphe</translation>
    </message>
    <message>
        <source>profile</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>profil</translation>
    </message>
    <message>
        <source>report</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>rapport</translation>
    </message>
    <message>
        <source>curve</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>courbe</translation>
    </message>
    <message>
        <source>pixel</source>
        <extracomment>tag of plotseries</extracomment>
        <translation>pixel</translation>
    </message>
    <message>
        <source>rasterize</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>rastériser</translation>
    </message>
    <message>
        <source>labels</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>étiquettes</translation>
    </message>
    <message>
        <source>training data</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>données d'entraînement</translation>
    </message>
    <message>
        <source>ground truth</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>vérité terrain</translation>
    </message>
    <message>
        <source>polygons</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>polygones</translation>
    </message>
    <message>
        <source>points</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>points</translation>
    </message>
    <message>
        <source>classes</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>classes</translation>
    </message>
    <message>
        <source>burn</source>
        <extracomment>tag of rasterizelabels</extracomment>
        <translation>graver</translation>
    </message>
    <message>
        <source>area</source>
        <extracomment>tag of checklabels</extracomment>
        <translation>surface</translation>
    </message>
    <message>
        <source>hectares</source>
        <extracomment>tag of checklabels</extracomment>
        <translation>hectares</translation>
    </message>
    <message>
        <source>histogram</source>
        <extracomment>tag of checklabels</extracomment>
        <translation>histogramme</translation>
    </message>
    <message>
        <source>samples</source>
        <extracomment>tag of extractsamples</extracomment>
        <translation>échantillons</translation>
    </message>
    <message>
        <source>extract</source>
        <extracomment>tag of extractsamples</extracomment>
        <translation>extraire</translation>
    </message>
    <message>
        <source>reference</source>
        <extracomment>tag of extractsamples</extracomment>
        <translation>référence</translation>
    </message>
    <message>
        <source>npz</source>
        <extracomment>tag of extractsamples</extracomment>
        <translation>npz</translation>
    </message>
    <message>
        <source>csv</source>
        <extracomment>tag of extractsamples</extracomment>
        <translation>csv</translation>
    </message>
    <message>
        <source>import</source>
        <extracomment>tag of importsamples</extracomment>
        <translation>importer</translation>
    </message>
    <message>
        <source>table</source>
        <extracomment>tag of importsamples</extracomment>
        <translation>table</translation>
    </message>
    <message>
        <source>sits</source>
        <extracomment>tag of importsamples</extracomment>
        <translation>sits</translation>
    </message>
    <message>
        <source>label noise</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>bruit d'étiquetage</translation>
    </message>
    <message>
        <source>mislabelled</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>mal étiqueté</translation>
    </message>
    <message>
        <source>confident learning</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>confident learning</translation>
    </message>
    <message>
        <source>self-organising map</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>carte auto-organisatrice</translation>
    </message>
    <message>
        <source>som</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>som</translation>
    </message>
    <message>
        <source>clean</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>nettoyer</translation>
    </message>
    <message>
        <source>outlier</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>valeur aberrante</translation>
    </message>
    <message>
        <source>errors</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>erreurs</translation>
    </message>
    <message>
        <source>profiles</source>
        <extracomment>tag of checksamples</extracomment>
        <translation>profils</translation>
    </message>
    <message>
        <source>cluster</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>groupe</translation>
    </message>
    <message>
        <source>k-means</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>k-moyennes</translation>
    </message>
    <message>
        <source>unsupervised</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>non supervisée</translation>
    </message>
    <message>
        <source>quick look</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>aperçu</translation>
    </message>
    <message>
        <source>segmentation</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>segmentation</translation>
    </message>
    <message>
        <source>image</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>image</translation>
    </message>
    <message>
        <source>first map</source>
        <extracomment>tag of quickclusters</extracomment>
        <translation>première carte</translation>
    </message>
    <message>
        <source>clustering</source>
        <extracomment>tag of clusterseries</extracomment>
        <translation>regroupement</translation>
    </message>
    <message>
        <source>dtw</source>
        <extracomment>tag of clusterseries</extracomment>
        <translation>dtw</translation>
    </message>
    <message>
        <source>k-shape</source>
        <extracomment>tag of clusterseries</extracomment>
        <translation>k-shape</translation>
    </message>
    <message>
        <source>soft-dtw</source>
        <extracomment>tag of clusterseries</extracomment>
        <translation>soft-dtw</translation>
    </message>
    <message>
        <source>crop type</source>
        <extracomment>tag of clusterseries</extracomment>
        <translation>type de culture</translation>
    </message>
    <message>
        <source>cross table</source>
        <extracomment>tag of clustersamples</extracomment>
        <translation>tableau croisé</translation>
    </message>
    <message>
        <source>rand index</source>
        <extracomment>tag of clustersamples</extracomment>
        <translation>indice de rand</translation>
    </message>
    <message>
        <source>grid search</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>recherche par grille</translation>
    </message>
    <message>
        <source>elbow</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>coude</translation>
    </message>
    <message>
        <source>silhouette</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>silhouette</translation>
    </message>
    <message>
        <source>davies-bouldin</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>davies-bouldin</translation>
    </message>
    <message>
        <source>stability</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>stabilité</translation>
    </message>
    <message>
        <source>number of clusters</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>nombre de groupes</translation>
    </message>
    <message>
        <source>k</source>
        <extracomment>tag of clustergridsearch</extracomment>
        <translation>k</translation>
    </message>
    <message>
        <source>apply</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>appliquer</translation>
    </message>
    <message>
        <source>assign</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>affecter</translation>
    </message>
    <message>
        <source>predict</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>prédire</translation>
    </message>
    <message>
        <source>model</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>modèle</translation>
    </message>
    <message>
        <source>onnx</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>onnx</translation>
    </message>
    <message>
        <source>transfer</source>
        <extracomment>tag of applyclusters</extracomment>
        <translation>transfert</translation>
    </message>
    <message>
        <source>class</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>classe</translation>
    </message>
    <message>
        <source>label</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>étiquette</translation>
    </message>
    <message>
        <source>majority</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>majorité</translation>
    </message>
    <message>
        <source>recode</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>recoder</translation>
    </message>
    <message>
        <source>reclassify</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>reclasser</translation>
    </message>
    <message>
        <source>purity</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>pureté</translation>
    </message>
    <message>
        <source>name</source>
        <extracomment>tag of labelclusters</extracomment>
        <translation>nom</translation>
    </message>
    <message>
        <source>classification</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>classification</translation>
    </message>
    <message>
        <source>random forest</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>forêt aléatoire</translation>
    </message>
    <message>
        <source>machine learning</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>apprentissage automatique</translation>
    </message>
    <message>
        <source>scikit-learn</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>scikit-learn</translation>
    </message>
    <message>
        <source>accuracy</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>exactitude</translation>
    </message>
    <message>
        <source>validation</source>
        <extracomment>tag of trainrandomforest</extracomment>
        <translation>validation</translation>
    </message>
    <message>
        <source>gradient boosting</source>
        <extracomment>tag of trainboosting</extracomment>
        <translation>gradient boosting</translation>
    </message>
    <message>
        <source>lightgbm</source>
        <extracomment>tag of trainboosting</extracomment>
        <translation>lightgbm</translation>
    </message>
    <message>
        <source>extra trees</source>
        <extracomment>tag of trainextratrees</extracomment>
        <translation>arbres extrêmement aléatoires</translation>
    </message>
    <message>
        <source>svm</source>
        <extracomment>tag of trainsvm</extracomment>
        <translation>svm</translation>
    </message>
    <message>
        <source>svc</source>
        <extracomment>tag of trainsvm</extracomment>
        <translation>svc</translation>
    </message>
    <message>
        <source>rbf</source>
        <extracomment>tag of trainsvm</extracomment>
        <translation>rbf</translation>
    </message>
    <message>
        <source>neural network</source>
        <extracomment>tag of trainmlp</extracomment>
        <translation>réseau de neurones</translation>
    </message>
    <message>
        <source>mlp</source>
        <extracomment>tag of trainmlp</extracomment>
        <translation>mlp</translation>
    </message>
    <message>
        <source>knn</source>
        <extracomment>tag of trainknn</extracomment>
        <translation>knn</translation>
    </message>
    <message>
        <source>nearest neighbours</source>
        <extracomment>tag of trainknn</extracomment>
        <translation>plus proches voisins</translation>
    </message>
    <message>
        <source>euclidean</source>
        <extracomment>tag of trainknn</extracomment>
        <translation>euclidienne</translation>
    </message>
    <message>
        <source>minirocket</source>
        <extracomment>tag of trainminirocket</extracomment>
        <translation>minirocket</translation>
    </message>
    <message>
        <source>rocket</source>
        <extracomment>tag of trainminirocket</extracomment>
        <translation>rocket</translation>
    </message>
    <message>
        <source>convolution</source>
        <extracomment>tag of trainminirocket</extracomment>
        <translation>convolution</translation>
    </message>
    <message>
        <source>kernels</source>
        <extracomment>tag of trainminirocket</extracomment>
        <translation>noyaux</translation>
    </message>
    <message>
        <source>quant</source>
        <extracomment>tag of trainintervals</extracomment>
        <translation>quant</translation>
    </message>
    <message>
        <source>intervals</source>
        <extracomment>tag of trainintervals</extracomment>
        <translation>intervalles</translation>
    </message>
    <message>
        <source>quantiles</source>
        <extracomment>tag of trainintervals</extracomment>
        <translation>quantiles</translation>
    </message>
    <message>
        <source>tempcnn</source>
        <extracomment>tag of traintempcnn</extracomment>
        <translation>tempcnn</translation>
    </message>
    <message>
        <source>deep learning</source>
        <extracomment>tag of traintempcnn</extracomment>
        <translation>apprentissage profond</translation>
    </message>
    <message>
        <source>pytorch</source>
        <extracomment>tag of traintempcnn</extracomment>
        <translation>pytorch</translation>
    </message>
    <message>
        <source>inceptiontime</source>
        <extracomment>tag of traininception</extracomment>
        <translation>inceptiontime</translation>
    </message>
    <message>
        <source>litetime</source>
        <extracomment>tag of traininception</extracomment>
        <translation>litetime</translation>
    </message>
    <message>
        <source>lstm</source>
        <extracomment>tag of trainlstm</extracomment>
        <translation>lstm</translation>
    </message>
    <message>
        <source>recurrent</source>
        <extracomment>tag of trainlstm</extracomment>
        <translation>récurrent</translation>
    </message>
    <message>
        <source>rnn</source>
        <extracomment>tag of trainlstm</extracomment>
        <translation>rnn</translation>
    </message>
    <message>
        <source>3d convolution</source>
        <extracomment>tag of trainlstm</extracomment>
        <translation>convolution 3d</translation>
    </message>
    <message>
        <source>spatial context</source>
        <extracomment>tag of trainlstm</extracomment>
        <translation>contexte spatial</translation>
    </message>
    <message>
        <source>attention</source>
        <extracomment>tag of trainattention</extracomment>
        <translation>attention</translation>
    </message>
    <message>
        <source>transformer</source>
        <extracomment>tag of trainattention</extracomment>
        <translation>transformeur</translation>
    </message>
    <message>
        <source>l-tae</source>
        <extracomment>tag of trainattention</extracomment>
        <translation>l-tae</translation>
    </message>
    <message>
        <source>ltae</source>
        <extracomment>tag of trainattention</extracomment>
        <translation>ltae</translation>
    </message>
    <message>
        <source>ensemble</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>ensemble</translation>
    </message>
    <message>
        <source>average</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>mean</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>vote</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>vote</translation>
    </message>
    <message>
        <source>combine</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>combiner</translation>
    </message>
    <message>
        <source>models</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>modèles</translation>
    </message>
    <message>
        <source>probabilities</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>probabilités</translation>
    </message>
    <message>
        <source>weights</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>poids</translation>
    </message>
    <message>
        <source>fusion</source>
        <extracomment>tag of ensemblemodels</extracomment>
        <translation>fusion</translation>
    </message>
    <message>
        <source>foreign</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>étranger</translation>
    </message>
    <message>
        <source>model card</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>fiche du modèle</translation>
    </message>
    <message>
        <source>tensorflow</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>tensorflow</translation>
    </message>
    <message>
        <source>skl2onnx</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>skl2onnx</translation>
    </message>
    <message>
        <source>deepness</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>deepness</translation>
    </message>
    <message>
        <source>u-net</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>u-net</translation>
    </message>
    <message>
        <source>patches</source>
        <extracomment>tag of describemodel</extracomment>
        <translation>imagettes</translation>
    </message>
    <message>
        <source>test</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>test</translation>
    </message>
    <message>
        <source>confusion matrix</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>matrice de confusion</translation>
    </message>
    <message>
        <source>evaluation</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>évaluation</translation>
    </message>
    <message>
        <source>region</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>région</translation>
    </message>
    <message>
        <source>f1</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>f1</translation>
    </message>
    <message>
        <source>kappa</source>
        <extracomment>tag of evaluatemodel</extracomment>
        <translation>kappa</translation>
    </message>
    <message>
        <source>compare</source>
        <extracomment>tag of comparemodels</extracomment>
        <translation>comparer</translation>
    </message>
    <message>
        <source>benchmark</source>
        <extracomment>tag of comparemodels</extracomment>
        <translation>banc d'essai</translation>
    </message>
    <message>
        <source>mcnemar</source>
        <extracomment>tag of comparemodels</extracomment>
        <translation>mcnemar</translation>
    </message>
    <message>
        <source>cross-validation</source>
        <extracomment>tag of comparemodels</extracomment>
        <translation>validation croisée</translation>
    </message>
    <message>
        <source>tuning</source>
        <extracomment>tag of comparemodels</extracomment>
        <translation>réglage des hyperparamètres</translation>
    </message>
    <message>
        <source>metadata</source>
        <extracomment>tag of modelinfo</extracomment>
        <translation>métadonnées</translation>
    </message>
    <message>
        <source>information</source>
        <extracomment>tag of modelinfo</extracomment>
        <translation>information</translation>
    </message>
    <message>
        <source>land cover</source>
        <extracomment>tag of classifyseries</extracomment>
        <translation>occupation du sol</translation>
    </message>
    <message>
        <source>map</source>
        <extracomment>tag of classifyseries</extracomment>
        <translation>carte</translation>
    </message>
    <message>
        <source>prediction</source>
        <extracomment>tag of classifyseries</extracomment>
        <translation>prédiction</translation>
    </message>
    <message>
        <source>inference</source>
        <extracomment>tag of classifyseries</extracomment>
        <translation>inférence</translation>
    </message>
    <message>
        <source>probability</source>
        <extracomment>tag of classifyseries</extracomment>
        <translation>probabilité</translation>
    </message>
    <message>
        <source>batch</source>
        <extracomment>tag of classifytiles</extracomment>
        <translation>lot</translation>
    </message>
    <message>
        <source>tiles</source>
        <extracomment>tag of classifytiles</extracomment>
        <translation>tuiles</translation>
    </message>
    <message>
        <source>country</source>
        <extracomment>tag of classifytiles</extracomment>
        <translation>pays</translation>
    </message>
    <message>
        <source>tile index</source>
        <extracomment>tag of classifytiles</extracomment>
        <translation>index de tuiles</translation>
    </message>
    <message>
        <source>workflow</source>
        <extracomment>tag of classifynewcloudyimages</extracomment>
        <translation>chaîne de traitement</translation>
    </message>
    <message>
        <source>Rows and columns of the images. 300 makes 3 by 3 km; a larger scene has more fields and villages.</source>
        <extracomment>help of createdemo SIZE</extracomment>
        <translation>Lignes et colonnes des images. 300 donne 3 km sur 3 ; une scène plus grande compte plus de parcelles et de villages.</translation>
    </message>
    <message>
        <source>How many images there are, unevenly spread from late February to early November.</source>
        <extracomment>help of createdemo DATES</extracomment>
        <translation>Nombre d'images, inégalement réparties de fin février à début novembre.</translation>
    </message>
    <message>
        <source>The year of the images. Another year with the same seed has the same fields with other crops.</source>
        <extracomment>help of createdemo YEAR</extracomment>
        <translation>L'année des images. Une autre année avec la même graine donne les mêmes parcelles avec d'autres cultures.</translation>
    </message>
    <message>
        <source>Land that clouds hide on average, 0 to 90. Some days are wholly cloudy, others nearly clear.</source>
        <extracomment>help of createdemo CLOUDS</extracomment>
        <translation>Part moyenne du sol cachée par les nuages, de 0 à 90. Certains jours sont entièrement nuageux, d'autres presque clairs.</translation>
    </message>
    <message>
        <source>Another number makes another landscape. The same number makes the same one again.</source>
        <extracomment>help of createdemo SEED</extracomment>
        <translation>Un autre nombre donne un autre paysage. Le même nombre redonne le même.</translation>
    </message>
    <message>
        <source>An empty or new folder. A demo scene that is already there is replaced; other files are never touched.</source>
        <extracomment>help of createdemo OUTPUT</extracomment>
        <translation>Un dossier vide ou nouveau. Une scène de démonstration qui s'y trouve déjà est remplacée ; les autres fichiers ne sont jamais touchés.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Writes a small made-up landscape, so that you can try every step offline and see how right the map is: fields with crop calendars, grassland that is mown, forests, a river, a lake and a village, seen by a satellite like Sentinel-2 on some two dozen days of one season, with clouds, shadows and noise.&lt;/p&gt; &lt;p&gt;The folder then holds:&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;b&gt;images&lt;/b&gt;: one GeoTIFF a date with the bands blue, green, red, rededge1, nir and swir1 (reflectance × 10,000) and &lt;i&gt;scl&lt;/i&gt;, Sentinel-2's scene classification, where 3 is cloud shadow and 8, 9 and 10 are clouds;&lt;/li&gt; &lt;li&gt;&lt;b&gt;labels.gpkg&lt;/b&gt;: up to 12 polygons a class with the class in the field &lt;i&gt;crop&lt;/i&gt;. They are as messy as real ones: some metres off, one without a crop, one smaller than a pixel;&lt;/li&gt; &lt;li&gt;&lt;b&gt;truth.tif&lt;/b&gt;: the class of every pixel, to compare a map with. A real project never has this.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Nothing in it is real. The same settings give the same files. The same seed and another year give the same land with the crops rotated, other dates and other weather, to see how well a model of one year maps another.&lt;/p&gt; &lt;p&gt;Next step: “Build image time series” on the folder &lt;i&gt;images&lt;/i&gt;, or the workflow “Images and labels to map”.&lt;/p&gt;</source>
        <extracomment>help of createdemo</extracomment>
        <translation>&lt;p&gt;Écrit un petit paysage imaginaire, pour essayer chaque étape hors ligne et voir à quel point la carte est juste : des parcelles avec des calendriers culturaux, des prairies fauchées, des forêts, une rivière, un lac et un village, vus par un satellite comme Sentinel-2 une vingtaine de jours d'une saison, avec nuages, ombres et bruit.&lt;/p&gt; &lt;p&gt;Le dossier contient alors :&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;b&gt;images&lt;/b&gt; : un GeoTIFF par date avec les bandes blue, green, red, rededge1, nir et swir1 (réflectance × 10 000) et &lt;i&gt;scl&lt;/i&gt;, la classification de scène de Sentinel-2, où 3 est une ombre de nuage et 8, 9 et 10 sont des nuages ;&lt;/li&gt; &lt;li&gt;&lt;b&gt;labels.gpkg&lt;/b&gt; : jusqu'à 12 polygones par classe, avec la classe dans le champ &lt;i&gt;crop&lt;/i&gt;. Ils sont aussi imparfaits que de vrais relevés : décalés de quelques mètres, l'un sans culture, l'un plus petit qu'un pixel ;&lt;/li&gt; &lt;li&gt;&lt;b&gt;truth.tif&lt;/b&gt; : la classe de chaque pixel, pour y comparer une carte. Un vrai projet ne l'a jamais.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Rien n'y est réel. Les mêmes réglages donnent les mêmes fichiers. La même graine et une autre année donnent le même terrain avec d'autres cultures par rotation, d'autres dates et une autre météo, pour voir à quel point le modèle d'une année en cartographie une autre.&lt;/p&gt; &lt;p&gt;Étape suivante : « Construire une série temporelle d'images » sur le dossier &lt;i&gt;images&lt;/i&gt;, ou la chaîne de traitement « Des images et des étiquettes à la carte ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Raster layers of the project. Layer names may carry the date when the files' names do not.</source>
        <extracomment>help of buildseries LAYERS</extracomment>
        <translation>Couches raster du projet. Le nom d'une couche peut porter la date quand celui du fichier ne la porte pas.</translation>
    </message>
    <message>
        <source>A folder in which images are looked for, in the folders below it too.</source>
        <extracomment>help of buildseries FOLDER</extracomment>
        <translation>Un dossier où chercher les images, sous-dossiers compris.</translation>
    </message>
    <message>
        <source>Which files of the folder to take: * stands for anything, several patterns are separated by semicolons (*_NDVI.tif;*_CLM.tif). A pattern with a slash is compared with the path below the folder.</source>
        <extracomment>help of buildseries PATTERN</extracomment>
        <translation>Les fichiers du dossier à prendre : * remplace n'importe quoi, plusieurs motifs sont séparés par des points-virgules (*_NDVI.tif;*_CLM.tif). Un motif avec une barre oblique est comparé au chemin à partir du dossier.</translation>
    </message>
    <message>
        <source>A CSV file with the columns path and date (2021-03-06) and, if you like, variable and band. Relative paths count from the table's folder.</source>
        <extracomment>help of buildseries TABLE</extracomment>
        <translation>Un fichier CSV avec les colonnes path et date (2021-03-06) et, si vous voulez, variable et band. Les chemins relatifs partent du dossier de la table.</translation>
    </message>
    <message>
        <source>Gives bands their names (blue, green, red, nir …), units and nodata value, and tells which is the quality band. “automatic” knows Sentinel-2, Landsat 8/9, HLS and MOD13Q1 by their product names; scales apply only to whole numbers without a scale of their own. “none” uses no knowledge of sensors.</source>
        <extracomment>help of buildseries SENSOR</extracomment>
        <translation>Donne aux bandes leurs noms (blue, green, red, nir …), unités et valeur nodata, et indique la bande de qualité. « automatic » reconnaît Sentinel-2, Landsat 8/9, HLS et MOD13Q1 aux noms des produits ; les échelles ne s'appliquent qu'aux nombres entiers sans échelle propre. « none » n'utilise aucune connaissance des capteurs.</translation>
    </message>
    <message>
        <source>Names separated by commas. For images of several bands without descriptions: one for each band, in order (EVI,NDVI,RED). For others: what to look for in band descriptions and file names. Empty: automatic.</source>
        <extracomment>help of buildseries VARIABLES</extracomment>
        <translation>Noms séparés par des virgules. Pour des images de plusieurs bandes sans description : un par bande, dans l'ordre (EVI,NDVI,RED). Pour les autres : ce qu'il faut chercher dans les descriptions des bandes et les noms de fichiers. Vide : automatique.</translation>
    </message>
    <message>
        <source>Names of the variables that go into the series, separated by commas; quality variables must be listed here or below. Empty: all.</source>
        <extracomment>help of buildseries KEEP</extracomment>
        <translation>Noms des variables à mettre dans la série, séparés par des virgules ; les variables de qualité doivent figurer ici ou ci-dessous. Vide : toutes.</translation>
    </message>
    <message>
        <source>Names of variables that tell quality, such as a cloud mask, separated by commas. They keep their numbers and always go into the series. Usual names (SCL, CLM, Fmask, QA_PIXEL …) need not be given.</source>
        <extracomment>help of buildseries QUALITY</extracomment>
        <translation>Noms des variables qui indiquent la qualité, comme un masque de nuages, séparés par des virgules. Elles gardent leurs nombres et entrent toujours dans la série. Les noms usuels (SCL, CLM, Fmask, QA_PIXEL …) n'ont pas à être donnés.</translation>
    </message>
    <message>
        <source>Images before this day are left out, such as 2021-03-06. Empty: none.</source>
        <extracomment>help of buildseries START</extracomment>
        <translation>Les images antérieures à ce jour sont écartées, par exemple 2021-03-06. Vide : aucune.</translation>
    </message>
    <message>
        <source>Images after this day are left out. Empty: none.</source>
        <extracomment>help of buildseries END</extracomment>
        <translation>Les images postérieures à ce jour sont écartées. Vide : aucune.</translation>
    </message>
    <message>
        <source>Finds the date in file, layer or folder names where they are unusual: with named groups, (?P&amp;lt;year&amp;gt;\d{4})(?P&amp;lt;doy&amp;gt;\d{3}) or year, month, day; or one group around the date, _(\d{8})_.</source>
        <extracomment>help of buildseries DATE_REGEX</extracomment>
        <translation>Trouve la date dans les noms de fichiers, de couches ou de dossiers quand ils sont inhabituels : avec des groupes nommés, (?P&amp;lt;year&amp;gt;\d{4})(?P&amp;lt;doy&amp;gt;\d{3}) ou year, month, day ; ou avec un seul groupe autour de la date, _(\d{8})_.</translation>
    </message>
    <message>
        <source>Factor from stored numbers to physical values, such as 0.0001, for all data variables. Empty: as the files or the sensor say.</source>
        <extracomment>help of buildseries SCALE</extracomment>
        <translation>Facteur des nombres stockés aux valeurs physiques, comme 0,0001, pour toutes les variables de données. Vide : selon les fichiers ou le capteur.</translation>
    </message>
    <message>
        <source>Added after the scale, for all data variables, such as -0.1. Empty: as the files or the sensor say.</source>
        <extracomment>help of buildseries OFFSET</extracomment>
        <translation>Ajouté après l'échelle, pour toutes les variables de données, comme -0,1. Vide : selon les fichiers ou le capteur.</translation>
    </message>
    <message>
        <source>The number that means “no value” in all data variables. Empty: as the files or the sensor say.</source>
        <extracomment>help of buildseries NODATA</extracomment>
        <translation>Le nombre qui signifie « pas de valeur » dans toutes les variables de données. Vide : selon les fichiers ou le capteur.</translation>
    </message>
    <message>
        <source>Whose pixels and CRS the series has: of most bands, of the finest image, or of the reference layer.</source>
        <extracomment>help of buildseries GRID</extracomment>
        <translation>De qui la série prend les pixels et le SCR : de la majorité des bandes, de l'image la plus fine ou de la couche de référence.</translation>
    </message>
    <message>
        <source>A raster whose grid the series takes; it is used whenever it is given.</source>
        <extracomment>help of buildseries REFERENCE</extracomment>
        <translation>Un raster dont la série prend la grille ; il est utilisé dès qu'il est donné.</translation>
    </message>
    <message>
        <source>The ground that any image covers (union), that every date covers (intersection), or the reference layer's. “automatic” is the reference layer's if there is one, else the union.</source>
        <extracomment>help of buildseries EXTENT_CHOICE</extracomment>
        <translation>Le terrain que couvre au moins une image (union), celui que couvre chaque date (intersection) ou celui de la couche de référence. « automatic » est celui de la couche de référence s'il y en a une, sinon l'union.</translation>
    </message>
    <message>
        <source>An extent, in any CRS, that limits the series instead of the choice above.</source>
        <extracomment>help of buildseries EXTENT</extracomment>
        <translation>Une emprise, dans n'importe quel SCR, qui limite la série à la place du choix ci-dessus.</translation>
    </message>
    <message>
        <source>How images on another grid are put on that of the series; average suits much finer images. Quality variables always take the nearest pixel.</source>
        <extracomment>help of buildseries RESAMPLING</extracomment>
        <translation>Comment les images d'une autre grille sont ramenées à celle de la série ; average convient aux images bien plus fines. Les variables de qualité prennent toujours le pixel le plus proche.</translation>
    </message>
    <message>
        <source>The series, a VRT that refers to the images. Keep the images where they are relative to it.</source>
        <extracomment>help of buildseries OUTPUT</extracomment>
        <translation>La série, un VRT qui renvoie aux images. Ne déplacez pas les images par rapport à lui.</translation>
    </message>
    <message>
        <source>A folder that also gets one VRT for each variable, with all its dates, named after it.</source>
        <extracomment>help of buildseries FOLDER_PER_VARIABLE</extracomment>
        <translation>Un dossier qui reçoit aussi un VRT par variable, avec toutes ses dates, nommé d'après elle.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Collects satellite images of many dates into one raster with a band for each date and variable. Nothing is copied: the result refers to your files, and images on another grid or in another CRS are warped while they are read.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; raster layers, a folder, or a table (CSV with the columns &lt;i&gt;path&lt;/i&gt;, &lt;i&gt;date&lt;/i&gt; and, if you like, &lt;i&gt;variable&lt;/i&gt; and &lt;i&gt;band&lt;/i&gt;); or several of these. One file may be one date with many bands, or one band.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Dates&lt;/b&gt; are found in the images' metadata, else in the names of files, layers and folders. &lt;b&gt;Variables&lt;/b&gt; are found by sensor, by band description or by file name. The log shows what was found and what was left out, and why. Several images of one date and variable are mosaicked: the first in alphabetical order lies on top, and shows the next where it has no data. The same scene twice is an error.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; an image time series (VRT). Keep the folder “….vrt.warped” beside it if there is one. A series made here can be given as a layer again, to add dates.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; Extract samples, or Classify image time series.&lt;/p&gt;</source>
        <extracomment>help of buildseries</extracomment>
        <translation>&lt;p&gt;Réunit des images satellite de nombreuses dates en un raster avec une bande par date et variable. Rien n'est copié : le résultat renvoie à vos fichiers, et les images d'une autre grille ou d'un autre SCR sont reprojetées à la lecture.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; des couches raster, un dossier ou une table (CSV avec les colonnes &lt;i&gt;path&lt;/i&gt;, &lt;i&gt;date&lt;/i&gt; et, si vous voulez, &lt;i&gt;variable&lt;/i&gt; et &lt;i&gt;band&lt;/i&gt;) ; ou plusieurs d'entre eux. Un fichier peut être une date avec de nombreuses bandes, ou une seule bande.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les dates&lt;/b&gt; sont trouvées dans les métadonnées des images, sinon dans les noms de fichiers, de couches et de dossiers. &lt;b&gt;Les variables&lt;/b&gt; sont trouvées par le capteur, la description des bandes ou le nom du fichier. Le journal montre ce qui a été trouvé, ce qui a été écarté, et pourquoi. Plusieurs images d'une même date et variable sont mosaïquées : la première par ordre alphabétique est au-dessus et laisse voir la suivante là où elle n'a pas de données. Deux fois la même scène est une erreur.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; une série temporelle d'images (VRT). Conservez à côté d'elle le dossier « ….vrt.warped » s'il y en a un. Une série faite ici peut être redonnée comme couche, pour ajouter des dates.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Ensuite :&lt;/b&gt; « Extraire des échantillons » ou « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series to work on, made with “Build image time series” or by another step of this group.</source>
        <extracomment>help of maskclouds SERIES</extracomment>
        <translation>La série à traiter, faite par « Construire une série temporelle d'images » ou par une autre étape de ce groupe.</translation>
    </message>
    <message>
        <source>What the quality values mean. “By the name of the variable” knows scl, fmask, qa_pixel, bqa, vi_quality, pixel_reliability and clm. The sources of the tables are in the help of “Mask clouds”.</source>
        <extracomment>help of maskclouds PRESET</extracomment>
        <translation>Ce que signifient les valeurs de qualité. « by the name of the variable » connaît scl, fmask, qa_pixel, bqa, vi_quality, pixel_reliability et clm. Les sources des tables sont dans l'aide de « Masquer les nuages ».</translation>
    </message>
    <message>
        <source>Name of the variable that tells the clouds. Leave it empty if there is only one quality variable.</source>
        <extracomment>help of maskclouds QUALITY</extracomment>
        <translation>Nom de la variable qui indique les nuages. Laissez vide s'il n'y a qu'une variable de qualité.</translation>
    </message>
    <message>
        <source>Where the quality is not in the series: another image time series (of single mask layers, make one with “Build image time series”), or a raster with one band for each date, in order. Another grid is resampled to the nearest pixel.</source>
        <extracomment>help of maskclouds MASK_SERIES</extracomment>
        <translation>Quand la qualité n'est pas dans la série : une autre série temporelle d'images (avec des masques séparés, faites-en une par « Construire une série temporelle d'images ») ou un raster avec une bande par date, dans l'ordre. Une autre grille est rééchantillonnée au plus proche voisin.</translation>
    </message>
    <message>
        <source>For the kinds that are products, as far as the product tells it. Choose none to mask clouds only. Fill and defects are always masked.</source>
        <extracomment>help of maskclouds ALSO</extracomment>
        <translation>Pour les types qui sont des produits, dans la mesure où le produit l'indique. Ne choisissez rien pour ne masquer que les nuages. Les pixels de remplissage et les défauts sont toujours masqués.</translation>
    </message>
    <message>
        <source>Clouds have soft edges. The mask grows by a disc of this radius.</source>
        <extracomment>help of maskclouds GROW</extracomment>
        <translation>Les nuages ont des bords flous. Le masque est dilaté d'un disque de ce rayon.</translation>
    </message>
    <message>
        <source>For a probability or a score, in its own units: 0.4 where it runs to 1, 40 where it runs to 100.</source>
        <extracomment>help of maskclouds THRESHOLD</extracomment>
        <translation>Pour une probabilité ou un score, dans ses propres unités : 0,4 s'il va jusqu'à 1, 40 s'il va jusqu'à 100.</translation>
    </message>
    <message>
        <source>For the kind “values”: codes and ranges that are masked, such as 3, 8-10.</source>
        <extracomment>help of maskclouds VALUES</extracomment>
        <translation>Pour le type « values » : codes et intervalles à masquer, par exemple 3, 8-10.</translation>
    </message>
    <message>
        <source>For the kind “bit fields”: first bit:number of bits:bad values, with semicolons between fields. 3:1:1; 5:2:2,3 masks where bit 3 is set, or the two bits from bit 5 hold 2 or 3. Bit 0 is the lowest.</source>
        <extracomment>help of maskclouds BITS</extracomment>
        <translation>Pour le type « bit fields » : premier bit:nombre de bits:valeurs à masquer, avec des points-virgules entre les champs. 3:1:1; 5:2:2,3 masque quand le bit 3 vaut 1 ou que les deux bits à partir du bit 5 valent 2 ou 3. Le bit 0 est le plus faible.</translation>
    </message>
    <message>
        <source>An observation without a quality value, or a whole date without one, is masked. Tick this to keep it: where masks say 0 for clear and call 0 nodata, or where a series of two sensors is masked one by one.</source>
        <extracomment>help of maskclouds KEEP_UNKNOWN</extracomment>
        <translation>Une observation sans valeur de qualité, ou une date entière qui n'en a pas, est masquée. Cochez pour la conserver : quand les masques disent 0 pour clair et déclarent 0 nodata, ou quand une série de deux capteurs est masquée un capteur après l'autre.</translation>
    </message>
    <message>
        <source>Percent of the pixels that have a quality value on that date, after growing. 100 keeps all dates.</source>
        <extracomment>help of maskclouds MAX_CLOUDED</extracomment>
        <translation>Pourcentage des pixels qui ont une valeur de qualité à cette date, après dilatation. 100 conserve toutes les dates.</translation>
    </message>
    <message>
        <source>Whether the quality variable stays in the series, unmasked. Others always stay.</source>
        <extracomment>help of maskclouds KEEP_QUALITY</extracomment>
        <translation>Si la variable de qualité reste dans la série, non masquée. Les autres restent toujours.</translation>
    </message>
    <message>
        <source>Table and picture of the clear share of each date, and how many clear dates the pixels have.</source>
        <extracomment>help of maskclouds REPORT</extracomment>
        <translation>Table et figure de la part claire de chaque date, et nombre de dates claires des pixels.</translation>
    </message>
    <message>
        <source>float32 keeps every digit. int16 halves the file and keeps four decimals (values from -3.2767 to 3.2767: reflectances and indices). Quality codes are stored as they are; those above 32,767, and fractions, need float32.</source>
        <extracomment>help of maskclouds STORAGE</extracomment>
        <translation>float32 conserve tous les chiffres. int16 divise le fichier par deux et conserve quatre décimales (valeurs de -3,2767 à 3,2767 : réflectances et indices). Les codes de qualité sont stockés tels quels ; ceux au-delà de 32 767 et les fractions exigent float32.</translation>
    </message>
    <message>
        <source>The resulting image time series, a tiled GeoTIFF with one band per date and variable.</source>
        <extracomment>help of maskclouds OUTPUT</extracomment>
        <translation>La série temporelle d'images résultante, un GeoTIFF tuilé avec une bande par date et variable.</translation>
    </message>
    <message>
        <source>Sends the work to the computers of a Dask cluster: the address of its scheduler, such as tcp://192.168.1.10:8786, or its scheduler file (.json). The result is the same. Empty: as set in the Processing options, where nothing is set at first; “local”: this computer.</source>
        <extracomment>help of maskclouds SCHEDULER</extracomment>
        <translation>Envoie le travail aux ordinateurs d'une grappe Dask : l'adresse de son ordonnanceur, par exemple tcp://192.168.1.10:8786, ou son fichier d'ordonnanceur (.json). Le résultat est le même. Vide : selon les options de traitement, où rien n'est défini au départ ; « local » : cet ordinateur.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Makes clouds, shadows and other useless observations missing in all variables, date by date, by a quality variable of the series or by separate masks.&lt;/p&gt; &lt;p&gt;What the codes mean is taken from the products' own tables:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;Sentinel-2 scene classification (SCL)&lt;/b&gt;: Sentinel-2 Products Specification Document 15.0, table of the scene classification: 0 no data, 1 saturated or defective, 3 cloud shadow, 8 and 9 cloud of medium and high probability, 10 thin cirrus, 11 snow or ice.&lt;/li&gt;&lt;li&gt;&lt;b&gt;HLS Fmask&lt;/b&gt;: HLS Product User Guide 2.0: bit 0 cirrus, 1 cloud, 2 next to cloud or shadow, 3 cloud shadow, 4 snow or ice, 6 and 7 aerosol (3 is high); 255 is fill.&lt;/li&gt;&lt;li&gt;&lt;b&gt;Landsat Collection 2 QA_PIXEL&lt;/b&gt;: Landsat 8-9 Collection 2 Level 2 Science Product Guide (LSDS-1619): bit 0 fill, 1 dilated cloud, 2 cirrus, 3 cloud, 4 cloud shadow, 5 snow, 8 and 9 cloud confidence (2 medium, 3 high).&lt;/li&gt;&lt;li&gt;&lt;b&gt;Landsat Collection 1 BQA&lt;/b&gt;: Landsat 8 Collection 1 Level 1 Quality Assessment band: bit 0 fill, 4 cloud, 5 and 6 cloud confidence, 7 and 8 cloud shadow, 9 and 10 snow or ice, 11 and 12 cirrus (2 medium, 3 high confidence).&lt;/li&gt;&lt;li&gt;&lt;b&gt;MODIS MOD13 VI quality&lt;/b&gt;: MOD13 User's Guide, Collection 6.1, table of the VI quality: bits 0 and 1 MODLAND QA (2 probably cloudy, 3 not produced), 2 to 5 usefulness (13 to 15 useless), 6 and 7 aerosol (3 is high), 8 next to clouds, 10 mixed clouds, 14 snow or ice, 15 shadow.&lt;/li&gt;&lt;li&gt;&lt;b&gt;MODIS MOD13 pixel reliability&lt;/b&gt;: MOD13 User's Guide, Collection 6.1, table of the pixel reliability: -1 (255) fill, 0 good, 1 marginal, 2 snow or ice, 3 cloudy.&lt;/li&gt;&lt;li&gt;&lt;b&gt;mask of ones&lt;/b&gt;: a mask in which 1 is clouded and 0 is clear, such as CLM of Sentinel Hub.&lt;/li&gt;&lt;/ul&gt; &lt;p&gt;Other masks are told by their values, their bits, or a threshold: of a cloud probability (s2cloudless, which takes 0.4 itself, from 0 to 1 or in percent; MSK_CLDPRB, in percent) or of a clear-sky score (Cloud Score+, from 0 to 1).&lt;/p&gt; &lt;p&gt;&lt;b&gt;One mask layer a date:&lt;/b&gt; make a series of the masks with “Build image time series”, which finds their dates, and give it as the separate masks. Dates are matched by date, so a date may lack its mask.&lt;/p&gt; &lt;p&gt;The report shows the clear share of each date and the number of clear dates of the pixels. What was missing before counts as not clear.&lt;/p&gt; &lt;p&gt;Next step: “Composite” or “Fill gaps”.&lt;/p&gt;</source>
        <extracomment>help of maskclouds</extracomment>
        <translation>&lt;p&gt;Rend manquantes, dans toutes les variables et date par date, les observations gênées par des nuages, des ombres ou d'autres défauts, d'après une variable de qualité de la série ou des masques séparés.&lt;/p&gt; &lt;p&gt;La signification des codes vient des tables des produits eux-mêmes :&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;Sentinel-2 scene classification (SCL)&lt;/b&gt; : Sentinel-2 Products Specification Document 15.0, table de la classification de scène : 0 pas de données, 1 saturé ou défectueux, 3 ombre de nuage, 8 et 9 nuage de probabilité moyenne et élevée, 10 cirrus fin, 11 neige ou glace.&lt;/li&gt;&lt;li&gt;&lt;b&gt;HLS Fmask&lt;/b&gt; : HLS Product User Guide 2.0 : bit 0 cirrus, 1 nuage, 2 à côté d'un nuage ou d'une ombre, 3 ombre de nuage, 4 neige ou glace, 6 et 7 aérosols (3 : forte charge) ; 255 est le remplissage.&lt;/li&gt;&lt;li&gt;&lt;b&gt;Landsat Collection 2 QA_PIXEL&lt;/b&gt; : Landsat 8-9 Collection 2 Level 2 Science Product Guide (LSDS-1619) : bit 0 remplissage, 1 nuage dilaté, 2 cirrus, 3 nuage, 4 ombre de nuage, 5 neige, 8 et 9 confiance des nuages (2 moyenne, 3 élevée).&lt;/li&gt;&lt;li&gt;&lt;b&gt;Landsat Collection 1 BQA&lt;/b&gt; : bande Quality Assessment de Landsat 8 Collection 1 Level 1 : bit 0 remplissage, 4 nuage, 5 et 6 confiance des nuages, 7 et 8 ombre de nuage, 9 et 10 neige ou glace, 11 et 12 cirrus (2 confiance moyenne, 3 élevée).&lt;/li&gt;&lt;li&gt;&lt;b&gt;MODIS MOD13 VI quality&lt;/b&gt; : MOD13 User's Guide, Collection 6.1, table de la qualité de l'indice de végétation : bits 0 et 1 MODLAND QA (2 probablement nuageux, 3 non produit), 2 à 5 utilité (13 à 15 inutilisable), 6 et 7 aérosols (3 : forte charge), 8 à côté de nuages, 10 nuages mixtes, 14 neige ou glace, 15 ombre.&lt;/li&gt;&lt;li&gt;&lt;b&gt;MODIS MOD13 pixel reliability&lt;/b&gt; : MOD13 User's Guide, Collection 6.1, table de la fiabilité des pixels : -1 (255) remplissage, 0 bon, 1 passable, 2 neige ou glace, 3 nuageux.&lt;/li&gt;&lt;li&gt;&lt;b&gt;mask of ones&lt;/b&gt; : un masque où 1 est nuageux et 0 clair, comme CLM de Sentinel Hub.&lt;/li&gt;&lt;/ul&gt; &lt;p&gt;Les autres masques se décrivent par leurs valeurs, leurs bits ou un seuil : d'une probabilité de nuage (s2cloudless, qui prend lui-même 0,4, de 0 à 1 ou en pour cent ; MSK_CLDPRB, en pour cent) ou d'un score de ciel clair (Cloud Score+, de 0 à 1).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Une couche de masque par date :&lt;/b&gt; faites une série des masques avec « Construire une série temporelle d'images », qui trouve leurs dates, et donnez-la comme masques séparés. L'association se fait par la date : une date peut donc ne pas avoir de masque.&lt;/p&gt; &lt;p&gt;Le rapport montre la part claire de chaque date et le nombre de dates claires des pixels. Ce qui manquait déjà compte comme non clair.&lt;/p&gt; &lt;p&gt;Étape suivante : « Composite temporel » ou « Combler les lacunes ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>One image is made for each: calendar months, every n days, or periods from the dates in a list.</source>
        <extracomment>help of compositeseries PERIOD</extracomment>
        <translation>Une image est faite pour chacune : mois du calendrier, tous les n jours, ou périodes à partir des dates d'une liste.</translation>
    </message>
    <message>
        <source>The number of days in a period. The last period may be shorter.</source>
        <extracomment>help of compositeseries DAYS</extracomment>
        <translation>Le nombre de jours d'une période. La dernière peut être plus courte.</translation>
    </message>
    <message>
        <source>First day of each period, such as 2021-03-01, 2021-05-15. Each ends the day before the next begins.</source>
        <extracomment>help of compositeseries STARTS</extracomment>
        <translation>Premier jour de chaque période, par exemple 2021-03-01, 2021-05-15. Chacune finit la veille du début de la suivante.</translation>
    </message>
    <message>
        <source>How the observations of a period become one. The help of the tool tells them apart.</source>
        <extracomment>help of compositeseries METHOD</extracomment>
        <translation>Comment les observations d'une période n'en font plus qu'une. L'aide de l'outil décrit chaque méthode.</translation>
    </message>
    <message>
        <source>First day, such as 2021-03-06; earlier dates are not used. Empty: the first date of the series, or the beginning of its month. A list of dates has its own start.</source>
        <extracomment>help of compositeseries START</extracomment>
        <translation>Premier jour, par exemple 2021-03-06 ; les dates antérieures ne sont pas utilisées. Vide : la première date de la série, ou le début de son mois. Une liste de dates a son propre début.</translation>
    </message>
    <message>
        <source>Last day; later dates are not used. Empty: the last date of the series.</source>
        <extracomment>help of compositeseries END</extracomment>
        <translation>Dernier jour ; les dates postérieures ne sont pas utilisées. Vide : la dernière date de la série.</translation>
    </message>
    <message>
        <source>For the method “percentile”: 0 is the minimum, 50 the median, 100 the maximum.</source>
        <extracomment>help of compositeseries PERCENTILE</extracomment>
        <translation>Pour la méthode « percentile » : 0 est le minimum, 50 la médiane, 100 le maximum.</translation>
    </message>
    <message>
        <source>For the method “maximum of an index”: a variable of the series.</source>
        <extracomment>help of compositeseries INDEX_VARIABLE</extracomment>
        <translation>Pour la méthode « maximum of an index » : une variable de la série.</translation>
    </message>
    <message>
        <source>Adds the variable clear_count, with the role of a quality variable: observations in the period.</source>
        <extracomment>help of compositeseries COUNT</extracomment>
        <translation>Ajoute la variable clear_count, avec le rôle d'une variable de qualité : observations dans la période.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Makes an image time series with one image for each period: calendar months, every n days, or periods that begin on the dates that you list. Missing observations take no part, so mask the clouds first.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Each variable by itself:&lt;/b&gt; median, mean, minimum, maximum or a percentile (linear between ranks).&lt;/p&gt; &lt;p&gt;&lt;b&gt;All variables from one real observation&lt;/b&gt;, so that spectra stay true:&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;medoid&lt;/i&gt;: the observation with the least sum of distances to all others of the period (Flood, 2013, Remote Sensing 5, 6481–6500). Distances are taken over all variables as they are, so use variables of one kind, such as reflectances;&lt;/li&gt; &lt;li&gt;&lt;i&gt;maximum of an index&lt;/i&gt;: the observation with the highest value of a variable, such as ndvi;&lt;/li&gt; &lt;li&gt;&lt;i&gt;clear pixel of the clearest date&lt;/i&gt;: from the date with the largest clear share over the scene that is clear there. It keeps large areas from the same day.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Where some variables were not observed, only the observations with the most variables are considered.&lt;/p&gt; &lt;p&gt;A composite has the first day of its period as its date, and the last day as its end. An observation belongs to the period that its date lies in (a composite, by its own first day). A period without any observation stays missing; the log says which, and what share of the pixels each period lacks. Quality variables are left out: they have no meaning in a composite.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”. Next: “Fill gaps”, “Extract samples” or “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of compositeseries</extracomment>
        <translation>&lt;p&gt;Crée une série temporelle d'images avec une image par période : mois du calendrier, tous les n jours, ou périodes qui commencent aux dates que vous énumérez. Les observations manquantes n'y participent pas : masquez donc d'abord les nuages.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Chaque variable pour elle-même :&lt;/b&gt; médiane, moyenne, minimum, maximum ou un percentile (linéaire entre les rangs).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Toutes les variables d'une même observation réelle&lt;/b&gt;, pour que les spectres restent vrais :&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;medoid&lt;/i&gt; : l'observation dont la somme des distances à toutes les autres de la période est la plus petite (Flood, 2013, Remote Sensing 5, 6481–6500). Les distances portent sur toutes les variables telles quelles : prenez donc des variables de même nature, comme des réflectances ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;maximum of an index&lt;/i&gt; : l'observation où une variable, par exemple ndvi, est la plus élevée ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;clear pixel of the clearest date&lt;/i&gt; : parmi les dates claires à cet endroit, celle dont la part claire sur toute la scène est la plus grande. De vastes surfaces viennent ainsi du même jour.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Là où certaines variables n'ont pas été observées, seules les observations qui ont le plus de variables sont retenues.&lt;/p&gt; &lt;p&gt;Un composite a pour date le premier jour de sa période, et pour fin le dernier. Une observation appartient à la période où tombe sa date (un composite, d'après son propre premier jour). Une période sans aucune observation reste manquante ; le journal dit lesquelles, et quelle part des pixels manque à chaque période. Les variables de qualité sont omises : elles n'ont pas de sens dans un composite.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages ». Ensuite : « Combler les lacunes », « Extraire des échantillons » ou « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How values between two observations are found: “linear” a straight line, “nearest” the nearer one, “spline” Akima's curve, “cubic” a natural cubic spline.</source>
        <extracomment>help of fillgaps METHOD</extracomment>
        <translation>Comment trouver les valeurs entre deux observations : « linear » une droite, « nearest » la plus proche, « spline » la courbe d'Akima, « cubic » une spline cubique naturelle.</translation>
    </message>
    <message>
        <source>Holes between two observations that are more days apart are left as they are. 0 fills every hole.</source>
        <extracomment>help of fillgaps LONGEST_GAP</extracomment>
        <translation>Les trous entre deux observations plus éloignées que ce nombre de jours sont laissés tels quels. 0 comble tous les trous.</translation>
    </message>
    <message>
        <source>Names of variables, separated by commas. Empty: all data variables. Others stay as they are.</source>
        <extracomment>help of fillgaps VARIABLES</extracomment>
        <translation>Noms des variables, séparés par des virgules. Vide : toutes les variables de données. Les autres restent telles quelles.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Gives every missing value of an image time series one from the observations before and after it, pixel by pixel and variable by variable. Observed values stay as they are. Uneven dates are taken as they are: what counts is the number of days.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Methods&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;linear&lt;/i&gt;: a straight line between the two observations; robust, and what the models of this plugin do themselves;&lt;/li&gt; &lt;li&gt;&lt;i&gt;nearest&lt;/i&gt;: the nearer observation in time, the earlier one if both are as near;&lt;/li&gt; &lt;li&gt;&lt;i&gt;spline&lt;/i&gt;: a smooth curve: Akima's from five observations on, a natural cubic spline for three and four, a straight line for two. Akima's curve hardly overshoots;&lt;/li&gt; &lt;li&gt;&lt;i&gt;cubic&lt;/i&gt;: a natural cubic spline from three observations on. It is the smoothest, and swings out in long gaps of noisy data, farther from the truth than the previous clear value: use it on dense series or with a longest gap.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;&lt;b&gt;Ends:&lt;/b&gt; before the first and after the last observation the nearest one is taken, with every method: nothing is extrapolated.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Longest gap:&lt;/b&gt; a hole between two observations that are more days apart stays a hole; at the ends, values farther than that from the first or last observation stay missing. A series without any observation stays missing.&lt;/p&gt; &lt;p&gt;Quality variables pass unchanged, so that you can still tell what was observed. The log and the results say how much was missing before and after.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”. Next: “Smooth”, “Spectral indices”, or “Extract samples”.&lt;/p&gt;</source>
        <extracomment>help of fillgaps</extracomment>
        <translation>&lt;p&gt;Donne à chaque valeur manquante d'une série temporelle d'images une valeur tirée des observations qui la précèdent et la suivent, pixel par pixel et variable par variable. Les valeurs observées restent telles quelles. Les dates irrégulières sont prises comme elles sont : c'est le nombre de jours qui compte.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Méthodes&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;linear&lt;/i&gt; : une droite entre les deux observations ; robuste, et ce que font d'eux-mêmes les modèles de cette extension ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;nearest&lt;/i&gt; : l'observation la plus proche dans le temps, la première si les deux le sont autant ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;spline&lt;/i&gt; : une courbe lisse : celle d'Akima à partir de cinq observations, une spline cubique naturelle pour trois et quatre, une droite pour deux. La courbe d'Akima ne dépasse guère les observations ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;cubic&lt;/i&gt; : une spline cubique naturelle à partir de trois observations. C'est la plus lisse, et elle s'écarte dans les longues lacunes de données bruitées, plus loin de la vérité que la valeur claire précédente : utilisez-la sur des séries denses ou avec une lacune maximale.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;&lt;b&gt;Extrémités :&lt;/b&gt; avant la première et après la dernière observation, la plus proche est prise, quelle que soit la méthode : rien n'est extrapolé.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Lacune la plus longue :&lt;/b&gt; un trou entre deux observations plus éloignées que ce nombre de jours reste un trou ; aux extrémités, les valeurs plus éloignées que cela de la première ou de la dernière observation restent manquantes. Une série sans aucune observation reste manquante.&lt;/p&gt; &lt;p&gt;Les variables de qualité passent inchangées, si bien que vous savez encore ce qui a été observé. Le journal et les résultats disent combien de valeurs manquaient avant et après.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages ». Ensuite : « Lisser », « Indices spectraux » ou « Extraire des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Savitzky-Golay keeps peaks, Whittaker is smoothest and fills gaps, the moving median removes outliers.</source>
        <extracomment>help of smoothseries METHOD</extracomment>
        <translation>Savitzky-Golay préserve les pics, Whittaker lisse le mieux et comble les lacunes, la médiane mobile élimine les valeurs aberrantes.</translation>
    </message>
    <message>
        <source>How many dates are looked at for each value: odd, at least 3. A longer window smooths more.</source>
        <extracomment>help of smoothseries WINDOW</extracomment>
        <translation>Nombre de dates considérées pour chaque valeur : impair, au moins 3. Une fenêtre plus longue lisse davantage.</translation>
    </message>
    <message>
        <source>2 or 3 is usual; it must be less than the window. A lower order smooths more.</source>
        <extracomment>help of smoothseries ORDER</extracomment>
        <translation>2 ou 3 est usuel ; il doit être inférieur à la fenêtre. Un degré plus faible lisse davantage.</translation>
    </message>
    <message>
        <source>How smooth the curve is. Try 2 for light, 10 for medium, 100 and more for strong smoothing.</source>
        <extracomment>help of smoothseries LAMBDA</extracomment>
        <translation>À quel point la courbe est lisse. Essayez 2 pour un lissage léger, 10 pour moyen, 100 et plus pour fort.</translation>
    </message>
    <message>
        <source>The name of a variable of the series that says how good each date is. Empty: all dates count alike.</source>
        <extracomment>help of smoothseries WEIGHT_VARIABLE</extracomment>
        <translation>Le nom d'une variable de la série qui dit la qualité de chaque date. Vide : toutes les dates comptent autant.</translation>
    </message>
    <message>
        <source>Pairs value=weight, separated by commas, such as 0=1, 1=0.5, 3=0. 1 counts fully, 0 not at all; between the values given it is linear. A missing quality counts 0. Empty: the quality is the weight.</source>
        <extracomment>help of smoothseries WEIGHTS</extracomment>
        <translation>Paires valeur=poids, séparées par des virgules, par exemple 0=1, 1=0.5, 3=0. 1 compte pleinement, 0 pas du tout ; entre les valeurs données le poids est linéaire. Une qualité manquante compte 0. Vide : la qualité est le poids.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Takes the noise out of an image time series, pixel by pixel and variable by variable. Uneven dates are taken as they are: no resampling is needed first.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Methods&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;Savitzky-Golay&lt;/i&gt;: each value becomes that of a polynomial fitted to the dates in a window around it, over actual days. It keeps peaks well. Dates at both ends share the first (last) full window. On evenly spaced dates it is the classical filter.&lt;/li&gt; &lt;li&gt;&lt;i&gt;Whittaker&lt;/i&gt;: the curve that is the best compromise between being near to the observations and being smooth; lambda says how smooth. It fills gaps too. Before the first and after the last observation it keeps its value there. Lambda counts in mean steps of the dates: on evenly spaced ones it is the lambda of the literature.&lt;/li&gt; &lt;li&gt;&lt;i&gt;moving median&lt;/i&gt;: each value becomes the median of the window around it, which removes single outliers, such as clouds that the mask missed. At the ends the window is cut off.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;&lt;b&gt;Missing values:&lt;/b&gt; Savitzky-Golay and the moving median take what is in the window and leave missing values missing; where a window holds too few values for the polynomial, the value stays as it is. Whittaker gives missing values the weight 0 and bridges them. A series without any observation stays missing.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Weights&lt;/b&gt; (Whittaker only): a quality variable of the series can say how far each date counts, for example a cloud probability with the weights &lt;i&gt;0=1, 100=0&lt;/i&gt;, or the MODIS pixel reliability with &lt;i&gt;0=1, 1=0.5, 2=0, 3=0&lt;/i&gt;.&lt;/p&gt; &lt;p&gt;Quality variables pass unchanged.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”, “Fill gaps”. Next: “Spectral indices”, “Temporal statistics and phenology”, “Extract samples”.&lt;/p&gt;</source>
        <extracomment>help of smoothseries</extracomment>
        <translation>&lt;p&gt;Retire le bruit d'une série temporelle d'images, pixel par pixel et variable par variable. Les dates irrégulières sont prises comme elles sont : aucun rééchantillonnage préalable n'est nécessaire.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Méthodes&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;Savitzky-Golay&lt;/i&gt; : chaque valeur devient celle d'un polynôme ajusté aux dates d'une fenêtre qui l'entoure, selon les jours réels. Les pics sont bien préservés. Aux deux extrémités, les dates partagent la première (dernière) fenêtre complète. À dates régulières, c'est le filtre classique.&lt;/li&gt; &lt;li&gt;&lt;i&gt;Whittaker&lt;/i&gt; : la courbe qui fait le meilleur compromis entre proximité des observations et lissage ; lambda dit à quel point elle est lisse. Elle comble aussi les lacunes. Avant la première et après la dernière observation, elle garde la valeur qu'elle y a. Lambda se compte en pas moyens des dates : à dates régulières, c'est le lambda de la littérature.&lt;/li&gt; &lt;li&gt;&lt;i&gt;moving median&lt;/i&gt; : chaque valeur devient la médiane de la fenêtre qui l'entoure, ce qui élimine les valeurs aberrantes isolées, comme des nuages que le masque a manqués. Aux extrémités, la fenêtre est tronquée.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;&lt;b&gt;Valeurs manquantes :&lt;/b&gt; Savitzky-Golay et la médiane mobile prennent ce qu'il y a dans la fenêtre et laissent manquantes les valeurs manquantes ; quand une fenêtre contient trop peu de valeurs pour le polynôme, la valeur reste telle quelle. Whittaker donne aux valeurs manquantes le poids 0 et passe par-dessus. Une série sans aucune observation reste manquante.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Poids&lt;/b&gt; (Whittaker seulement) : une variable de qualité de la série peut dire combien compte chaque date, par exemple une probabilité de nuage avec les poids &lt;i&gt;0=1, 100=0&lt;/i&gt;, ou la fiabilité des pixels de MODIS avec &lt;i&gt;0=1, 1=0.5, 2=0, 3=0&lt;/i&gt;.&lt;/p&gt; &lt;p&gt;Les variables de qualité passent inchangées.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages », « Combler les lacunes ». Ensuite : « Indices spectraux », « Statistiques temporelles et phénologie », « Extraire des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Where the new dates come from. Only the parameters that name this choice are used.</source>
        <extracomment>help of resampleseries TARGET</extracomment>
        <translation>D'où viennent les nouvelles dates. Seuls les paramètres qui nomment ce choix sont utilisés.</translation>
    </message>
    <message>
        <source>The number of days from one date to the next.</source>
        <extracomment>help of resampleseries STEP</extracomment>
        <translation>Le nombre de jours d'une date à la suivante.</translation>
    </message>
    <message>
        <source>Such as 2021-03-06. Empty: the first date of the series.</source>
        <extracomment>help of resampleseries START</extracomment>
        <translation>Par exemple 2021-03-06. Vide : la première date de la série.</translation>
    </message>
    <message>
        <source>No date is after it. Empty: the last date of the series.</source>
        <extracomment>help of resampleseries END</extracomment>
        <translation>Aucune date ne lui est postérieure. Vide : la dernière date de la série.</translation>
    </message>
    <message>
        <source>Dates such as 2021-03-06, separated by commas, spaces or lines.</source>
        <extracomment>help of resampleseries DATES_LIST</extracomment>
        <translation>Des dates comme 2021-03-06, séparées par des virgules, des espaces ou des retours à la ligne.</translation>
    </message>
    <message>
        <source>An image time series whose dates are taken. Its grid and its variables do not matter.</source>
        <extracomment>help of resampleseries OTHER</extracomment>
        <translation>Une série temporelle d'images dont les dates sont reprises. Sa grille et ses variables n'importent pas.</translation>
    </message>
    <message>
        <source>A trained model (.onnx), whose dates are taken.</source>
        <extracomment>help of resampleseries MODEL</extracomment>
        <translation>Un modèle entraîné (.onnx), dont les dates sont reprises.</translation>
    </message>
    <message>
        <source>The year in which the season starts (2021), or its first day (2021-10-01). Empty: all covered.</source>
        <extracomment>help of resampleseries SEASON</extracomment>
        <translation>L'année où commence la saison (2021), ou son premier jour (2021-10-01). Vide : toutes celles qui sont couvertes.</translation>
    </message>
    <message>
        <source>Between two observations: “linear” a line, “nearest” the nearer one, “spline” and “cubic” curves.</source>
        <extracomment>help of resampleseries METHOD</extracomment>
        <translation>Entre deux observations : « linear » une droite, « nearest » la plus proche, « spline » et « cubic » des courbes.</translation>
    </message>
    <message>
        <source>Up to so many days before the first and after the last observation the nearest one is taken.</source>
        <extracomment>help of resampleseries TOLERANCE</extracomment>
        <translation>Jusqu'à ce nombre de jours avant la première et après la dernière observation, la plus proche est prise.</translation>
    </message>
    <message>
        <source>Between two observations that are more days apart values stay missing. 0 fills every gap.</source>
        <extracomment>help of resampleseries LONGEST_GAP</extracomment>
        <translation>Entre deux observations plus éloignées que ce nombre de jours, les valeurs restent manquantes. 0 comble toutes les lacunes.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Interpolates an image time series in time onto other dates, pixel by pixel and variable by variable, by the number of days. Missing values are skipped, so gaps are filled at the same time.&lt;/p&gt; &lt;p&gt;&lt;b&gt;The new dates&lt;/b&gt; are every n days from the first to the last day, a list that you type, the dates of another series, or the time axis of a model: the days of its season, placed in every season that the series covers, or in the one you name.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Between two observations&lt;/b&gt; the value lies on a straight line (&lt;i&gt;linear&lt;/i&gt;), is the nearer one (&lt;i&gt;nearest&lt;/i&gt;), or lies on a smooth curve (&lt;i&gt;spline&lt;/i&gt;: Akima's from five observations on, a natural cubic spline for three and four; &lt;i&gt;cubic&lt;/i&gt;: a natural cubic spline). A longest gap can be set beyond which values stay missing.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Ends:&lt;/b&gt; nothing is extrapolated. Up to some days (the tolerance) before a pixel's first and after its last observation the nearest one is taken; farther out the value is missing.&lt;/p&gt; &lt;p&gt;Quality variables are left out, since an interpolated value comes from two dates. Composites count as the first day of their period.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”. Next: “Smooth”, “Spectral indices”, “Extract samples”. To map with a model you do not need this step: “Classify image time series” brings the series onto the model's dates itself.&lt;/p&gt;</source>
        <extracomment>help of resampleseries</extracomment>
        <translation>&lt;p&gt;Interpole une série temporelle d'images dans le temps à d'autres dates, pixel par pixel et variable par variable, selon le nombre de jours. Les valeurs manquantes sont sautées : les lacunes sont donc comblées en même temps.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les nouvelles dates&lt;/b&gt; sont tous les n jours du premier au dernier jour, une liste que vous saisissez, les dates d'une autre série ou l'axe temporel d'un modèle : les jours de sa saison, placés dans chaque saison que couvre la série, ou dans celle que vous nommez.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Entre deux observations&lt;/b&gt;, la valeur se trouve sur une droite (&lt;i&gt;linear&lt;/i&gt;), est la plus proche des deux (&lt;i&gt;nearest&lt;/i&gt;) ou se trouve sur une courbe lisse (&lt;i&gt;spline&lt;/i&gt; : celle d'Akima à partir de cinq observations, une spline cubique naturelle pour trois et quatre ; &lt;i&gt;cubic&lt;/i&gt; : une spline cubique naturelle). On peut fixer une lacune maximale au-delà de laquelle les valeurs restent manquantes.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Extrémités :&lt;/b&gt; rien n'est extrapolé. Jusqu'à quelques jours (la tolérance) avant la première et après la dernière observation d'un pixel, la plus proche est prise ; au-delà, la valeur manque.&lt;/p&gt; &lt;p&gt;Les variables de qualité sont omises, car une valeur interpolée vient de deux dates. Les composites comptent comme le premier jour de leur période.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages ». Ensuite : « Lisser », « Indices spectraux », « Extraire des échantillons ». Pour cartographier avec un modèle, cette étape est inutile : « Classer une série temporelle d'images » ramène elle-même la série aux dates du modèle.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The common ones: NDVI, EVI, EVI2, SAVI, OSAVI, MSAVI, kNDVI and NIRv for vegetation, GNDVI and NDRE for chlorophyll, NDWI and MNDWI for open water, NDMI for moisture, NBR and NBR2 for burned area, BSI for bare soil, NDBI for built-up area, NDSI for snow.</source>
        <extracomment>help of spectralindices INDICES</extracomment>
        <translation>Les plus courants : NDVI, EVI, EVI2, SAVI, OSAVI, MSAVI, kNDVI et NIRv pour la végétation, GNDVI et NDRE pour la chlorophylle, NDWI et MNDWI pour l'eau libre, NDMI pour l'humidité, NBR et NBR2 pour les surfaces brûlées, BSI pour le sol nu, NDBI pour le bâti, NDSI pour la neige.</translation>
    </message>
    <message>
        <source>Names from the catalogue Awesome Spectral Indices, separated by commas, such as MSAVI, CIRE, PSRI. The plugin's documentation lists all of them with their formulas.</source>
        <extracomment>help of spectralindices MORE</extracomment>
        <translation>Noms du catalogue Awesome Spectral Indices, séparés par des virgules, par exemple MSAVI, CIRE, PSRI. La documentation de l'extension les donne tous avec leurs formules.</translation>
    </message>
    <message>
        <source>One name = formula a line (or with ; between them), such as nbr2 = (swir1 - swir2) / (swir1 + swir2). Formulas have the names of data variables and of results above, numbers, + - * / ** and brackets, sqrt, log, log10, exp, abs, min, max, and where(nir &gt; 0.3, 1, 0).</source>
        <extracomment>help of spectralindices EXPRESSIONS</extracomment>
        <translation>Un nom = formule par ligne (ou séparés par ;), par exemple nbr2 = (swir1 - swir2) / (swir1 + swir2). Les formules acceptent les noms des variables de données et des résultats précédents, les nombres, + - * / ** et les parenthèses, sqrt, log, log10, exp, abs, min, max et where(nir &gt; 0.3, 1, 0).</translation>
    </message>
    <message>
        <source>Where the series has other names, or another value is wanted: letters and constants of the catalogue, such as N = nir08, L = 0.25. Bands are A (coastal), B, G, R, RE1 to RE3, N, N2, S1, S2, T. Empty: found by name, and the usual constants.</source>
        <extracomment>help of spectralindices BANDS</extracomment>
        <translation>Quand la série a d'autres noms ou qu'une autre valeur est voulue : lettres et constantes du catalogue, par exemple N = nir08, L = 0.25. Les bandes sont A (côtière), B, G, R, RE1 à RE3, N, N2, S1, S2, T. Vide : trouvées par leur nom, et constantes usuelles.</translation>
    </message>
    <message>
        <source>Computes indices that need reflectances from 0 to 1, such as EVI, from larger values, too.</source>
        <extracomment>help of spectralindices SKIP_UNITS_CHECK</extracomment>
        <translation>Calcule aussi sur des valeurs plus grandes les indices qui exigent des réflectances de 0 à 1, comme l'EVI.</translation>
    </message>
    <message>
        <source>Whether the result keeps the data variables and has the indices besides, or has the indices only.</source>
        <extracomment>help of spectralindices MODE</extracomment>
        <translation>Si le résultat conserve les variables de données et y ajoute les indices, ou ne contient que les indices.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Computes indices from the variables of an image time series, date by date, and adds them as variables or puts them in place of the data variables.&lt;/p&gt; &lt;p&gt;Choose common ones from the list, name &lt;a href="https://github.com/chronocover/chronocover/blob/main/docs/spectral-indices.md"&gt;any of the 280 of the catalogue&lt;/a&gt; Awesome Spectral Indices, or write expressions. The bands are found by the names of the variables, &lt;i&gt;red&lt;/i&gt; and &lt;i&gt;nir&lt;/i&gt; say, as “Build image time series” gives them; capitals do not matter. A new variable is called like the index, in small letters.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Units:&lt;/b&gt; scale and offset of the images are applied before, so that formulas see reflectances from 0 to 1 however the files store them. If the values are larger all the same, indices that would be wrong, such as EVI or SAVI, are refused, and others warned of. Expressions are computed as they are.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Missing values:&lt;/b&gt; a result is missing where a variable of the formula is, and where there is no finite result, as after a division by zero. Constants are the usual ones (L is 1 in EVI and 0.5 in SAVI); the advanced parameters change them.&lt;/p&gt; &lt;p&gt;Quality variables pass unchanged.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”, “Fill gaps”, “Smooth”. Next: “Temporal statistics and phenology”, “Extract samples”.&lt;/p&gt;</source>
        <extracomment>help of spectralindices</extracomment>
        <translation>&lt;p&gt;Calcule des indices à partir des variables d'une série temporelle d'images, date par date, et les ajoute comme variables ou les met à la place des variables de données.&lt;/p&gt; &lt;p&gt;Choisissez les plus courants dans la liste, nommez &lt;a href="https://github.com/chronocover/chronocover/blob/main/docs/spectral-indices.md"&gt;l'un des 280 du catalogue&lt;/a&gt; Awesome Spectral Indices, ou écrivez des expressions. Les bandes sont trouvées d'après les noms des variables, &lt;i&gt;red&lt;/i&gt; et &lt;i&gt;nir&lt;/i&gt; par exemple, tels que les donne « Construire une série temporelle d'images » ; les majuscules n'importent pas. Une nouvelle variable porte le nom de l'indice, en minuscules.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Unités :&lt;/b&gt; l'échelle et le décalage des images sont appliqués auparavant, si bien que les formules voient des réflectances de 0 à 1, quelle que soit leur forme dans les fichiers. Si les valeurs sont malgré tout plus grandes, les indices qui seraient faux, comme l'EVI ou le SAVI, sont refusés, et les autres font l'objet d'un avertissement. Les expressions sont calculées telles quelles.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Valeurs manquantes :&lt;/b&gt; un résultat manque là où manque une variable de la formule, et là où il n'y a pas de résultat fini, comme après une division par zéro. Les constantes sont les usuelles (L vaut 1 dans l'EVI et 0,5 dans le SAVI) ; les paramètres avancés les changent.&lt;/p&gt; &lt;p&gt;Les variables de qualité passent inchangées.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages », « Combler les lacunes », « Lisser ». Ensuite : « Statistiques temporelles et phénologie », « Extraire des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series to describe. Clouds should be masked.</source>
        <extracomment>help of temporalmetrics SERIES</extracomment>
        <translation>La série à décrire. Les nuages devraient être masqués.</translation>
    </message>
    <message>
        <source>Names of variables, separated by commas, such as ndvi, evi. Empty: all data variables.</source>
        <extracomment>help of temporalmetrics VARIABLES</extracomment>
        <translation>Noms des variables, séparés par des virgules, par exemple ndvi, evi. Vide : toutes les variables de données.</translation>
    </message>
    <message>
        <source>What is computed for each variable. The season is meant for a vegetation index.</source>
        <extracomment>help of temporalmetrics METRICS</extracomment>
        <translation>Ce qui est calculé pour chaque variable. La saison est prévue pour un indice de végétation.</translation>
    </message>
    <message>
        <source>First day of the season, such as 2021-10-01; earlier dates are left out. Empty: the first date.</source>
        <extracomment>help of temporalmetrics SEASON_START</extracomment>
        <translation>Premier jour de la saison, par exemple 2021-10-01 ; les dates antérieures sont écartées. Vide : la première date.</translation>
    </message>
    <message>
        <source>Last day of the season; later dates are left out. Empty: the last date.</source>
        <extracomment>help of temporalmetrics SEASON_END</extracomment>
        <translation>Dernier jour de la saison ; les dates postérieures sont écartées. Vide : la dernière date.</translation>
    </message>
    <message>
        <source>Percent of the amplitude at which the season starts and ends. 20 is usual, 50 is the middle.</source>
        <extracomment>help of temporalmetrics THRESHOLD</extracomment>
        <translation>Pourcentage de l'amplitude auquel la saison commence et finit. 20 est usuel, 50 est le milieu.</translation>
    </message>
    <message>
        <source>“days since …” counts from the first day given above, or from the first date of the series.</source>
        <extracomment>help of temporalmetrics DAY_UNIT</extracomment>
        <translation>« days since … » compte à partir du premier jour donné ci-dessus, ou de la première date de la série.</translation>
    </message>
    <message>
        <source>For the metric “percentiles”: numbers from 0 to 100, separated by commas.</source>
        <extracomment>help of temporalmetrics PERCENTILES</extracomment>
        <translation>Pour la métrique « percentiles » : nombres de 0 à 100, séparés par des virgules.</translation>
    </message>
    <message>
        <source>A raster with one band a metric; its bands' names say variable, metric and unit.</source>
        <extracomment>help of temporalmetrics OUTPUT</extracomment>
        <translation>Un raster avec une bande par métrique ; les noms des bandes disent la variable, la métrique et l'unité.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Turns an image time series into an ordinary raster with one band for each metric and variable, float32, such as &lt;i&gt;ndvi start of season (day of year)&lt;/i&gt;.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Statistics&lt;/b&gt; of the observations, missing ones left out: mean, standard deviation (divided by n), minimum, maximum, amplitude, percentiles, and the days of the maximum and minimum.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Season&lt;/b&gt;, of an index such as NDVI. Missing values take no part, and the season around the highest value is taken:&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;start&lt;/i&gt; and &lt;i&gt;end&lt;/i&gt;: where the curve, seen from the peak, has fallen to a share of its amplitude. Each side has its own amplitude, as in TIMESAT (Jönsson and Eklundh, 2004);&lt;/li&gt; &lt;li&gt;&lt;i&gt;peak&lt;/i&gt;: the vertex of the parabola through the highest value and its neighbours;&lt;/li&gt; &lt;li&gt;&lt;i&gt;start&lt;/i&gt; and &lt;i&gt;end by steepest slope&lt;/i&gt;: the middle of the steepest rise before and fall after the peak;&lt;/li&gt; &lt;li&gt;&lt;i&gt;length&lt;/i&gt;: from start to end, in days.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Where the curve does not rise or fall on that side of the peak, or has fewer than three observations, there is no value. Noise moves the start and end, so smooth the series first.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Dates&lt;/b&gt; are days of the year (1 January is 1; a season over New Year starts at 300, say, and ends at 90), or days since the first day of the season, which go on over New Year.&lt;/p&gt; &lt;p&gt;Before: “Mask clouds”, “Spectral indices”, “Smooth”.&lt;/p&gt;</source>
        <extracomment>help of temporalmetrics</extracomment>
        <translation>&lt;p&gt;Transforme une série temporelle d'images en un raster ordinaire avec une bande par métrique et variable, en float32, par exemple &lt;i&gt;ndvi start of season (day of year)&lt;/i&gt;.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Statistiques&lt;/b&gt; des observations, sans les manquantes : moyenne, écart type (divisé par n), minimum, maximum, amplitude, percentiles, et les jours du maximum et du minimum.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Saison&lt;/b&gt;, d'un indice comme le NDVI. Les valeurs manquantes n'y participent pas, et c'est la saison autour de la plus haute valeur qui est prise :&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;start&lt;/i&gt; et &lt;i&gt;end&lt;/i&gt; : là où la courbe, vue du pic, est descendue à une part de son amplitude. Chaque côté a sa propre amplitude, comme dans TIMESAT (Jönsson et Eklundh, 2004) ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;peak&lt;/i&gt; : le sommet de la parabole qui passe par la plus haute valeur et ses voisines ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;start&lt;/i&gt; et &lt;i&gt;end by steepest slope&lt;/i&gt; : le milieu de la plus forte montée avant le pic et de la plus forte descente après lui ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;length&lt;/i&gt; : du début à la fin, en jours.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Là où la courbe ne monte pas ou ne descend pas de ce côté du pic, ou compte moins de trois observations, il n'y a pas de valeur. Le bruit déplace le début et la fin : lissez donc d'abord la série.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les dates&lt;/b&gt; sont des jours de l'année (le 1er janvier est 1 ; une saison à cheval sur le Nouvel An commence par exemple à 300 et finit à 90), ou des jours depuis le premier jour de la saison, qui se poursuivent au-delà du Nouvel An.&lt;/p&gt; &lt;p&gt;Avant : « Masquer les nuages », « Indices spectraux », « Lisser ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How the quality variable tells clouds, or “none”. By its name is right for most products.</source>
        <extracomment>help of prepareseries MASK</extracomment>
        <translation>Comment la variable de qualité indique les nuages, ou « none ». Son nom suffit pour la plupart des produits.</translation>
    </message>
    <message>
        <source>Resampling interpolates between the clear observations before and after each new date. A composite is made from all clear observations within its period, which suits very cloudy images.</source>
        <extracomment>help of prepareseries REGULAR</extracomment>
        <translation>Le rééchantillonnage interpole entre les observations claires qui encadrent chaque nouvelle date. Un composite réunit toutes les observations claires de sa période, ce qui convient aux images très nuageuses.</translation>
    </message>
    <message>
        <source>The number of days from one date of the result to the next.</source>
        <extracomment>help of prepareseries DAYS</extracomment>
        <translation>Le nombre de jours d'une date du résultat à la suivante.</translation>
    </message>
    <message>
        <source>Such as 2021-03-06. Empty: the first date of the series, or its month.</source>
        <extracomment>help of prepareseries START</extracomment>
        <translation>Par exemple 2021-03-06. Vide : la première date de la série, ou son mois.</translation>
    </message>
    <message>
        <source>No date of the result is later. Empty: the last date of the series.</source>
        <extracomment>help of prepareseries END</extracomment>
        <translation>Aucune date du résultat n'est postérieure. Vide : la dernière date de la série.</translation>
    </message>
    <message>
        <source>Such as 2021-03-01, 2021-05-15. Composites begin then.</source>
        <extracomment>help of prepareseries DATES_LIST</extracomment>
        <translation>Par exemple 2021-03-01, 2021-05-15. Les composites commencent ces jours-là.</translation>
    </message>
    <message>
        <source>How missing values are found from the dates around them. At both ends the nearest value is taken.</source>
        <extracomment>help of prepareseries FILL</extracomment>
        <translation>Comment les valeurs manquantes sont trouvées à partir des dates voisines. Aux deux extrémités, la valeur la plus proche est prise.</translation>
    </message>
    <message>
        <source>Savitzky-Golay keeps peaks, Whittaker is smoothest, the moving median removes single outliers.</source>
        <extracomment>help of prepareseries SMOOTH</extracomment>
        <translation>Savitzky-Golay préserve les pics, Whittaker lisse le mieux, la médiane mobile élimine les valeurs aberrantes isolées.</translation>
    </message>
    <message>
        <source>Spectral indices that become variables of the result. Advanced parameters name more of them.</source>
        <extracomment>help of prepareseries INDICES</extracomment>
        <translation>Indices spectraux qui deviennent des variables du résultat. Les paramètres avancés permettent d'en nommer d'autres.</translation>
    </message>
    <message>
        <source>Computes indices before compositing, resampling, filling and smoothing, which then work on them.</source>
        <extracomment>help of prepareseries INDEX_FIRST</extracomment>
        <translation>Calcule les indices avant les composites, le rééchantillonnage, le comblement et le lissage, qui s'appliquent alors à eux.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Turns an image time series as satellites deliver it into one that is regular and free of clouds and gaps. It does what five other tools do one after the other, with the same results, but reads the pixels once and writes no files in between. Each stage can be left out. In this order:&lt;/p&gt; &lt;ol&gt; &lt;li&gt;&lt;b&gt;Mask clouds&lt;/b&gt; by the quality variable. If the series has none, nothing is masked, and the log says so.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Resample dates&lt;/b&gt; or &lt;b&gt;composite&lt;/b&gt;: values interpolated onto regular dates, or one image for each month or other period from the clear observations within it.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Fill gaps&lt;/b&gt; that are left.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Smooth&lt;/b&gt; in time.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Spectral indices&lt;/b&gt; of the result. An advanced parameter computes them right after masking instead, of each single observation; so does a composite by the maximum of an index that is not in the series.&lt;/li&gt; &lt;/ol&gt; &lt;p&gt;As it is set at first, it masks clouds, resamples to every 10 days, and fills what is left before the first and after the last clear observation of a pixel. A pixel that is never clear stays missing.&lt;/p&gt; &lt;p&gt;The help of those tools explains their methods; their other parameters are advanced ones here and begin with the tool's name. The quality variable that tells the clouds is left out of the result, unless you keep it, and composites and resampled series have none at all: weights for Whittaker from a quality variable need the dates as they are.&lt;/p&gt; &lt;p&gt;Before: “Build image time series”. Next: “Extract samples”, “Classify image time series”, or “Temporal statistics and phenology”.&lt;/p&gt;</source>
        <extracomment>help of prepareseries</extracomment>
        <translation>&lt;p&gt;Transforme une série temporelle d'images telle que la livrent les satellites en une série régulière, sans nuages ni lacunes. Il fait ce que cinq autres outils font l'un après l'autre, avec les mêmes résultats, mais lit les pixels une seule fois et n'écrit aucun fichier intermédiaire. Chaque étape peut être omise. Dans cet ordre :&lt;/p&gt; &lt;ol&gt; &lt;li&gt;&lt;b&gt;Masquer les nuages&lt;/b&gt; d'après la variable de qualité. Si la série n'en a pas, rien n'est masqué, et le journal le dit.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Rééchantillonner les dates&lt;/b&gt; ou &lt;b&gt;composite temporel&lt;/b&gt; : valeurs interpolées à des dates régulières, ou une image par mois ou autre période à partir des observations claires qu'elle contient.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Combler les lacunes&lt;/b&gt; qui restent.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Lisser&lt;/b&gt; dans le temps.&lt;/li&gt; &lt;li&gt;&lt;b&gt;Indices spectraux&lt;/b&gt; du résultat. Un paramètre avancé les calcule plutôt juste après le masquage, sur chaque observation ; c'est aussi le cas d'un composite par le maximum d'un indice absent de la série.&lt;/li&gt; &lt;/ol&gt; &lt;p&gt;Avec les réglages initiaux, il masque les nuages, rééchantillonne tous les 10 jours et comble ce qui reste avant la première et après la dernière observation claire d'un pixel. Un pixel jamais clair reste manquant.&lt;/p&gt; &lt;p&gt;L'aide de ces outils explique leurs méthodes ; leurs autres paramètres sont ici des paramètres avancés et commencent par le nom de l'outil. La variable de qualité qui indique les nuages est absente du résultat, sauf si vous la conservez ; les composites et les séries rééchantillonnées n'en ont aucune : des poids de Whittaker tirés d'une variable de qualité exigent les dates d'origine.&lt;/p&gt; &lt;p&gt;Avant : « Construire une série temporelle d'images ». Ensuite : « Extraire des échantillons », « Classer une série temporelle d'images » ou « Statistiques temporelles et phénologie ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The raw series: its values are the dots.</source>
        <extracomment>help of plotseries SERIES</extracomment>
        <translation>La série brute : ses valeurs sont les points.</translation>
    </message>
    <message>
        <source>The series after “Mask clouds”. Dots that are missing in it are drawn hollow and grey.</source>
        <extracomment>help of plotseries MASKED</extracomment>
        <translation>La série après « Masquer les nuages ». Les points qui y manquent sont dessinés creux et gris.</translation>
    </message>
    <message>
        <source>A series made from it by filling, smoothing or other steps: the line.</source>
        <extracomment>help of plotseries PREPARED</extracomment>
        <translation>Une série qui en est tirée par comblement, lissage ou d'autres étapes : la ligne.</translation>
    </message>
    <message>
        <source>Points or polygons, in any CRS.</source>
        <extracomment>help of plotseries PLACES</extracomment>
        <translation>Points ou polygones, dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>Class of each place, a text or whole number. Places without one are left out then.</source>
        <extracomment>help of plotseries FIELD</extracomment>
        <translation>Classe de chaque lieu, un texte ou un nombre entier. Les lieux qui n'en ont pas sont alors écartés.</translation>
    </message>
    <message>
        <source>Names separated by commas. Empty: those of the prepared, or else the raw series, at most six.</source>
        <extracomment>help of plotseries VARIABLES</extracomment>
        <translation>Noms séparés par des virgules. Vide : celles de la série préparée, sinon de la série brute, six au plus.</translation>
    </message>
    <message>
        <source>If there are more, as many of each class as there can be, spread over the layer.</source>
        <extracomment>help of plotseries MAX_PLACES</extracomment>
        <translation>S'il y en a plus, autant que possible de chaque classe, répartis sur la couche.</translation>
    </message>
    <message>
        <source>The charts as one HTML file, to open in a browser.</source>
        <extracomment>help of plotseries HTML</extracomment>
        <translation>Les graphiques en un fichier HTML, à ouvrir dans un navigateur.</translation>
    </message>
    <message>
        <source>The first charts as a picture.</source>
        <extracomment>help of plotseries PNG</extracomment>
        <translation>Les premiers graphiques en une image.</translation>
    </message>
    <message>
        <source>The values as a CSV file, for a spreadsheet or a script.</source>
        <extracomment>help of plotseries CSV</extracomment>
        <translation>Les valeurs en fichier CSV, pour un tableur ou un script.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Shows what an image time series says of some places: an HTML page with a chart for each place and variable, over the real dates. Use it to look at what masking, filling and smoothing did, and whether classes differ at all.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Dots&lt;/b&gt; are the observations of the series. With the masked series, those that are masked are hollow and grey. &lt;b&gt;The line&lt;/b&gt; is the prepared series. Of a polygon, dots and line are the mean of its pixels, and the faint lines and the band run from their 10th to their 90th percentile. The prepared series may have variables that the raw one lacks, an index for instance, and other dates.&lt;/p&gt; &lt;p&gt;Places are points or polygons in any CRS; a selection is honoured. A polygon's pixels are those whose centre it holds, or the one in its middle if it holds none. Of large polygons 1,000 pixels are read, evenly spread.&lt;/p&gt; &lt;p&gt;With a &lt;b&gt;class field&lt;/b&gt;, charts take the colour of the class, and there is a chart with the mean curve of each class over all of its places (of more than 1,000 places, 1,000 spread over the classes).&lt;/p&gt; &lt;p&gt;The PNG holds the first 40 charts; the CSV file has all values that were read, a row for each place, series, variable and date.&lt;/p&gt;</source>
        <extracomment>help of plotseries</extracomment>
        <translation>&lt;p&gt;Montre ce qu'une série temporelle d'images dit de quelques lieux : une page HTML avec un graphique par lieu et variable, aux dates réelles. Servez-vous-en pour voir ce qu'ont fait le masquage, le comblement et le lissage, et si les classes diffèrent vraiment.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les points&lt;/b&gt; sont les observations de la série. Avec la série masquée, ceux qui sont masqués sont creux et gris. &lt;b&gt;La ligne&lt;/b&gt; est la série préparée. Pour un polygone, les points et la ligne sont la moyenne de ses pixels, et les traits pâles et la bande vont de leur 10e à leur 90e percentile. La série préparée peut avoir des variables que la série brute n'a pas, un indice par exemple, et d'autres dates.&lt;/p&gt; &lt;p&gt;Les lieux sont des points ou des polygones dans n'importe quel SCR ; une sélection est respectée. Les pixels d'un polygone sont ceux dont il contient le centre, ou celui de son milieu s'il n'en contient aucun. Des grands polygones, 1 000 pixels uniformément répartis sont lus.&lt;/p&gt; &lt;p&gt;Avec un &lt;b&gt;champ de classe&lt;/b&gt;, les graphiques prennent la couleur de la classe, et un graphique montre la courbe moyenne de chaque classe sur tous ses lieux (au-delà de 1 000 lieux, sur 1 000 d'entre eux, répartis entre les classes).&lt;/p&gt; &lt;p&gt;Le PNG contient les 40 premiers graphiques ; le fichier CSV toutes les valeurs lues, une ligne par lieu, série, variable et date.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Points or polygons with a class, in any CRS.</source>
        <extracomment>help of rasterizelabels LABELS</extracomment>
        <translation>Points ou polygones avec une classe, dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>The field that says the class: texts, or whole numbers from 1 to 65535. Empty and 0 mean unlabelled.</source>
        <extracomment>help of rasterizelabels FIELD</extracomment>
        <translation>Le champ qui donne la classe : des textes, ou des nombres entiers de 1 à 65535. Vide et 0 signifient sans étiquette.</translation>
    </message>
    <message>
        <source>The raster whose grid (CRS, extent, pixels) the result has: your image time series, or any other raster.</source>
        <extracomment>help of rasterizelabels REFERENCE</extracomment>
        <translation>Le raster dont le résultat prend la grille (SCR, emprise, pixels) : votre série temporelle d'images, ou tout autre raster.</translation>
    </message>
    <message>
        <source>For polygons. “centre”: the polygon at its centre; “all touched”: any polygon that touches it; “majority”: the class that covers most of it, if labels cover at least half. Points get the pixel they fall in.</source>
        <extracomment>help of rasterizelabels METHOD</extracomment>
        <translation>Pour les polygones. « centre » : le polygone en son centre ; « all touched » : tout polygone qui le touche ; « majority » : la classe qui le couvre le plus, si les étiquettes en couvrent au moins la moitié. Les points reçoivent le pixel où ils tombent.</translation>
    </message>
    <message>
        <source>Shrinks polygons by this distance first, so that mixed pixels along their borders are left out; half a pixel's diagonal leaves only pure ones. It is in map units of the reference raster: metres for most, degrees for a geographic CRS (0.0001 degrees are about 11 m at the equator). Points are not changed.</source>
        <extracomment>help of rasterizelabels BUFFER</extracomment>
        <translation>Rétrécit d'abord les polygones de cette distance, pour écarter les pixels mixtes de leurs bords ; une demi-diagonale de pixel n'en laisse que de purs. Elle est en unités de carte du raster de référence : le plus souvent des mètres, des degrés pour un SCR géographique (0,0001 degré fait environ 11 m à l'équateur). Les points ne changent pas.</translation>
    </message>
    <message>
        <source>A number a feature: where features overlap, the higher one wins; empty counts as 0. Without this field, or among equals, the feature that comes later in the layer wins.</source>
        <extracomment>help of rasterizelabels PRIORITY</extracomment>
        <translation>Un nombre par entité : là où des entités se superposent, le plus grand l'emporte ; vide compte 0. Sans ce champ, ou à égalité, l'entité qui vient après dans la couche l'emporte.</translation>
    </message>
    <message>
        <source>The class raster: class codes (Byte, or UInt16 where codes exceed 255), 0 where there is no label.</source>
        <extracomment>help of rasterizelabels OUTPUT</extracomment>
        <translation>Le raster de classes : codes des classes (Byte, ou UInt16 si des codes dépassent 255), 0 là où il n'y a pas d'étiquette.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Gives each pixel of a reference raster the class of the label it lies in. Labels are points or polygons in any CRS with a class field: texts, or whole numbers from 1 to 65535. Features whose class is empty or 0 are left out. Selections (tick “Selected features only”) and filters of the layer are honoured.&lt;/p&gt; &lt;p&gt;&lt;b&gt;What a pixel gets&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;centre&lt;/i&gt;: the class of the polygon that holds the pixel's centre;&lt;/li&gt; &lt;li&gt;&lt;i&gt;all touched&lt;/i&gt;: the class of any polygon that touches the pixel, for narrow shapes;&lt;/li&gt; &lt;li&gt;&lt;i&gt;majority&lt;/i&gt;: the class that covers more of the pixel than any other, if labels cover at least half of it. Shares are measured on 8 × 8 points within the pixel; equal shares go to the lower class code.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Points get the pixel they fall in. Where features overlap, the higher priority wins, and without a priority the feature that comes later in the layer. The log says how many pixels were claimed by several classes.&lt;/p&gt; &lt;p&gt;The result holds class codes, 0 where there is no label. Numbers stay as they are; texts are numbered 1, 2, … in alphabetical order. Class names and colours go with it: those of the layer if it is styled with categories on the class field, else a palette of distinct colours.&lt;/p&gt; &lt;p&gt;Next steps: “Check rasterized labels”, then “Extract samples”.&lt;/p&gt;</source>
        <extracomment>help of rasterizelabels</extracomment>
        <translation>&lt;p&gt;Donne à chaque pixel d'un raster de référence la classe de l'étiquette où il se trouve. Les étiquettes sont des points ou des polygones dans n'importe quel SCR, avec un champ de classe : des textes, ou des nombres entiers de 1 à 65535. Les entités dont la classe est vide ou 0 sont écartées. Les sélections (cochez « Entité(s) sélectionnée(s) uniquement ») et les filtres de la couche sont respectés.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Ce que reçoit un pixel&lt;/b&gt;&lt;/p&gt; &lt;ul&gt; &lt;li&gt;&lt;i&gt;centre&lt;/i&gt; : la classe du polygone qui contient le centre du pixel ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;all touched&lt;/i&gt; : la classe de tout polygone qui touche le pixel, pour les formes étroites ;&lt;/li&gt; &lt;li&gt;&lt;i&gt;majority&lt;/i&gt; : la classe qui couvre le pixel plus que toute autre, si les étiquettes en couvrent au moins la moitié. Les parts sont mesurées sur 8 × 8 points dans le pixel ; à parts égales, le plus petit code de classe l'emporte.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Les points reçoivent le pixel où ils tombent. Là où des entités se superposent, la priorité la plus élevée l'emporte et, sans priorité, l'entité qui vient après dans la couche. Le journal dit combien de pixels étaient revendiqués par plusieurs classes.&lt;/p&gt; &lt;p&gt;Le résultat contient des codes de classes, 0 là où il n'y a pas d'étiquette. Les nombres restent tels quels ; les textes sont numérotés 1, 2, … par ordre alphabétique. Les noms et les couleurs des classes l'accompagnent : ceux de la couche si elle a un style catégorisé d'après le champ de classe, sinon une palette de couleurs distinctes.&lt;/p&gt; &lt;p&gt;Étapes suivantes : « Vérifier les étiquettes rastérisées », puis « Extraire des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A raster of class codes (whole numbers; 0 and nodata mean unlabelled), as “Rasterize labels” makes it. Its first band is read.</source>
        <extracomment>help of checklabels LABELS_RASTER</extracomment>
        <translation>Un raster de codes de classes (nombres entiers ; 0 et nodata signifient sans étiquette), comme le fait « Rastériser les étiquettes ». Sa première bande est lue.</translation>
    </message>
    <message>
        <source>The points or polygons, in any CRS, to find out which of them have no pixel. Without them only pixels and areas are counted.</source>
        <extracomment>help of checklabels LABELS</extracomment>
        <translation>Les points ou polygones, dans n'importe quel SCR, pour savoir lesquels n'ont aucun pixel. Sans eux, seuls les pixels et les surfaces sont comptés.</translation>
    </message>
    <message>
        <source>The field of the labels that says the class. Classes are matched with the raster's by name, or by number if the raster has no names.</source>
        <extracomment>help of checklabels FIELD</extracomment>
        <translation>Le champ des étiquettes qui donne la classe. Les classes sont associées à celles du raster par leur nom, ou par leur numéro si le raster n'a pas de noms.</translation>
    </message>
    <message>
        <source>The report as one HTML file, to open in a browser.</source>
        <extracomment>help of checklabels REPORT</extracomment>
        <translation>Le rapport en un fichier HTML, à ouvrir dans un navigateur.</translation>
    </message>
    <message>
        <source>The figures of each class as a CSV file, for a spreadsheet or a script.</source>
        <extracomment>help of checklabels CSV</extracomment>
        <translation>Les chiffres de chaque classe en fichier CSV, pour un tableur ou un script.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Looks at a class raster before you train on it: pixels, share and area in hectares of each class, with remarks on classes that are too small, have too few features or are very uneven. Areas are right for geographic CRS and for feet, too. Any raster of class codes will do, a finished map as well; where it has no class names, the numbers are the names.&lt;/p&gt; &lt;p&gt;With the label layer that it was made from, it also tells how many pixels each feature has and which features have none: they are outside, smaller than a pixel, covered by others, or vanished by the inward buffer.&lt;/p&gt; &lt;p&gt;The report is one HTML file with a picture of the labels; the same figures go to a CSV file if you name one.&lt;/p&gt; &lt;p&gt;Next step: “Extract samples”.&lt;/p&gt;</source>
        <extracomment>help of checklabels</extracomment>
        <translation>&lt;p&gt;Examine un raster de classes avant que vous n'entraîniez un modèle dessus : pixels, part et surface en hectares de chaque classe, avec des remarques sur les classes trop petites, qui ont trop peu d'entités ou qui sont très inégales. Les surfaces sont justes aussi pour les SCR géographiques et pour les pieds. Tout raster de codes de classes convient, une carte terminée aussi ; s'il n'a pas de noms de classes, les numéros servent de noms.&lt;/p&gt; &lt;p&gt;Avec la couche d'étiquettes dont il est issu, l'outil dit aussi combien de pixels a chaque entité et lesquelles n'en ont aucun : elles sont hors du raster, plus petites qu'un pixel, couvertes par d'autres, ou disparues par le tampon vers l'intérieur.&lt;/p&gt; &lt;p&gt;Le rapport est un fichier HTML avec une image des étiquettes ; les mêmes chiffres vont dans un fichier CSV si vous en nommez un.&lt;/p&gt; &lt;p&gt;Étape suivante : « Extraire des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series to read, as “Build image time series” makes it.</source>
        <extracomment>help of extractsamples SERIES</extracomment>
        <translation>La série à lire, comme la fait « Construire une série temporelle d'images ».</translation>
    </message>
    <message>
        <source>Labelled points or polygons, in any CRS. Give these or a class raster.</source>
        <extracomment>help of extractsamples LABELS</extracomment>
        <translation>Points ou polygones étiquetés, dans n'importe quel SCR. Donnez-les, ou un raster de classes.</translation>
    </message>
    <message>
        <source>Class of each feature, a text or whole number. Features without one are left out.</source>
        <extracomment>help of extractsamples FIELD</extracomment>
        <translation>Classe de chaque entité, un texte ou un nombre entier. Les entités qui n'en ont pas sont écartées.</translation>
    </message>
    <message>
        <source>Class codes, 0 where there is no label. On another grid the nearest pixels are taken.</source>
        <extracomment>help of extractsamples LABELS_RASTER</extracomment>
        <translation>Codes des classes, 0 là où il n'y a pas d'étiquette. Sur une autre grille, les pixels les plus proches sont pris.</translation>
    </message>
    <message>
        <source>All labelled pixels, a number of random ones per class, or a share of each class's pixels.</source>
        <extracomment>help of extractsamples HOW</extracomment>
        <translation>Tous les pixels étiquetés, un nombre de pixels tirés au hasard par classe, ou une part des pixels de chaque classe.</translation>
    </message>
    <message>
        <source>Samples of each class, used by “number per class”.</source>
        <extracomment>help of extractsamples COUNT</extracomment>
        <translation>Échantillons de chaque classe, utilisé par « number per class ».</translation>
    </message>
    <message>
        <source>Percent of each class's pixels, used by “share of pixels”; at least one is taken.</source>
        <extracomment>help of extractsamples SHARE</extracomment>
        <translation>Pourcentage des pixels de chaque classe, utilisé par « share of pixels » ; au moins un est pris.</translation>
    </message>
    <message>
        <source>Shrinks polygons by this distance, so that mixed pixels at their edges stay out.</source>
        <extracomment>help of extractsamples BUFFER</extracomment>
        <translation>Rétrécit les polygones de cette distance, pour écarter les pixels mixtes de leurs bords.</translation>
    </message>
    <message>
        <source>Which samples validation keeps together: see the description of this tool.</source>
        <extracomment>help of extractsamples GROUP_BY</extracomment>
        <translation>Quels échantillons la validation garde ensemble : voir la description de cet outil.</translation>
    </message>
    <message>
        <source>Used by “field”: the farm, the tile or the survey that a feature belongs to, say.</source>
        <extracomment>help of extractsamples GROUP_FIELD</extracomment>
        <translation>Utilisé par « field » : par exemple l'exploitation, la tuile ou le relevé auquel appartient une entité.</translation>
    </message>
    <message>
        <source>Used by “spatial blocks”: side of the squares. 0: a tenth of the image's longer side.</source>
        <extracomment>help of extractsamples BLOCK_SIZE</extracomment>
        <translation>Utilisé par « spatial blocks » : côté des carrés. 0 : un dixième du plus grand côté de l'image.</translation>
    </message>
    <message>
        <source>Least distance between two samples of one class; 0 for none.</source>
        <extracomment>help of extractsamples MIN_DISTANCE</extracomment>
        <translation>Distance minimale entre deux échantillons d'une classe ; 0 : aucune.</translation>
    </message>
    <message>
        <source>A pixel that lacks more of its dates and variables than this is dropped.</source>
        <extracomment>help of extractsamples MAX_MISSING</extracomment>
        <translation>Un pixel à qui manque une plus grande part de ses dates et variables est écarté.</translation>
    </message>
    <message>
        <source>Names separated by commas. Empty: all variables but quality bands.</source>
        <extracomment>help of extractsamples VARIABLES</extracomment>
        <translation>Noms séparés par des virgules. Vide : toutes les variables, sauf les bandes de qualité.</translation>
    </message>
    <message>
        <source>Another number draws other pixels. The same number draws the same again.</source>
        <extracomment>help of extractsamples SEED</extracomment>
        <translation>Un autre nombre tire d'autres pixels. Le même nombre tire à nouveau les mêmes.</translation>
    </message>
    <message>
        <source>The samples layer, a GeoPackage. QGIS shows it in the colours of the classes.</source>
        <extracomment>help of extractsamples OUTPUT</extracomment>
        <translation>La couche d'échantillons, un GeoPackage. QGIS l'affiche dans les couleurs des classes.</translation>
    </message>
    <message>
        <source>For use elsewhere: a row for each sample, date and variable.</source>
        <extracomment>help of extractsamples CSV</extracomment>
        <translation>Pour un usage ailleurs : une ligne par échantillon, date et variable.</translation>
    </message>
    <message>
        <source>For use in Python: X (samples, dates, variables), y, groups, dates, names and places.</source>
        <extracomment>help of extractsamples NPZ</extracomment>
        <translation>Pour un usage en Python : X (échantillons, dates, variables), y, groupes, dates, noms et lieux.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads labelled pixels at all dates of an image time series and writes them as a &lt;b&gt;samples layer&lt;/b&gt;: a GeoPackage of points with the class, the group and a column for each date and variable. Look at it, correct classes or delete bad rows, and train a model on what remains.&lt;/p&gt; &lt;p&gt;Labels are points, polygons (a pixel belongs to the polygon that holds its centre) or a class raster. A pixel is taken once, however many labels claim it. One that labels of two different classes claim is left out, since nobody knows which is right, and so is one that is mostly missing. The log counts them by class and reason.&lt;/p&gt; &lt;p&gt;If you ask for 500 samples per class you get 500 wherever there are as many good pixels: a missing one is replaced by the next. The same seed draws the same pixels.&lt;/p&gt; &lt;p&gt;The &lt;b&gt;group&lt;/b&gt; says which samples belong together, so that validation does not test a model on the very field that it was trained on: those of one feature, of one value of a field, or of one square of a spatial grid. In a class raster a “feature” is a patch of touching pixels of one class.&lt;/p&gt; &lt;p&gt;Next step: “Train random forest” or “Train gradient boosting”.&lt;/p&gt;</source>
        <extracomment>help of extractsamples</extracomment>
        <translation>&lt;p&gt;Lit les pixels étiquetés à toutes les dates d'une série temporelle d'images et les écrit en une &lt;b&gt;couche d'échantillons&lt;/b&gt; : un GeoPackage de points avec la classe, le groupe et une colonne par date et variable. Examinez-la, corrigez des classes ou supprimez de mauvaises lignes, et entraînez un modèle sur ce qui reste.&lt;/p&gt; &lt;p&gt;Les étiquettes sont des points, des polygones (un pixel appartient au polygone qui contient son centre) ou un raster de classes. Un pixel est pris une seule fois, quel que soit le nombre d'étiquettes qui le revendiquent. Un pixel que revendiquent des étiquettes de deux classes est écarté, car personne ne sait laquelle est juste, de même qu'un pixel surtout manquant. Le journal les compte par classe et par raison.&lt;/p&gt; &lt;p&gt;Si vous demandez 500 échantillons par classe, vous en obtenez 500 partout où il y a autant de bons pixels : un pixel manquant est remplacé par le suivant. La même graine tire les mêmes pixels.&lt;/p&gt; &lt;p&gt;Le &lt;b&gt;groupe&lt;/b&gt; dit quels échantillons vont ensemble, pour que la validation ne teste pas un modèle sur la parcelle même où il a été entraîné : ceux d'une entité, d'une valeur d'un champ ou d'un carré d'une grille spatiale. Dans un raster de classes, une « entité » est un ensemble de pixels contigus d'une classe.&lt;/p&gt; &lt;p&gt;Étape suivante : « Entraîner une forêt aléatoire » ou « Entraîner un gradient boosting ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>One or several files, each with a header line.</source>
        <extracomment>help of importsamples FILES</extracomment>
        <translation>Un ou plusieurs fichiers, chacun avec une ligne d'en-tête.</translation>
    </message>
    <message>
        <source>How many samples of each class to take. 0 takes all.</source>
        <extracomment>help of importsamples COUNT</extracomment>
        <translation>Nombre d'échantillons à prendre par classe. 0 les prend tous.</translation>
    </message>
    <message>
        <source>“one season”: put them onto one season; “as dated”: keep all dates; “automatic”: the former if each sample covers one season at most.</source>
        <extracomment>help of importsamples YEARS</extracomment>
        <translation>« one season » : les ramener à une seule saison ; « as dated » : garder toutes les dates ; « automatic » : le premier si chaque échantillon couvre une saison au plus.</translation>
    </message>
    <message>
        <source>Empty: the one that a column “crs” tells, or WGS 84 for longitude and latitude.</source>
        <extracomment>help of importsamples CRS</extracomment>
        <translation>Vide : celui qu'indique une colonne « crs », ou WGS 84 pour une longitude et une latitude.</translation>
    </message>
    <message>
        <source>Empty: found by its name (sample, id or fid; ids count within each file).</source>
        <extracomment>help of importsamples SAMPLE_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (sample, id ou fid ; les identifiants valent à l'intérieur de chaque fichier).</translation>
    </message>
    <message>
        <source>Empty: found by its name (class or label).</source>
        <extracomment>help of importsamples CLASS_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (class ou label).</translation>
    </message>
    <message>
        <source>Empty: found by its name (date or time; dates like 2021-03-06).</source>
        <extracomment>help of importsamples DATE_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (date ou time ; des dates comme 2021-03-06).</translation>
    </message>
    <message>
        <source>Empty: found by its name (variable or band, if each row holds one variable).</source>
        <extracomment>help of importsamples VARIABLE_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (variable ou band, si chaque ligne contient une variable).</translation>
    </message>
    <message>
        <source>Empty: found by its name (value; or the variables' own columns: their names, separated by commas).</source>
        <extracomment>help of importsamples VALUE_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (value ; ou les colonnes des variables elles-mêmes : leurs noms, séparés par des virgules).</translation>
    </message>
    <message>
        <source>Empty: found by its name (group; samples of one group stay together in validation).</source>
        <extracomment>help of importsamples GROUP_COLUMN</extracomment>
        <translation>Vide : trouvée par son nom (group ; les échantillons d'un groupe restent ensemble dans la validation).</translation>
    </message>
    <message>
        <source>Another number draws other samples. The same number draws the same again.</source>
        <extracomment>help of importsamples SEED</extracomment>
        <translation>Un autre nombre tire d'autres échantillons. Le même nombre tire à nouveau les mêmes.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Reads CSV files with a row for each sample and date, and writes them as a &lt;b&gt;samples layer&lt;/b&gt; (a GeoPackage of points), as “Extract samples” makes it.&lt;/p&gt; &lt;p&gt;Columns are found by their common names, whatever their case:&lt;/p&gt; &lt;ul&gt; &lt;li&gt;the sample's id: &lt;i&gt;sample&lt;/i&gt; or &lt;i&gt;id&lt;/i&gt;; the &lt;i&gt;date&lt;/i&gt;, such as 2021-03-06; the class: &lt;i&gt;class&lt;/i&gt; or &lt;i&gt;label&lt;/i&gt;;&lt;/li&gt; &lt;li&gt;the values: either &lt;i&gt;variable&lt;/i&gt; and &lt;i&gt;value&lt;/i&gt;, or a column for each variable, such as &lt;i&gt;NDVI&lt;/i&gt;;&lt;/li&gt; &lt;li&gt;optionally the place, &lt;i&gt;longitude&lt;/i&gt; and &lt;i&gt;latitude&lt;/i&gt; (WGS 84) or &lt;i&gt;x&lt;/i&gt; and &lt;i&gt;y&lt;/i&gt;; its &lt;i&gt;crs&lt;/i&gt;, such as EPSG:32633; and the &lt;i&gt;group&lt;/i&gt;.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;Other names can be given under the advanced parameters. Separators (comma, semicolon, tab), decimal commas and encodings are recognized. Empty values and NA are missing. The CSV of “Extract samples” comes back as it was.&lt;/p&gt; &lt;p&gt;Samples of &lt;b&gt;several years&lt;/b&gt;, each of one season, are put onto one season, so that a model learns the season and not the year: they are moved by whole years onto the season that most of them are from, and interpolated onto its dates. Otherwise all dates are kept, and a sample has no value where it was not seen.&lt;/p&gt; &lt;p&gt;Samples without a place become rows without a point: a model can be trained on them, but a map does not show them. Without a group column the group stays empty, and validation treats each sample as its own.&lt;/p&gt; &lt;p&gt;Next step: “Train random forest” or “Train gradient boosting”.&lt;/p&gt;</source>
        <extracomment>help of importsamples</extracomment>
        <translation>&lt;p&gt;Lit des fichiers CSV qui ont une ligne par échantillon et date, et les écrit en une &lt;b&gt;couche d'échantillons&lt;/b&gt; (un GeoPackage de points), comme la fait « Extraire des échantillons ».&lt;/p&gt; &lt;p&gt;Les colonnes sont trouvées d'après leurs noms usuels, quelle que soit la casse :&lt;/p&gt; &lt;ul&gt; &lt;li&gt;l'identifiant de l'échantillon : &lt;i&gt;sample&lt;/i&gt; ou &lt;i&gt;id&lt;/i&gt; ; la &lt;i&gt;date&lt;/i&gt;, par exemple 2021-03-06 ; la classe : &lt;i&gt;class&lt;/i&gt; ou &lt;i&gt;label&lt;/i&gt; ;&lt;/li&gt; &lt;li&gt;les valeurs : soit &lt;i&gt;variable&lt;/i&gt; et &lt;i&gt;value&lt;/i&gt;, soit une colonne par variable, par exemple &lt;i&gt;NDVI&lt;/i&gt; ;&lt;/li&gt; &lt;li&gt;au besoin le lieu, &lt;i&gt;longitude&lt;/i&gt; et &lt;i&gt;latitude&lt;/i&gt; (WGS 84) ou &lt;i&gt;x&lt;/i&gt; et &lt;i&gt;y&lt;/i&gt; ; son SCR &lt;i&gt;crs&lt;/i&gt;, par exemple EPSG:32633 ; et le groupe &lt;i&gt;group&lt;/i&gt;.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;D'autres noms peuvent être donnés dans les paramètres avancés. Les séparateurs (virgule, point-virgule, tabulation), les virgules décimales et les encodages sont reconnus. Les valeurs vides et NA sont manquantes. Le CSV de « Extraire des échantillons » revient tel qu'il était.&lt;/p&gt; &lt;p&gt;Les échantillons de &lt;b&gt;plusieurs années&lt;/b&gt;, chacun d'une seule saison, sont ramenés à une même saison, pour qu'un modèle apprenne la saison et non l'année : ils sont décalés d'années entières vers la saison dont viennent la plupart d'entre eux, et interpolés à ses dates. Sinon, toutes les dates sont conservées, et un échantillon n'a pas de valeur là où il n'a pas été vu.&lt;/p&gt; &lt;p&gt;Les échantillons sans lieu deviennent des lignes sans point : un modèle peut être entraîné avec elles, mais une carte ne les montre pas. Sans colonne de groupe, le groupe reste vide, et la validation traite chaque échantillon comme un groupe à lui seul.&lt;/p&gt; &lt;p&gt;Étape suivante : « Entraîner une forêt aléatoire » ou « Entraîner un gradient boosting ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A samples layer from “Extract samples” or “Import samples”. A selection is honoured.</source>
        <extracomment>help of checksamples SAMPLES</extracomment>
        <translation>Une couche d'échantillons de « Extraire des échantillons » ou « Importer des échantillons ». Une sélection est respectée.</translation>
    </message>
    <message>
        <source>confident learning: probabilities of classifiers that have not seen the sample. self-organising map: the classes of alike series. both: as many as confident learning estimates, those that both support least.</source>
        <extracomment>help of checksamples METHOD</extracomment>
        <translation>confident learning : probabilités de classifieurs qui n'ont pas vu l'échantillon. self-organising map : les classes des séries semblables. both : autant que l'estime confident learning, ceux que les deux méthodes soutiennent le moins.</translation>
    </message>
    <message>
        <source>What the probabilities come from, with its default settings. Not used by self-organising map. TempCNN, InceptionTime, LSTM and L-TAE need PyTorch, and take longest.</source>
        <extracomment>help of checksamples FAMILY</extracomment>
        <translation>D'où viennent les probabilités, avec ses réglages par défaut. Sans effet pour self-organising map. TempCNN, InceptionTime, LSTM et L-TAE ont besoin de PyTorch et sont les plus longs.</translation>
    </message>
    <message>
        <source>What never vouches for each other. automatic: samples of one group where they carry groups, else nothing but the sample itself. k-fold: groups are ignored. group k-fold: samples of one group. spatial blocks: samples in one square block of land.</source>
        <extracomment>help of checksamples VALIDATION</extracomment>
        <translation>Les échantillons qui ne servent jamais à se juger les uns les autres. automatic : les échantillons d'un même groupe s'ils ont des groupes, sinon seulement l'échantillon lui-même. k-fold : les groupes sont ignorés. group k-fold : les échantillons d'un même groupe. spatial blocks : les échantillons d'un même bloc carré de terrain.</translation>
    </message>
    <message>
        <source>More neurons tell finer kinds apart, but each holds fewer samples. 0: so that there are 2 √n.</source>
        <extracomment>help of checksamples SOM_SIZE</extracomment>
        <translation>Plus de neurones distinguent des sortes plus fines, mais chacun contient moins d'échantillons. 0 : de sorte qu'il y en ait 2 √n.</translation>
    </message>
    <message>
        <source>In how many parts the samples are divided; each is classified by a classifier of the others.</source>
        <extracomment>help of checksamples FOLDS</extracomment>
        <translation>En combien de parts les échantillons sont divisés ; chacune est classée par un classifieur appris sur les autres.</translation>
    </message>
    <message>
        <source>In units of the samples' CRS. 0: a tenth of the longer side of the samples' extent.</source>
        <extracomment>help of checksamples BLOCK_SIZE</extracomment>
        <translation>En unités du SCR des échantillons. 0 : un dixième du plus grand côté de leur emprise.</translation>
    </message>
    <message>
        <source>Of more, each classifier learns from about so many random ones; all are checked.</source>
        <extracomment>help of checksamples SAMPLE_SIZE</extracomment>
        <translation>S'il y en a davantage, chaque classifieur apprend sur environ ce nombre, tirés au hasard ; tous sont vérifiés.</translation>
    </message>
    <message>
        <source>Of everything random. The same seed and samples give the same result.</source>
        <extracomment>help of checksamples SEED</extracomment>
        <translation>De tout ce qui est aléatoire. La même graine et les mêmes échantillons donnent le même résultat.</translation>
    </message>
    <message>
        <source>How confident learning alone chooses, in the words of the paper. noise rate: by pairs of classes, widest margin first. class: by class, least probable first. class and noise rate: what both choose. confident joint: all that are confidently of another class.</source>
        <extracomment>help of checksamples PRUNING</extracomment>
        <translation>Comment confident learning choisit à lui seul, dans les termes de l'article. noise rate : par paires de classes, la plus grande marge d'abord. class : par classe, les moins probables d'abord. class and noise rate : ce que choisissent les deux. confident joint : tous ceux qui sont avec confiance d'une autre classe.</translation>
    </message>
    <message>
        <source>Names separated by commas, such as “red, nir, ndvi”. Empty: all variables of the samples.</source>
        <extracomment>help of checksamples VARIABLES</extracomment>
        <translation>Noms séparés par des virgules, par exemple « red, nir, ndvi ». Vide : toutes les variables des échantillons.</translation>
    </message>
    <message>
        <source>All samples with the findings as fields, a GeoPackage; a ring marks suspects.</source>
        <extracomment>help of checksamples OUTPUT</extracomment>
        <translation>Tous les échantillons avec les résultats comme champs, un GeoPackage ; un anneau marque les suspects.</translation>
    </message>
    <message>
        <source>The samples that are not suspects, as they were; those that could not be checked, too.</source>
        <extracomment>help of checksamples CLEANED</extracomment>
        <translation>Les échantillons qui ne sont pas suspects, tels quels ; ceux qui n'ont pas pu être vérifiés aussi.</translation>
    </message>
    <message>
        <source>Suspects by class and one by one, noise estimates, the map, and the curves of each class.</source>
        <extracomment>help of checksamples REPORT</extracomment>
        <translation>Les suspects par classe et un par un, les estimations du bruit, la carte et les courbes de chaque classe.</translation>
    </message>
    <message>
        <source>The report's figures, to compute with.</source>
        <extracomment>help of checksamples REPORT_JSON</extracomment>
        <translation>Les chiffres du rapport, pour calculer avec.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Field notes get mixed up, polygons are drawn over two fields, crops are harvested early: wrong classes among the samples cost accuracy, and make the accuracy itself wrong. This tool marks samples that are &lt;b&gt;likely&lt;/b&gt; mislabelled. Look at them before you delete or rename anything: a rare kind of a class looks like a mistake, too.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Confident learning&lt;/b&gt; (Northcutt et al. 2021) classifies each sample by a classifier that has not seen it, nor any other pixel of its polygon, tile or block, compares the probabilities with what is usual for each class, and estimates how many samples of each class are wrong. &lt;b&gt;Self-organising map&lt;/b&gt; (Santos et al. 2021, as in the R package sits) lays all series out on a grid where alike ones are neighbours, and compares each class with those around it; its own group does not count. &lt;b&gt;Both&lt;/b&gt; takes as many samples as confident learning estimates to be wrong: those that both together support least. In tests with known mistakes this found more of them than either alone, with about as few false alarms.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; the samples as they were, with more fields: &lt;i&gt;suspect&lt;/i&gt; (1: look at it; empty: could not be checked), &lt;i&gt;suggested&lt;/i&gt; class, &lt;i&gt;quality&lt;/i&gt; of the label (0 to 1; look at the lowest first), &lt;i&gt;given_prob&lt;/i&gt; and &lt;i&gt;suggested_prob&lt;/i&gt; (probabilities of the given and of the most probable class), &lt;i&gt;som_agreement&lt;/i&gt; (probability of the given class among the map's neighbours), &lt;i&gt;som_verdict&lt;/i&gt; (clean, analyze or remove, as sits says) and &lt;i&gt;som_neuron&lt;/i&gt;. A ring marks suspects. All tools take this layer as samples. Correct the field “class” or delete rows in QGIS; or take the layer without suspects. Where classes overlap, suspects are often right and merely hard: to leave out all of them can lower the accuracy, so compare both trainings on samples that you trust. The report has the suspects by class and one by one, the map, and the curves of each class.&lt;/p&gt; &lt;p&gt;Before: “Extract samples”. Next: any training.&lt;/p&gt;</source>
        <extracomment>help of checksamples</extracomment>
        <translation>&lt;p&gt;Des notes de terrain se mélangent, des polygones débordent sur deux parcelles, une culture est récoltée tôt : des classes fausses parmi les échantillons coûtent de l'exactitude et faussent l'exactitude elle-même. Cet outil marque les échantillons &lt;b&gt;probablement&lt;/b&gt; mal étiquetés. Regardez-les avant de supprimer ou de renommer quoi que ce soit : une variante rare d'une classe ressemble aussi à une erreur.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Confident learning&lt;/b&gt; (Northcutt et al. 2021) fait classer chaque échantillon par un classifieur qui ne l'a pas vu, ni aucun autre pixel de son polygone, de sa tuile ou de son bloc, compare les probabilités à ce qui est habituel pour chaque classe et estime combien d'échantillons de chaque classe sont faux. La &lt;b&gt;carte auto-organisatrice&lt;/b&gt; (self-organising map, Santos et al. 2021, comme dans le paquet R sits) dispose toutes les séries sur une grille où les semblables sont voisines et compare chaque classe à celles qui l'entourent ; son propre groupe ne compte pas. &lt;b&gt;Both&lt;/b&gt; retient autant d'échantillons que confident learning en estime faux : ceux que les deux méthodes ensemble soutiennent le moins. Dans des essais avec des erreurs connues, cela en trouvait plus que chacune seule, avec à peu près aussi peu de fausses alertes.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; les échantillons tels quels, avec d'autres champs : &lt;i&gt;suspect&lt;/i&gt; (1 : à regarder ; vide : n'a pas pu être vérifié), la classe proposée &lt;i&gt;suggested&lt;/i&gt;, la qualité de l'étiquette &lt;i&gt;quality&lt;/i&gt; (0 à 1 ; regardez les plus basses d'abord), &lt;i&gt;given_prob&lt;/i&gt; et &lt;i&gt;suggested_prob&lt;/i&gt; (probabilités de la classe donnée et de la plus probable), &lt;i&gt;som_agreement&lt;/i&gt; (probabilité de la classe donnée parmi les voisins sur la carte), &lt;i&gt;som_verdict&lt;/i&gt; (clean, analyze ou remove, comme le dit sits) et &lt;i&gt;som_neuron&lt;/i&gt;. Un anneau marque les suspects. Tous les outils acceptent cette couche comme échantillons. Corrigez le champ « class » ou supprimez des lignes dans QGIS ; ou prenez la couche sans les suspects. Là où des classes se recouvrent, les suspects sont souvent justes et simplement difficiles : les écarter tous peut faire baisser l'exactitude ; comparez donc les deux entraînements sur des échantillons sûrs. Le rapport contient les suspects par classe et un par un, la carte et les courbes de chaque classe.&lt;/p&gt; &lt;p&gt;Avant : « Extraire des échantillons ». Ensuite : n'importe quel entraînement.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Any raster, or an image time series.</source>
        <extracomment>help of quickclusters IMAGE</extracomment>
        <translation>Un raster quelconque, ou une série temporelle d'images.</translation>
    </message>
    <message>
        <source>The bands to look at. Empty: all, or all data bands of the date below.</source>
        <extracomment>help of quickclusters BANDS</extracomment>
        <translation>Les bandes à considérer. Vide : toutes, ou toutes les bandes de données de la date ci-dessous.</translation>
    </message>
    <message>
        <source>Of a series, the date to look at, such as 2021-06-15. Empty: the one with the fewest gaps.</source>
        <extracomment>help of quickclusters DATE</extracomment>
        <translation>D'une série, la date à considérer, par exemple 2021-06-15. Vide : celle qui a le moins de lacunes.</translation>
    </message>
    <message>
        <source>How many groups to find.</source>
        <extracomment>help of quickclusters CLUSTERS</extracomment>
        <translation>Nombre de groupes à trouver.</translation>
    </message>
    <message>
        <source>Only pixels where this raster is neither 0 nor nodata get a cluster. With a class map here and a class below, one land cover is split into its kinds: cropland into crops. Any grid and CRS will do.</source>
        <extracomment>help of quickclusters MASK</extracomment>
        <translation>Seuls les pixels où ce raster n'est ni 0 ni nodata reçoivent un groupe. Avec une carte de classes ici et une classe ci-dessous, une occupation du sol est divisée selon ses types : les terres cultivées en cultures. Grille et SCR quelconques.</translation>
    </message>
    <message>
        <source>Number or name of the wanted class; several are separated by commas. Empty: all but 0.</source>
        <extracomment>help of quickclusters CLASS</extracomment>
        <translation>Numéro ou nom de la classe voulue ; plusieurs sont séparés par des virgules. Vide : toutes sauf 0.</translation>
    </message>
    <message>
        <source>So many random pixels make the clusters.</source>
        <extracomment>help of quickclusters SAMPLE_SIZE</extracomment>
        <translation>Nombre de pixels tirés au hasard qui forment les groupes.</translation>
    </message>
    <message>
        <source>Another number draws other pixels. The same number repeats a run.</source>
        <extracomment>help of quickclusters SEED</extracomment>
        <translation>Un autre nombre tire d'autres pixels. Le même nombre répète une exécution.</translation>
    </message>
    <message>
        <source>The map: cluster numbers with names and colours, 0 where there is no data.</source>
        <extracomment>help of quickclusters OUTPUT</extracomment>
        <translation>La carte : numéros des groupes avec noms et couleurs, 0 là où il n'y a pas de données.</translation>
    </message>
    <message>
        <source>Hectares, values and map as one HTML file, to open in a browser.</source>
        <extracomment>help of quickclusters REPORT</extracomment>
        <translation>Hectares, valeurs et carte en un fichier HTML, à ouvrir dans un navigateur.</translation>
    </message>
    <message>
        <source>Pixels, hectares, mean and percentiles of each cluster and band as a CSV file.</source>
        <extracomment>help of quickclusters CSV</extracomment>
        <translation>Pixels, hectares, moyenne et percentiles de chaque groupe et bande en fichier CSV.</translation>
    </message>
    <message>
        <source>&lt;p&gt;A first look at a scene, with nothing prepared: k-means on the bands of any raster, one image or one date of an image time series. Every band is scaled from its least to its greatest value, so that each counts alike.&lt;/p&gt; &lt;p&gt;The clusters are learnt from a sample of pixels and numbered by the mean of their scaled bands, the darkest first. Pixels where a band has no data get 0.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; the map of clusters in distinct colours, a report with hectares as bars and the values of each cluster, and the same as a table.&lt;/p&gt; &lt;p&gt;Next: “Name clusters”, or “Cluster image time series”, which looks at the whole season instead of one day.&lt;/p&gt;</source>
        <extracomment>help of quickclusters</extracomment>
        <translation>&lt;p&gt;Un premier regard sur une scène, sans rien préparer : k-moyennes sur les bandes d'un raster quelconque, d'une image ou d'une date d'une série temporelle d'images. Chaque bande est mise à l'échelle entre sa plus petite et sa plus grande valeur, pour que toutes comptent autant.&lt;/p&gt; &lt;p&gt;Les groupes sont appris sur un échantillon de pixels et numérotés d'après la moyenne de leurs bandes mises à l'échelle, les plus sombres d'abord. Les pixels où une bande n'a pas de données reçoivent 0.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; la carte des groupes en couleurs distinctes, un rapport avec les hectares en barres et les valeurs de chaque groupe, et les mêmes chiffres en table.&lt;/p&gt; &lt;p&gt;Ensuite : « Nommer les groupes », ou « Regrouper une série temporelle d'images », qui considère toute la saison au lieu d'un seul jour.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series to cluster, best without clouds and on regular dates.</source>
        <extracomment>help of clusterseries SERIES</extracomment>
        <translation>La série à regrouper, de préférence sans nuages et à dates régulières.</translation>
    </message>
    <message>
        <source>What makes two series alike: see the description of this tool.</source>
        <extracomment>help of clusterseries METHOD</extracomment>
        <translation>Ce qui rend deux séries semblables : voir la description de cet outil.</translation>
    </message>
    <message>
        <source>How many groups to find. “Search clusterings” compares several numbers.</source>
        <extracomment>help of clusterseries CLUSTERS</extracomment>
        <translation>Nombre de groupes à trouver. « Comparer des regroupements » en compare plusieurs.</translation>
    </message>
    <message>
        <source>“none” compares values as they are, “z-score” and “min-max” only the shape of each series and variable. With variables of different size, scale, or the largest one decides alone. k-shape always takes z-scores.</source>
        <extracomment>help of clusterseries SCALING</extracomment>
        <translation>« none » compare les valeurs telles quelles, « z-score » et « min-max » seulement la forme de chaque série et variable. Avec des variables d'ordres de grandeur différents, normalisez, sinon la plus grande décide seule. k-shape prend toujours les z-scores.</translation>
    </message>
    <message>
        <source>Smooths each series before it is scaled. The profiles show the values unsmoothed.</source>
        <extracomment>help of clusterseries SMOOTHING</extracomment>
        <translation>Lisse chaque série avant de la normaliser. Les profils montrent les valeurs non lissées.</translation>
    </message>
    <message>
        <source>How many dates apart two values may be to be matched by dtw and soft-dtw. A band keeps a crop of spring from matching one of autumn, and is faster. -1: no limit.</source>
        <extracomment>help of clusterseries RADIUS</extracomment>
        <translation>Nombre de dates dont deux valeurs peuvent être éloignées pour être associées par dtw et soft-dtw. Une bande empêche d'associer une culture de printemps à une culture d'automne, et accélère. -1 : sans limite.</translation>
    </message>
    <message>
        <source>Smoothness of soft-dtw, in squared units of the prepared series: near 0 it is DTW. For an index between 0 and 1 without scaling, 0.01 to 0.1 suits.</source>
        <extracomment>help of clusterseries GAMMA</extracomment>
        <translation>Lissage de soft-dtw, en unités carrées de la série préparée : proche de 0, c'est DTW. Pour un indice entre 0 et 1 sans normalisation, 0,01 à 0,1 convient.</translation>
    </message>
    <message>
        <source>Bandwidth of the global alignment kernel. 0: estimated from the series.</source>
        <extracomment>help of clusterseries SIGMA</extracomment>
        <translation>Largeur de bande du noyau d'alignement global. 0 : estimée à partir des séries.</translation>
    </message>
    <message>
        <source>Runs from different starting centres, of which the best is kept: the one nearest to its centres.</source>
        <extracomment>help of clusterseries RESTARTS</extracomment>
        <translation>Exécutions à partir de centres initiaux différents, dont la meilleure est conservée : celle dont les séries sont les plus proches de leurs centres.</translation>
    </message>
    <message>
        <source>A run ends after so many rounds at the latest.</source>
        <extracomment>help of clusterseries ITERATIONS</extracomment>
        <translation>Une exécution s'arrête au plus tard après ce nombre d'itérations.</translation>
    </message>
    <message>
        <source>Another number draws another sample and other starting centres. The same number repeats a run.</source>
        <extracomment>help of clusterseries SEED</extracomment>
        <translation>Un autre nombre tire un autre échantillon et d'autres centres initiaux. Le même nombre répète une exécution.</translation>
    </message>
    <message>
        <source>An odd number of dates.</source>
        <extracomment>help of clusterseries SMOOTHING_WINDOW</extracomment>
        <translation>Un nombre impair de dates.</translation>
    </message>
    <message>
        <source>Degree of its polynomial.</source>
        <extracomment>help of clusterseries SMOOTHING_ORDER</extracomment>
        <translation>Degré de son polynôme.</translation>
    </message>
    <message>
        <source>The larger, the smoother.</source>
        <extracomment>help of clusterseries SMOOTHING_STRENGTH</extracomment>
        <translation>Plus il est grand, plus c'est lisse.</translation>
    </message>
    <message>
        <source>Names separated by commas, such as ndvi, nir. Empty: all variables but quality bands.</source>
        <extracomment>help of clusterseries VARIABLES</extracomment>
        <translation>Noms séparés par des virgules, par exemple ndvi, nir. Vide : toutes les variables, sauf les bandes de qualité.</translation>
    </message>
    <message>
        <source>So many random pixels make the clusters; then every pixel is assigned to one.</source>
        <extracomment>help of clusterseries SAMPLE_SIZE</extracomment>
        <translation>Nombre de pixels tirés au hasard qui forment les groupes ; puis chaque pixel est affecté à l'un d'eux.</translation>
    </message>
    <message>
        <source>“scene”: evenly over the image. “classes”: as many from each class of the mask, so that rare ones count.</source>
        <extracomment>help of clusterseries SPREAD</extracomment>
        <translation>« scene » : uniformément sur l'image. « classes » : autant de chaque classe du masque, pour que les rares comptent.</translation>
    </message>
    <message>
        <source>How far each pixel is from its cluster's centre, by the method's distance (float32).</source>
        <extracomment>help of clusterseries DISTANCE</extracomment>
        <translation>Distance de chaque pixel au centre de son groupe, selon la distance de la méthode (float32).</translation>
    </message>
    <message>
        <source>The clustering as one file, for “Assign clusters” and for any program with ONNX Runtime.</source>
        <extracomment>help of clusterseries MODEL</extracomment>
        <translation>Le regroupement en un fichier, pour « Affecter aux groupes » et pour tout programme doté d'ONNX Runtime.</translation>
    </message>
    <message>
        <source>The centres as the method sees them: smoothed and scaled.</source>
        <extracomment>help of clusterseries CENTRES</extracomment>
        <translation>Les centres tels que la méthode les voit : lissés et normalisés.</translation>
    </message>
    <message>
        <source>Mean, 10th and 90th percentile, pixels and hectares by cluster, date and variable, in the units of the series.</source>
        <extracomment>help of clusterseries PROFILES</extracomment>
        <translation>Moyenne, 10e et 90e percentiles, pixels et hectares par groupe, date et variable, dans les unités de la série.</translation>
    </message>
    <message>
        <source>The same table as a GeoPackage without geometry, with real dates.</source>
        <extracomment>help of clusterseries PROFILE_LAYER</extracomment>
        <translation>La même table en GeoPackage sans géométrie, avec de vraies dates.</translation>
    </message>
    <message>
        <source>Curves, areas and map as one HTML file, to open in a browser.</source>
        <extracomment>help of clusterseries REPORT</extracomment>
        <translation>Courbes, surfaces et carte en un fichier HTML, à ouvrir dans un navigateur.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Finds groups of pixels whose values run alike through the season, with no labels at all: a first map of an unknown area, or a look at what your classes really hold.&lt;/p&gt;&lt;p&gt;It learns the clusters from a sample of pixels and then assigns every pixel to its nearest one. Gaps are filled linearly in time; a pixel with a variable that was never observed gets 0.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Methods&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt;: dynamic time warping lets curves of one shape meet although one is earlier; centres are DTW barycentres. The best first choice;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt;: plain k-means, date by date, the fastest;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt;: a smooth DTW (gamma says how smooth), slower;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt;: shapes alone, whatever their height and position;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt;: kernel k-means with the global alignment kernel, the slowest.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;With a class map as &lt;b&gt;mask&lt;/b&gt; and one of its classes, that class alone is clustered.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; the map of clusters in distinct colours, a report with the mean curve of each cluster and its 10th and 90th percentile over the real dates, hectares, and the same as tables. The silhouette (-1 to 1) says how well clusters are apart; it is that of up to 1,000 pixels of the sample. Inertia is the mean squared distance to the centre. The model (.onnx) assigns other series in “Assign clusters”.&lt;/p&gt;&lt;p&gt;Before: “Prepare series”, so that there are no clouds. Next: “Name clusters”, which turns clusters into classes.&lt;/p&gt;</source>
        <extracomment>help of clusterseries</extracomment>
        <translation>&lt;p&gt;Trouve des groupes de pixels dont les valeurs évoluent de même au cours de la saison, sans aucune étiquette : une première carte d'une région inconnue, ou un regard sur ce que contiennent vraiment vos classes.&lt;/p&gt;&lt;p&gt;Les groupes sont appris sur un échantillon de pixels, puis chaque pixel est affecté au plus proche. Les lacunes sont comblées linéairement dans le temps ; un pixel dont une variable n'a jamais été observée reçoit 0.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Méthodes&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt; : la déformation temporelle dynamique (dynamic time warping) fait se rencontrer des courbes de même forme, même si l'une est plus précoce ; les centres sont des barycentres DTW. Le meilleur premier choix ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt; : de simples k-moyennes, date par date, la plus rapide ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt; : une DTW lissée (gamma dit à quel point), plus lente ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt; : les formes seules, quelles que soient leur hauteur et leur position ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt; : k-moyennes à noyau avec le noyau d'alignement global, la plus lente.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;Avec une carte de classes comme &lt;b&gt;masque&lt;/b&gt; et l'une de ses classes, seule cette classe est divisée en groupes.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; la carte des groupes en couleurs distinctes, un rapport avec la courbe moyenne de chaque groupe et ses 10e et 90e percentiles aux dates réelles, les hectares, et les mêmes chiffres en tables. La silhouette (-1 à 1) dit à quel point les groupes sont séparés ; elle est celle d'au plus 1 000 pixels de l'échantillon. L'inertie est la distance quadratique moyenne au centre. Le modèle (.onnx) affecte d'autres séries dans « Affecter aux groupes ».&lt;/p&gt;&lt;p&gt;Avant : « Préparer une série », pour qu'il n'y ait pas de nuages. Ensuite : « Nommer les groupes », qui fait des groupes des classes.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>If there are more, so many random ones make the clusters; all are assigned.</source>
        <extracomment>help of clustersamples SAMPLE_SIZE</extracomment>
        <translation>S'il y en a plus, ce nombre tiré au hasard forme les groupes ; tous sont affectés.</translation>
    </message>
    <message>
        <source>The samples with one more field, a GeoPackage in the colours of the classes.</source>
        <extracomment>help of clustersamples OUTPUT</extracomment>
        <translation>Les échantillons avec un champ de plus, un GeoPackage dans les couleurs des classes.</translation>
    </message>
    <message>
        <source>The clustering, for “Assign clusters”.</source>
        <extracomment>help of clustersamples MODEL</extracomment>
        <translation>Le regroupement, pour « Affecter aux groupes ».</translation>
    </message>
    <message>
        <source>The centres, smoothed and scaled.</source>
        <extracomment>help of clustersamples CENTRES</extracomment>
        <translation>Les centres, lissés et normalisés.</translation>
    </message>
    <message>
        <source>Mean, 10th and 90th percentile by cluster, date and variable.</source>
        <extracomment>help of clustersamples PROFILES</extracomment>
        <translation>Moyenne, 10e et 90e percentiles par groupe, date et variable.</translation>
    </message>
    <message>
        <source>Curves and the table of classes as HTML file.</source>
        <extracomment>help of clustersamples REPORT</extracomment>
        <translation>Courbes et table des classes en fichier HTML.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Do the classes of your samples really have curves of their own? This tool groups samples by their values alone, without looking at the classes, and compares: the report shows how many samples of each class are in each cluster, and the mean curves with their spread. A class in several clusters holds several kinds, or wrong labels; a cluster of several classes means that they look alike.&lt;/p&gt;&lt;p&gt;The adjusted Rand index is 1 if clusters and classes are the same groups, and 0 if they agree as if by chance.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Methods&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt;: dynamic time warping lets curves of one shape meet although one is earlier; centres are DTW barycentres. The best first choice;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt;: plain k-means, date by date, the fastest;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt;: a smooth DTW (gamma says how smooth), slower;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt;: shapes alone, whatever their height and position;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt;: kernel k-means with the global alignment kernel, the slowest.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; a copy of the samples with the field “cluster” (0 where a variable was never observed), which all other tools take as samples, and the clustering as a model, for “Assign clusters”.&lt;/p&gt;&lt;p&gt;Before: “Extract samples”. Next: delete or rename samples that lie in a cluster of another class, then train.&lt;/p&gt;</source>
        <extracomment>help of clustersamples</extracomment>
        <translation>&lt;p&gt;Les classes de vos échantillons ont-elles vraiment des courbes bien à elles ? Cet outil regroupe les échantillons d'après leurs seules valeurs, sans regarder les classes, et compare : le rapport montre combien d'échantillons de chaque classe contient chaque groupe, et les courbes moyennes avec leur dispersion. Une classe répartie dans plusieurs groupes contient plusieurs variantes ou de fausses étiquettes ; un groupe de plusieurs classes signifie qu'elles se ressemblent.&lt;/p&gt;&lt;p&gt;L'indice de Rand ajusté vaut 1 si les groupes et les classes sont identiques, et 0 s'ils ne concordent que comme par hasard.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Méthodes&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt; : la déformation temporelle dynamique (dynamic time warping) fait se rencontrer des courbes de même forme, même si l'une est plus précoce ; les centres sont des barycentres DTW. Le meilleur premier choix ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt; : de simples k-moyennes, date par date, la plus rapide ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt; : une DTW lissée (gamma dit à quel point), plus lente ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt; : les formes seules, quelles que soient leur hauteur et leur position ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt; : k-moyennes à noyau avec le noyau d'alignement global, la plus lente.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; une copie des échantillons avec le champ « cluster » (0 là où une variable n'a jamais été observée), que tous les autres outils acceptent comme échantillons, et le regroupement en modèle, pour « Affecter aux groupes ».&lt;/p&gt;&lt;p&gt;Avant : « Extraire des échantillons ». Ensuite : supprimez ou renommez les échantillons qui se trouvent dans un groupe d'une autre classe, puis entraînez.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series of which a sample of pixels is clustered. Give it or samples, one of the two.</source>
        <extracomment>help of clustergridsearch SERIES</extracomment>
        <translation>La série dont un échantillon de pixels est regroupé. Donnez la série ou des échantillons, l'un des deux.</translation>
    </message>
    <message>
        <source>A samples layer, instead of the series. Its classes are not looked at.</source>
        <extracomment>help of clustergridsearch SAMPLES</extracomment>
        <translation>Une couche d'échantillons, à la place de la série. Ses classes ne sont pas considérées.</translation>
    </message>
    <message>
        <source>Such as 3-8, or 4, 6, 10-12.</source>
        <extracomment>help of clustergridsearch CLUSTER_NUMBERS</extracomment>
        <translation>Par exemple 3-8, ou 4, 6, 10-12.</translation>
    </message>
    <message>
        <source>“none” compares values, the others only shapes. k-shape always takes z-scores.</source>
        <extracomment>help of clustergridsearch SCALINGS</extracomment>
        <translation>« none » compare les valeurs, les autres seulement les formes. k-shape prend toujours les z-scores.</translation>
    </message>
    <message>
        <source>For dtw and soft-dtw, such as -1, 2, 4: how many dates two values may be apart; -1: any.</source>
        <extracomment>help of clustergridsearch RADII</extracomment>
        <translation>Pour dtw et soft-dtw, par exemple -1, 2, 4 : nombre de dates dont deux valeurs peuvent être éloignées ; -1 : quelconque.</translation>
    </message>
    <message>
        <source>The figure by which settings are put in order.</source>
        <extracomment>help of clustergridsearch CRITERION</extracomment>
        <translation>Le chiffre selon lequel les réglages sont classés.</translation>
    </message>
    <message>
        <source>Every setting is tried with so many seeds, for the stability.</source>
        <extracomment>help of clustergridsearch SEEDS</extracomment>
        <translation>Chaque réglage est essayé avec ce nombre de graines, pour la stabilité.</translation>
    </message>
    <message>
        <source>The table and the elbow plot as one HTML file.</source>
        <extracomment>help of clustergridsearch REPORT</extracomment>
        <translation>La table et la courbe du coude en un fichier HTML.</translation>
    </message>
    <message>
        <source>A row for each setting, the best first.</source>
        <extracomment>help of clustergridsearch CSV</extracomment>
        <translation>Une ligne par réglage, le meilleur en premier.</translation>
    </message>
    <message>
        <source>&lt;p&gt;How many clusters, and by which method? This tool clusters the same sample with every combination of the methods, scalings, bands and numbers that you give, and shows four figures of each:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;silhouette, -1 to 1: how much nearer series are to their own cluster than to the next;&lt;/li&gt;&lt;li&gt;Davies-Bouldin index: how wide clusters are for how far apart, less is better;&lt;/li&gt;&lt;li&gt;stability: the adjusted Rand index between different seeds, 1 if they all give the same clusters;&lt;/li&gt;&lt;li&gt;inertia, as the elbow plot: where more clusters gain little, there are enough.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;They are taken by each method's own distance, so they compare numbers of clusters of one method well, different methods only roughly.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Methods&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt;: dynamic time warping lets curves of one shape meet although one is earlier; centres are DTW barycentres. The best first choice;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt;: plain k-means, date by date, the fastest;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt;: a smooth DTW (gamma says how smooth), slower;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt;: shapes alone, whatever their height and position;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt;: kernel k-means with the global alignment kernel, the slowest.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;The settings of the best are outputs, which a model can pass on to “Cluster image time series” or “Cluster samples”.&lt;/p&gt;</source>
        <extracomment>help of clustergridsearch</extracomment>
        <translation>&lt;p&gt;Combien de groupes, et par quelle méthode ? Cet outil regroupe le même échantillon avec chaque combinaison des méthodes, normalisations, bandes et nombres que vous donnez, et montre quatre chiffres de chacune :&lt;/p&gt;&lt;ul&gt;&lt;li&gt;silhouette, de -1 à 1 : à quel point les séries sont plus proches de leur propre groupe que du suivant ;&lt;/li&gt;&lt;li&gt;indice de Davies-Bouldin : la largeur des groupes rapportée à leur écartement, moins vaut mieux ;&lt;/li&gt;&lt;li&gt;stabilité : l'indice de Rand ajusté entre différentes graines, 1 si toutes donnent les mêmes groupes ;&lt;/li&gt;&lt;li&gt;inertie, sous forme de courbe du coude : là où davantage de groupes n'apportent guère, il y en a assez.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;Ils sont calculés avec la distance propre à chaque méthode : ils comparent donc bien les nombres de groupes d'une même méthode, mais des méthodes différentes seulement de façon approximative.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Méthodes&lt;/b&gt;&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;i&gt;dtw&lt;/i&gt; : la déformation temporelle dynamique (dynamic time warping) fait se rencontrer des courbes de même forme, même si l'une est plus précoce ; les centres sont des barycentres DTW. Le meilleur premier choix ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;euclidean&lt;/i&gt; : de simples k-moyennes, date par date, la plus rapide ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;soft-dtw&lt;/i&gt; : une DTW lissée (gamma dit à quel point), plus lente ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;k-shape&lt;/i&gt; : les formes seules, quelles que soient leur hauteur et leur position ;&lt;/li&gt;&lt;li&gt;&lt;i&gt;gak&lt;/i&gt; : k-moyennes à noyau avec le noyau d'alignement global, la plus lente.&lt;/li&gt;&lt;/ul&gt;&lt;p&gt;Les réglages du meilleur sont des sorties, qu'un modèle de QGIS peut transmettre à « Regrouper une série temporelle d'images » ou « Regrouper des échantillons ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series whose pixels are assigned. It needs the clustering's variables by name.</source>
        <extracomment>help of applyclusters SERIES</extracomment>
        <translation>La série dont les pixels sont affectés. Elle doit avoir, par leur nom, les variables du regroupement.</translation>
    </message>
    <message>
        <source>The .onnx file that “Cluster image time series” or “Cluster samples” wrote.</source>
        <extracomment>help of applyclusters MODEL</extracomment>
        <translation>Le fichier .onnx qu'a écrit « Regrouper une série temporelle d'images » ou « Regrouper des échantillons ».</translation>
    </message>
    <message>
        <source>Only needed if the series covers several seasons of the clustering: the year in which the season starts (2021), or its first day (2021-10-01).</source>
        <extracomment>help of applyclusters SEASON</extracomment>
        <translation>Seulement si la série couvre plusieurs saisons du regroupement : l'année où commence la saison (2021), ou son premier jour (2021-10-01).</translation>
    </message>
    <message>
        <source>Assign even if the values are ten times larger or smaller than those the clusters were learnt from.</source>
        <extracomment>help of applyclusters SKIP_UNITS_CHECK</extracomment>
        <translation>Affecter même si les valeurs sont dix fois plus grandes ou plus petites que celles dont les groupes sont issus.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Takes the model file of “Cluster image time series” or “Cluster samples” and gives every pixel of another series the cluster that it is nearest to: another year, or the tile beside it, with the same numbers and colours, so that maps can be compared.&lt;/p&gt; &lt;p&gt;The series needs the variables of the clustering, by name. Its dates may differ: it is interpolated onto the dates of the clustering, season by season, as “Classify image time series” does, and it is prepared the same way. Pixels with a variable that was never observed get 0.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; the map of clusters, on request the distance to the centre (far from all centres is what the clustering has not seen), the profiles that the clusters have in this series, and hectares.&lt;/p&gt; &lt;p&gt;Next: “Name clusters”.&lt;/p&gt;</source>
        <extracomment>help of applyclusters</extracomment>
        <translation>&lt;p&gt;Prend le fichier de modèle de « Regrouper une série temporelle d'images » ou « Regrouper des échantillons » et donne à chaque pixel d'une autre série le groupe dont il est le plus proche : une autre année, ou la tuile voisine, avec les mêmes numéros et les mêmes couleurs, pour que les cartes soient comparables.&lt;/p&gt; &lt;p&gt;La série doit avoir, par leur nom, les variables du regroupement. Ses dates peuvent différer : elle est interpolée aux dates du regroupement, saison par saison, comme le fait « Classer une série temporelle d'images », et elle est préparée de la même façon. Les pixels dont une variable n'a jamais été observée reçoivent 0.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; la carte des groupes, sur demande la distance au centre (ce qui est loin de tous les centres est ce que le regroupement n'a pas vu), les profils qu'ont les groupes dans cette série, et les hectares.&lt;/p&gt; &lt;p&gt;Ensuite : « Nommer les groupes ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Cluster numbers, 0 where there is none, as the clustering tools make it.</source>
        <extracomment>help of labelclusters CLUSTERS</extracomment>
        <translation>Numéros des groupes, 0 là où il n'y en a pas, comme les font les outils de regroupement.</translation>
    </message>
    <message>
        <source>A layer or CSV file with a row for each cluster. Rows without a class are left out.</source>
        <extracomment>help of labelclusters TABLE</extracomment>
        <translation>Une couche ou un fichier CSV avec une ligne par groupe. Les lignes sans classe sont écartées.</translation>
    </message>
    <message>
        <source>The field of the table with the cluster's number, or its name.</source>
        <extracomment>help of labelclusters CLUSTER_FIELD</extracomment>
        <translation>Le champ de la table avec le numéro du groupe, ou son nom.</translation>
    </message>
    <message>
        <source>The field of the table with the class: a text, or a whole number from 1 to 65535.</source>
        <extracomment>help of labelclusters CLASS_FIELD</extracomment>
        <translation>Le champ de la table avec la classe : un texte, ou un nombre entier de 1 à 65535.</translation>
    </message>
    <message>
        <source>Points or polygons with a class, in any CRS. A selection is honoured.</source>
        <extracomment>help of labelclusters LABELS</extracomment>
        <translation>Points ou polygones avec une classe, dans n'importe quel SCR. Une sélection est respectée.</translation>
    </message>
    <message>
        <source>The field of the labels with the class: a text, or a whole number from 1 to 65535.</source>
        <extracomment>help of labelclusters FIELD</extracomment>
        <translation>Le champ des étiquettes avec la classe : un texte, ou un nombre entier de 1 à 65535.</translation>
    </message>
    <message>
        <source>Otherwise they are 0 in the result, which means no class.</source>
        <extracomment>help of labelclusters KEEP_UNNAMED</extracomment>
        <translation>Sinon ils valent 0 dans le résultat, c'est-à-dire aucune classe.</translation>
    </message>
    <message>
        <source>A cluster in which a smaller share of the labelled pixels agrees gets no class.</source>
        <extracomment>help of labelclusters MIN_PURITY</extracomment>
        <translation>Un groupe dont une moindre part des pixels étiquetés concorde ne reçoit aucune classe.</translation>
    </message>
    <message>
        <source>The class raster, 0 for none.</source>
        <extracomment>help of labelclusters OUTPUT</extracomment>
        <translation>Le raster de classes, 0 pour aucune.</translation>
    </message>
    <message>
        <source>Class, purity, pixels and hectares of each cluster as a CSV file.</source>
        <extracomment>help of labelclusters NAMES</extracomment>
        <translation>Classe, pureté, pixels et hectares de chaque groupe en fichier CSV.</translation>
    </message>
    <message>
        <source>The same as one HTML file with a map, to open in a browser.</source>
        <extracomment>help of labelclusters REPORT</extracomment>
        <translation>Les mêmes en un fichier HTML avec une carte, à ouvrir dans un navigateur.</translation>
    </message>
    <message>
        <source>&lt;p&gt;A cluster is a number until somebody says what it is. This tool makes a class raster of a cluster raster, with class names and colours, so that a clustering becomes a map, or labels to train on.&lt;/p&gt; &lt;p&gt;Classes come from &lt;b&gt;one&lt;/b&gt; of three:&lt;/p&gt; &lt;ul&gt; &lt;li&gt;a &lt;b&gt;table&lt;/b&gt; with a row for each cluster: its number (or name) and its class. Several clusters may be one class. Any table layer will do, a CSV file too;&lt;/li&gt; &lt;li&gt;a &lt;b&gt;label layer&lt;/b&gt;, points or polygons with a class field: each cluster gets the class of most labelled pixels in it;&lt;/li&gt; &lt;li&gt;a &lt;b&gt;label raster&lt;/b&gt;, an older map for instance, likewise.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;The purity of a cluster is the share of its labelled pixels that are of its class. With labels, the report shows how many labelled pixels of each class lie in each cluster, and the table of names can be edited and used as the table of the next run.&lt;/p&gt; &lt;p&gt;Before: one of the clustering tools. Next: “Extract samples” with the result as label raster, or “Check rasterized labels”.&lt;/p&gt;</source>
        <extracomment>help of labelclusters</extracomment>
        <translation>&lt;p&gt;Un groupe est un numéro jusqu'à ce que quelqu'un dise ce qu'il est. Cet outil fait d'un raster de groupes un raster de classes, avec noms et couleurs des classes, si bien qu'un regroupement devient une carte, ou des étiquettes pour l'entraînement.&lt;/p&gt; &lt;p&gt;Les classes viennent de l'&lt;b&gt;une&lt;/b&gt; de ces trois sources :&lt;/p&gt; &lt;ul&gt; &lt;li&gt;une &lt;b&gt;table&lt;/b&gt; avec une ligne par groupe : son numéro (ou son nom) et sa classe. Plusieurs groupes peuvent former une classe. Toute couche de table convient, un fichier CSV aussi ;&lt;/li&gt; &lt;li&gt;une &lt;b&gt;couche d'étiquettes&lt;/b&gt;, points ou polygones avec un champ de classe : chaque groupe reçoit la classe de la plupart des pixels étiquetés qu'il contient ;&lt;/li&gt; &lt;li&gt;un &lt;b&gt;raster d'étiquettes&lt;/b&gt;, par exemple une carte plus ancienne, de même.&lt;/li&gt; &lt;/ul&gt; &lt;p&gt;La pureté d'un groupe est la part de ses pixels étiquetés qui sont de sa classe. Avec des étiquettes, le rapport montre combien de pixels étiquetés de chaque classe se trouvent dans chaque groupe, et la table des noms peut être modifiée et servir de table à la prochaine exécution.&lt;/p&gt; &lt;p&gt;Avant : l'un des outils de regroupement. Ensuite : « Extraire des échantillons » avec le résultat comme raster d'étiquettes, ou « Vérifier les étiquettes rastérisées ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The samples layer from “Extract samples” or “Import samples”.</source>
        <extracomment>help of trainrandomforest SAMPLES</extracomment>
        <translation>La couche d'échantillons de « Extraire des échantillons » ou « Importer des échantillons ».</translation>
    </message>
    <message>
        <source>More trees are steadier; beyond a few hundred they only make the model larger and slower.</source>
        <extracomment>help of trainrandomforest TREES</extracomment>
        <translation>Plus d'arbres sont plus stables ; au-delà de quelques centaines, ils ne font qu'alourdir et ralentir le modèle.</translation>
    </message>
    <message>
        <source>Levels of decisions in each tree. 0: no limit. Shallow trees are smaller and smoother.</source>
        <extracomment>help of trainrandomforest MAX_DEPTH</extracomment>
        <translation>Niveaux de décisions de chaque arbre. 0 : sans limite. Des arbres peu profonds sont plus petits et plus lisses.</translation>
    </message>
    <message>
        <source>A decision leaves at least so many samples on each side. More make smaller, smoother trees.</source>
        <extracomment>help of trainrandomforest MIN_LEAF</extracomment>
        <translation>Une décision laisse au moins ce nombre d'échantillons de chaque côté. Davantage donne des arbres plus petits et plus lisses.</translation>
    </message>
    <message>
        <source>How many of the values (one for each date and variable) are drawn for each decision: their square root, their logarithm to base 2, a share given below, or all of them.</source>
        <extracomment>help of trainrandomforest MAX_FEATURES</extracomment>
        <translation>Combien de valeurs (une par date et variable) sont tirées pour chaque décision : leur racine carrée, leur logarithme en base 2, une part donnée ci-dessous, ou toutes.</translation>
    </message>
    <message>
        <source>Only with “share” above: 0 to 1.</source>
        <extracomment>help of trainrandomforest FEATURES_SHARE</extracomment>
        <translation>Seulement avec « share » ci-dessus : 0 à 1.</translation>
    </message>
    <message>
        <source>Each tree learns from so many samples, drawn with replacement. Less than 1 makes smaller trees and trains faster.</source>
        <extracomment>help of trainrandomforest MAX_SAMPLES</extracomment>
        <translation>Chaque arbre est entraîné sur cette part des échantillons, tirés avec remise. Moins de 1 donne des arbres plus petits et un entraînement plus rapide.</translation>
    </message>
    <message>
        <source>A node with fewer samples becomes a leaf.</source>
        <extracomment>help of trainrandomforest MIN_SPLIT</extracomment>
        <translation>Un nœud avec moins d'échantillons devient une feuille.</translation>
    </message>
    <message>
        <source>The measure of a decision's worth: Gini impurity, or entropy (log_loss is the same).</source>
        <extracomment>help of trainrandomforest CRITERION</extracomment>
        <translation>La mesure de la valeur d'une décision : impureté de Gini, ou entropie (log_loss est la même).</translation>
    </message>
    <message>
        <source>automatic: by groups where the samples carry them, else k-fold. hold-out: one part is kept for testing. k-fold: each part in turn, groups are ignored. group k-fold: the same with whole groups. spatial blocks: the same with whole square blocks of land. leave one out: each region or year of the “Field to split by” in turn. given split: as that field says. none: no accuracy is known.</source>
        <extracomment>help of trainrandomforest VALIDATION</extracomment>
        <translation>automatic : par groupes si les échantillons en portent, sinon k-fold. hold-out : une partie est réservée au test. k-fold : chaque partie à son tour, les groupes sont ignorés. group k-fold : de même avec des groupes entiers. spatial blocks : de même avec des blocs carrés de terrain entiers. leave one out : chaque région ou année du « Champ de partage » à son tour. given split : comme ce champ l'indique. none : aucune exactitude n'est connue.</translation>
    </message>
    <message>
        <source>balanced: rare classes weigh as much as frequent ones. none: each sample weighs the same.</source>
        <extracomment>help of trainrandomforest CLASS_WEIGHTS</extracomment>
        <translation>balanced : les classes rares pèsent autant que les fréquentes. none : chaque échantillon pèse autant.</translation>
    </message>
    <message>
        <source>In how many parts the samples are divided; each is tested once. Not for hold-out or splits by a field.</source>
        <extracomment>help of trainrandomforest FOLDS</extracomment>
        <translation>En combien de parties les échantillons sont divisés ; chacune est testée une fois. Sans effet pour hold-out et les partages par champ.</translation>
    </message>
    <message>
        <source>The share of each class that hold-out keeps for testing, in whole groups where there are any.</source>
        <extracomment>help of trainrandomforest TEST_SHARE</extracomment>
        <translation>La part de chaque classe que hold-out réserve au test, en groupes entiers s'il y en a.</translation>
    </message>
    <message>
        <source>A field that you added to the samples, by a join for instance. For “leave one out” one of regions or years (of dates, the year counts): each is tested by a model of the others. For “given split” one that says “train”, “validation” or “test”.</source>
        <extracomment>help of trainrandomforest SPLIT_FIELD</extracomment>
        <translation>Un champ que vous avez ajouté aux échantillons, par une jointure par exemple. Pour « leave one out », un champ de régions ou d'années (d'une date, l'année compte) : chacune est testée par un modèle des autres. Pour « given split », un champ qui indique « train », « validation » ou « test ».</translation>
    </message>
    <message>
        <source>Makes all classes as large before learning; tested samples stay as they are. oversample: samples of small classes are repeated. undersample: samples of large classes are left out. SMOTE: small classes get new series in between theirs.</source>
        <extracomment>help of trainrandomforest RESAMPLING</extracomment>
        <translation>Donne la même taille à toutes les classes avant l'apprentissage ; les échantillons testés restent tels quels. oversample : les échantillons des petites classes sont répétés. undersample : des échantillons des grandes classes sont écartés. SMOTE : les petites classes reçoivent de nouvelles séries situées entre les leurs.</translation>
    </message>
    <message>
        <source>Searches for better settings than those given, among random ones from published ranges. 0: no search; 20 often find good ones. The search is made anew within the learning side of each fold, so that the accuracy stays honest: with 5 folds 20 trials take up to about 400 trainings, with hold-out about 45.</source>
        <extracomment>help of trainrandomforest TRIALS</extracomment>
        <translation>Cherche de meilleurs réglages que ceux donnés, parmi des réglages aléatoires tirés d'intervalles publiés. 0 : pas de recherche ; 20 en trouvent souvent de bons. La recherche est refaite dans la partie d'apprentissage de chaque pli, pour que l'exactitude reste honnête : avec 5 plis, 20 essais demandent jusqu'à environ 400 entraînements, avec hold-out environ 45.</translation>
    </message>
    <message>
        <source>What the search compares. accuracy: of all samples. macro F1: rare classes count as much as frequent ones.</source>
        <extracomment>help of trainrandomforest BEST_BY</extracomment>
        <translation>Ce que la recherche compare. accuracy : l'exactitude de tous les échantillons. macro F1 : les classes rares comptent autant que les fréquentes.</translation>
    </message>
    <message>
        <source>Of everything random. The same seed and samples give the same model.</source>
        <extracomment>help of trainrandomforest SEED</extracomment>
        <translation>De tout ce qui est aléatoire. La même graine et les mêmes échantillons donnent le même modèle.</translation>
    </message>
    <message>
        <source>The model file, with its model card inside.</source>
        <extracomment>help of trainrandomforest OUTPUT</extracomment>
        <translation>Le fichier du modèle, avec sa fiche à l'intérieur.</translation>
    </message>
    <message>
        <source>Accuracy, confusion matrix, learning data, and the dates and variables that the model looks at.</source>
        <extracomment>help of trainrandomforest REPORT</extracomment>
        <translation>Exactitude, matrice de confusion, données d'apprentissage, et les dates et variables que le modèle considère.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their values over time, with a random forest (Breiman 2001): many decision trees, each on a random draw of the samples, vote. It is a safe first choice: hardly anything needs tuning.&lt;/p&gt; &lt;p&gt;The model file grows with the samples and trees: 20,000 noisy samples of 24 dates and 4 variables made 31 MB with the defaults (100 trees of at most 25 levels), 33 MB without the limit of depth, and 17 MB with at least 5 samples a leaf, at a loss of 0.4 percentage points. Twice the trees make twice the file and halve the speed of mapping.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainrandomforest</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs valeurs au cours du temps, avec une forêt aléatoire (Breiman 2001) : de nombreux arbres de décision, chacun sur un tirage aléatoire des échantillons, votent. C'est un premier choix sûr : il n'y a presque rien à régler.&lt;/p&gt; &lt;p&gt;Le fichier du modèle grandit avec les échantillons et les arbres : 20 000 échantillons bruités de 24 dates et 4 variables ont fait 31 Mo avec les valeurs par défaut (100 arbres de 25 niveaux au plus), 33 Mo sans limite de profondeur et 17 Mo avec au moins 5 échantillons par feuille, au prix de 0,4 point de pourcentage. Deux fois plus d'arbres doublent le fichier et divisent par deux la vitesse de cartographie.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How much each tree corrects. Half the rate needs about twice the iterations and is often steadier.</source>
        <extracomment>help of trainboosting LEARNING_RATE</extracomment>
        <translation>Combien corrige chaque arbre. Un taux deux fois moindre demande environ deux fois plus d'itérations et est souvent plus stable.</translation>
    </message>
    <message>
        <source>How many trees follow each other, for each class (for two classes together).</source>
        <extracomment>help of trainboosting ITERATIONS</extracomment>
        <translation>Nombre d'arbres qui se suivent, pour chaque classe (pour deux classes ensemble).</translation>
    </message>
    <message>
        <source>Trees with more leaves tell finer differences apart, and need more samples.</source>
        <extracomment>help of trainboosting MAX_LEAF_NODES</extracomment>
        <translation>Des arbres avec plus de feuilles distinguent des différences plus fines et demandent plus d'échantillons.</translation>
    </message>
    <message>
        <source>A decision leaves at least so many samples on each side. Take less with few samples of a class.</source>
        <extracomment>help of trainboosting MIN_LEAF</extracomment>
        <translation>Une décision laisse au moins ce nombre d'échantillons de chaque côté. Prenez moins avec peu d'échantillons d'une classe.</translation>
    </message>
    <message>
        <source>Sets a tenth of the samples aside and stops once ten iterations did not improve on them. automatic: with more than 10,000 samples.</source>
        <extracomment>help of trainboosting EARLY_STOPPING</extracomment>
        <translation>Met de côté un dixième des échantillons et s'arrête quand dix itérations n'y ont rien amélioré. automatic : avec plus de 10 000 échantillons.</translation>
    </message>
    <message>
        <source>Draws the leaves' corrections towards 0. More holds back; with 0 rare classes can spoil the model.</source>
        <extracomment>help of trainboosting L2</extracomment>
        <translation>Ramène les corrections des feuilles vers 0. Davantage retient plus ; avec 0, des classes rares peuvent gâter le modèle.</translation>
    </message>
    <message>
        <source>Levels of decisions in each tree. 0: only the number of leaves limits it.</source>
        <extracomment>help of trainboosting MAX_DEPTH</extracomment>
        <translation>Niveaux de décisions de chaque arbre. 0 : seul le nombre de feuilles le limite.</translation>
    </message>
    <message>
        <source>The share of the values (one for each date and variable) that are drawn for each decision.</source>
        <extracomment>help of trainboosting MAX_FEATURES</extracomment>
        <translation>La part des valeurs (une par date et variable) tirées pour chaque décision.</translation>
    </message>
    <message>
        <source>Values are sorted into so many bins before learning. 255 are finer and several times slower.</source>
        <extracomment>help of trainboosting MAX_BINS</extracomment>
        <translation>Les valeurs sont réparties en ce nombre de classes avant l'apprentissage. 255 est plus fin et plusieurs fois plus lent.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their values over time, with histogram gradient boosting (as in LightGBM): small trees follow each other, each correcting what the ones before got wrong. With many samples it is often more accurate than a random forest, and its model is much smaller: 1 MB where the forest takes 31. With few samples it can learn them by heart; more samples a leaf, fewer iterations or early stopping hold it back.&lt;/p&gt; &lt;p&gt;The important dates and variables in the report are measured on samples that the model has not seen, so there are none without a validation.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainboosting</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs valeurs au cours du temps, par gradient boosting sur histogrammes (comme dans LightGBM) : de petits arbres se suivent, chacun corrigeant les erreurs des précédents. Avec beaucoup d'échantillons, il est souvent plus exact qu'une forêt aléatoire, et son modèle est bien plus petit : 1 Mo là où la forêt en prend 31. Avec peu d'échantillons, il peut les apprendre par cœur ; davantage d'échantillons par feuille, moins d'itérations ou un arrêt anticipé l'en empêchent.&lt;/p&gt; &lt;p&gt;L'importance des dates et des variables dans le rapport est mesurée sur des échantillons que le modèle n'a pas vus : elle n'y figure donc pas sans validation.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Yes: each tree learns from a random draw of the samples, as in a random forest. No: from all.</source>
        <extracomment>help of trainextratrees BOOTSTRAP</extracomment>
        <translation>Oui : chaque arbre est entraîné sur un tirage aléatoire des échantillons, comme dans une forêt aléatoire. Non : sur tous.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their values over time, with extremely randomised trees (Geurts, Ernst and Wehenkel 2006): a forest whose decisions lie at random thresholds, of which the best of a few is kept. It trains faster than a random forest, its probabilities are smoother, and noise misleads it less; its model file is larger, because the trees need more decisions.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainextratrees</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs valeurs au cours du temps, avec des arbres extrêmement aléatoires (Geurts, Ernst et Wehenkel 2006) : une forêt dont les décisions se prennent à des seuils tirés au hasard, parmi lesquels le meilleur de quelques-uns est retenu. L'entraînement est plus rapide que celui d'une forêt aléatoire, les probabilités sont plus lisses, et le bruit l'égare moins ; le fichier du modèle est plus grand, car les arbres ont besoin de plus de décisions.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>rbf: curved borders between classes. linear: straight ones, a small and very fast model.</source>
        <extracomment>help of trainsvm KERNEL</extracomment>
        <translation>rbf : frontières courbes entre les classes. linear : frontières droites, un petit modèle très rapide.</translation>
    </message>
    <message>
        <source>More fits the samples closer, errors in them too. 1 is scikit-learn's; try 0.1, 10 and 100.</source>
        <extracomment>help of trainsvm C</extracomment>
        <translation>Davantage suit les échantillons de plus près, erreurs comprises. 1 est la valeur de scikit-learn ; essayez aussi 0,1 ; 10 ; 100.</translation>
    </message>
    <message>
        <source>How local the borders are: more is more local. 0: one by the number of values and their variance, as scikit-learn's “scale”.</source>
        <extracomment>help of trainsvm GAMMA</extracomment>
        <translation>À quel point les frontières sont locales : davantage l'est plus. 0 : selon le nombre de valeurs et leur variance, comme « scale » de scikit-learn.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their values over time, with a support vector machine (Cortes and Vapnik 1995): the widest gap between each two classes, bent by the kernel. It often does well with few samples. Training takes time with the square of their number, mapping with the number of those that it keeps: beyond some 20,000 samples take trees or MiniRocket.&lt;/p&gt; &lt;p&gt;Each value (a date and variable) is first brought to mean 0 and standard deviation 1, inside the model file too. The machine decides between two classes at a time; its decisions are coupled to probabilities (Price et al. 1995) on a scale found with three-fold cross-validation on the learning data (temperature scaling, Guo et al. 2017). The label is the class with the largest probability, which in rare cases is not the one with the most votes. Cancelling waits for the machine that is being fitted.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainsvm</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs valeurs au cours du temps, avec une machine à vecteurs de support (Cortes et Vapnik 1995) : la plus large marge entre les classes prises deux à deux, courbée par le noyau. Elle réussit souvent bien avec peu d'échantillons. Le temps d'entraînement croît avec le carré de leur nombre, celui de la cartographie avec le nombre de ceux qu'elle conserve : au-delà de quelque 20 000 échantillons, prenez des arbres ou MiniRocket.&lt;/p&gt; &lt;p&gt;Chaque valeur (une date et une variable) est d'abord ramenée à une moyenne de 0 et un écart type de 1, dans le fichier du modèle aussi. La machine tranche entre deux classes à la fois ; ses décisions sont couplées en probabilités (Price et al. 1995), à une échelle trouvée par validation croisée à trois plis sur les données d'apprentissage (« temperature scaling », Guo et al. 2017). L'étiquette est la classe la plus probable, qui dans de rares cas n'est pas celle qui a le plus de votes. L'annulation attend la machine en cours d'ajustement.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>One number a layer, separated by commas: “100” is one layer, “128, 64” are two.</source>
        <extracomment>help of trainmlp LAYERS</extracomment>
        <translation>Un nombre par couche, séparés par des virgules : « 100 » fait une couche, « 128, 64 » en font deux.</translation>
    </message>
    <message>
        <source>How often all samples are seen, unless training settles before.</source>
        <extracomment>help of trainmlp EPOCHS</extracomment>
        <translation>Combien de fois tous les échantillons sont vus, si l'entraînement ne se stabilise pas avant.</translation>
    </message>
    <message>
        <source>The step of Adam. Smaller is slower and steadier.</source>
        <extracomment>help of trainmlp LEARNING_RATE</extracomment>
        <translation>Le pas d'Adam. Plus petit, il est plus lent et plus stable.</translation>
    </message>
    <message>
        <source>Draws the weights towards 0. More holds back a network that learns its samples by heart.</source>
        <extracomment>help of trainmlp ALPHA</extracomment>
        <translation>Ramène les poids vers 0. Davantage retient un réseau qui apprend ses échantillons par cœur.</translation>
    </message>
    <message>
        <source>Yes: a tenth of the samples is set aside, training stops once their accuracy no longer rises, and the best network is kept. No: it stops once the training loss no longer falls.</source>
        <extracomment>help of trainmlp EARLY_STOPPING</extracomment>
        <translation>Oui : un dixième des échantillons est mis de côté, l'entraînement s'arrête quand leur exactitude n'augmente plus, et le meilleur réseau est conservé. Non : il s'arrête quand la perte d'entraînement ne baisse plus.</translation>
    </message>
    <message>
        <source>The function of each hidden neuron.</source>
        <extracomment>help of trainmlp ACTIVATION</extracomment>
        <translation>La fonction de chaque neurone caché.</translation>
    </message>
    <message>
        <source>The number of samples in each step. Fewer make noisier steps.</source>
        <extracomment>help of trainmlp BATCH_SIZE</extracomment>
        <translation>Le nombre d'échantillons à chaque pas. Moins donne des pas plus bruités.</translation>
    </message>
    <message>
        <source>After so many epochs without improvement, training stops.</source>
        <extracomment>help of trainmlp PATIENCE</extracomment>
        <translation>Après ce nombre d'époques sans amélioration, l'entraînement s'arrête.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their values over time, with a multilayer perceptron: a neural network of a few layers, trained with Adam (Kingma and Ba 2015). Its model is small and maps very fast, and it draws smooth borders between classes; it needs more samples than trees do.&lt;/p&gt; &lt;p&gt;Each value (a date and variable) is first brought to mean 0 and standard deviation 1, inside the model file too. The defaults are scikit-learn's.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainmlp</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs valeurs au cours du temps, avec un perceptron multicouche : un réseau de neurones de quelques couches, entraîné avec Adam (Kingma et Ba 2015). Son modèle est petit et cartographie très vite, et il trace des frontières lisses entre les classes ; il lui faut plus d'échantillons qu'à des arbres.&lt;/p&gt; &lt;p&gt;Chaque valeur (une date et une variable) est d'abord ramenée à une moyenne de 0 et un écart type de 1, dans le fichier du modèle aussi. Les valeurs par défaut sont celles de scikit-learn.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>How many of the nearest samples vote. More are smoother and lose rare classes.</source>
        <extracomment>help of trainknn NEIGHBOURS</extracomment>
        <translation>Combien des échantillons les plus proches votent. Davantage lisse plus et perd les classes rares.</translation>
    </message>
    <message>
        <source>uniform: each neighbour counts the same. distance: nearer ones count more (one by the distance).</source>
        <extracomment>help of trainknn WEIGHTS</extracomment>
        <translation>uniform : chaque voisin compte autant. distance : les plus proches comptent davantage (un sur la distance).</translation>
    </message>
    <message>
        <source>Yes: each variable is brought to mean 0 and standard deviation 1 over all dates, so that none counts for more because of its unit. No: values count as they are.</source>
        <extracomment>help of trainknn SCALE</extracomment>
        <translation>Oui : chaque variable est ramenée à une moyenne de 0 et un écart type de 1 sur toutes les dates, pour qu'aucune ne compte plus à cause de son unité. Non : les valeurs comptent telles quelles.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Gives each pixel the class that most of its nearest samples have, by the Euclidean distance of their values over time (Cover and Hart 1967). Nothing is learnt, so it is easy to explain, and the usual yardstick for other classifiers. The model file holds all samples and compares each pixel with each: with many thousands of samples it maps slowly.&lt;/p&gt; &lt;p&gt;Of equally near samples those that come first in the layer count. Balanced class weights weigh the votes.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainknn</extracomment>
        <translation>&lt;p&gt;Donne à chaque pixel la classe qu'ont la plupart des échantillons les plus proches, selon la distance euclidienne de leurs valeurs au cours du temps (Cover et Hart 1967). Rien n'est appris : c'est facile à expliquer, et c'est l'étalon habituel des autres classifieurs. Le fichier du modèle contient tous les échantillons et compare chaque pixel à chacun d'eux : avec des milliers d'échantillons, il cartographie lentement.&lt;/p&gt; &lt;p&gt;D'échantillons aussi proches les uns que les autres, ceux qui viennent d'abord dans la couche comptent. Des poids de classes équilibrés pondèrent les votes.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Rounded down to a multiple of 84. The paper takes 9,996; a quarter is about as accurate on satellite series and maps four times as fast.</source>
        <extracomment>help of trainminirocket FEATURES</extracomment>
        <translation>Arrondi au multiple de 84 inférieur. L'article en prend 9 996 ; un quart est à peu près aussi exact sur des séries satellite et cartographie quatre fois plus vite.</translation>
    </message>
    <message>
        <source>ridge: chooses its own strength, the paper's choice. logistic: logistic regression, for well over 10,000 samples.</source>
        <extracomment>help of trainminirocket HEAD</extracomment>
        <translation>ridge : choisit lui-même sa force, le choix de l'article. logistic : régression logistique, pour bien plus de 10 000 échantillons.</translation>
    </message>
    <message>
        <source>Less draws its weights more towards 0. Not used by ridge.</source>
        <extracomment>help of trainminirocket C</extracomment>
        <translation>Moins ramène davantage ses poids vers 0. Non utilisé par ridge.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by the shape of their series, with MiniRocket (Dempster, Schmidt and Webb 2021; of several variables its multivariate form): 84 fixed kernels, stretched over days to months, slide over the series, and each feature says at what share of the dates a kernel's result exceeds a bias. A linear classifier on these features is as accurate as large neural networks on many problems, trains in seconds to minutes, and sees a shape wherever in the season it lies.&lt;/p&gt; &lt;p&gt;It needs at least nine dates, the length of the kernels, and takes them as evenly spaced: resample uneven series first. Each variable is brought to mean 0 and standard deviation 1, limited to eight standard deviations and rounded to 1/4096 of one, so that the features are exactly the same on every computer. All of this is inside the model file.&lt;/p&gt; &lt;p&gt;A ridge classifier knows only decision values. Its probabilities are their softmax, on the scale that suits the samples best when each is left out in turn (temperature scaling, Guo et al. 2017).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainminirocket</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après la forme de leurs séries, avec MiniRocket (Dempster, Schmidt et Webb 2021 ; pour plusieurs variables, sa forme multivariée) : 84 noyaux fixes, étirés sur des jours ou des mois, glissent le long des séries, et chaque descripteur dit à quelle part des dates le résultat d'un noyau dépasse un biais. Un classifieur linéaire sur ces descripteurs est aussi exact que de grands réseaux de neurones sur bien des problèmes, s'entraîne en quelques secondes à quelques minutes, et reconnaît une forme où qu'elle se trouve dans la saison.&lt;/p&gt; &lt;p&gt;Il lui faut au moins neuf dates, la longueur des noyaux, et il les suppose régulièrement espacées : rééchantillonnez d'abord les séries irrégulières. Chaque variable est ramenée à une moyenne de 0 et un écart type de 1, limitée à huit écarts types et arrondie à 1/4096 d'écart type, pour que les descripteurs soient exactement les mêmes sur tout ordinateur. Tout cela est dans le fichier du modèle.&lt;/p&gt; &lt;p&gt;Un classifieur ridge ne connaît que des valeurs de décision. Ses probabilités en sont le softmax, à l'échelle qui convient le mieux aux échantillons quand chacun est écarté tour à tour (« temperature scaling », Guo et al. 2017).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>More trees are steadier; fewer make the model smaller and faster.</source>
        <extracomment>help of trainintervals TREES</extracomment>
        <translation>Plus d'arbres sont plus stables ; moins rendent le modèle plus petit et plus rapide.</translation>
    </message>
    <message>
        <source>1: the whole season only. 2: its halves too. 3: its quarters too, and so on as far as there are dates.</source>
        <extracomment>help of trainintervals DEPTH</extracomment>
        <translation>1 : la saison entière seulement. 2 : ses moitiés aussi. 3 : ses quarts aussi, et ainsi de suite tant qu'il y a des dates.</translation>
    </message>
    <message>
        <source>An interval of 9 dates has 3 quantiles with 4, and 9 with 1. Fewer values describe it finer.</source>
        <extracomment>help of trainintervals DIVISOR</extracomment>
        <translation>Un intervalle de 9 dates a 3 quantiles avec 4, et 9 avec 1. Moins de valeurs le décrivent plus finement.</translation>
    </message>
    <message>
        <source>Levels of decisions in each tree. 0: no limit.</source>
        <extracomment>help of trainintervals MAX_DEPTH</extracomment>
        <translation>Niveaux de décisions de chaque arbre. 0 : sans limite.</translation>
    </message>
    <message>
        <source>The share of the quantiles that are drawn for each decision.</source>
        <extracomment>help of trainintervals FEATURES_SHARE</extracomment>
        <translation>La part des quantiles tirés pour chaque décision.</translation>
    </message>
    <message>
        <source>The measure of a decision's worth: entropy (log_loss is the same), or Gini impurity.</source>
        <extracomment>help of trainintervals CRITERION</extracomment>
        <translation>La mesure de la valeur d'une décision : entropie (log_loss est la même), ou impureté de Gini.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by how their values are spread in each part of the season, with QUANT (Dempster, Schmidt and Webb 2024): the series, its differences from date to date, the differences of those, and its spectrum are cut into halves, quarters, eighths and so on; the quantiles of each part go to extremely randomised trees. It asks how high, how low and how changing rather than on which date, so that seasons which come earlier or later confuse it less than a forest of dates. It takes the dates as evenly spaced: resample uneven series first.&lt;/p&gt; &lt;p&gt;The defaults are the authors'. The trees grow until their leaves are pure, so that the model file is large with many noisy samples: more samples a leaf make it smaller.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainintervals</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après la répartition de leurs valeurs dans chaque partie de la saison, avec QUANT (Dempster, Schmidt et Webb 2024) : la série, ses différences de date à date, les différences de celles-ci et son spectre sont découpés en moitiés, quarts, huitièmes et ainsi de suite ; les quantiles de chaque partie vont à des arbres extrêmement aléatoires. La question est de savoir si les valeurs sont hautes, basses ou changeantes plutôt qu'à quelle date : des saisons plus précoces ou plus tardives le troublent donc moins qu'une forêt de dates. Il suppose les dates régulièrement espacées : rééchantillonnez d'abord les séries irrégulières.&lt;/p&gt; &lt;p&gt;Les valeurs par défaut sont celles des auteurs. Les arbres poussent jusqu'à ce que leurs feuilles soient pures, si bien que le fichier du modèle est grand avec beaucoup d'échantillons bruités : davantage d'échantillons par feuille le rendent plus petit.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The shapes that each layer looks for. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn FILTERS</extracomment>
        <translation>Les formes que cherche chaque couche. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>How many dates a filter sees at once. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn KERNEL</extracomment>
        <translation>Nombre de dates qu'un filtre voit à la fois. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>Each sees wider than the one before. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn LAYERS</extracomment>
        <translation>Chacune voit plus large que la précédente. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>After the convolutions. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn DENSE</extracomment>
        <translation>Après les convolutions. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>How often all samples are seen, at most. Pelletier et al. 2019 take 20 for a million samples; fewer samples need more.</source>
        <extracomment>help of traintempcnn EPOCHS</extracomment>
        <translation>Combien de fois tous les échantillons sont vus, au plus. Pelletier et al. 2019 en prennent 20 pour un million d'échantillons ; moins d'échantillons en demandent plus.</translation>
    </message>
    <message>
        <source>The step of the optimiser Adam (Kingma and Ba 2015). Smaller is slower and steadier. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn LEARNING_RATE</extracomment>
        <translation>Le pas de l'optimiseur Adam (Kingma et Ba 2015). Plus petit, il est plus lent et plus stable. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>Share of the values that are left out at random in training, so that none is relied on. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn DROPOUT</extracomment>
        <translation>Part des valeurs omises au hasard pendant l'entraînement, pour ne dépendre d'aucune. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>After so many epochs without a better network, training stops. 0: it never stops early. Default: that of the R package sits (Simoes et al. 2021).</source>
        <extracomment>help of traintempcnn PATIENCE</extracomment>
        <translation>L'entraînement s'arrête après ce nombre d'époques sans meilleur réseau. 0 : il ne s'arrête jamais avant la fin. Valeur par défaut : celle du paquet R sits (Simoes et al. 2021).</translation>
    </message>
    <message>
        <source>Samples in each step; never more than a tenth of them, so that few samples make several steps too. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn BATCH_SIZE</extracomment>
        <translation>Échantillons à chaque pas ; jamais plus d'un dixième d'entre eux, pour que peu d'échantillons fassent aussi plusieurs pas. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>Draws the weights towards 0, and holds back a network that learns its samples by heart. Default: Pelletier et al. 2019.</source>
        <extracomment>help of traintempcnn WEIGHT_DECAY</extracomment>
        <translation>Ramène les poids vers 0 et retient un réseau qui apprend ses échantillons par cœur. Valeur par défaut : Pelletier et al. 2019.</translation>
    </message>
    <message>
        <source>Of each class, in whole groups, to watch the training. 0: none, and the last network is kept.</source>
        <extracomment>help of traintempcnn KEPT_ASIDE</extracomment>
        <translation>De chaque classe, par groupes entiers, pour surveiller l'entraînement. 0 : aucun, et le dernier réseau est gardé.</translation>
    </message>
    <message>
        <source>So many are trained from different random weights, and the model averages their probabilities: steadier and often more accurate, but so many times as slow.</source>
        <extracomment>help of traintempcnn NETWORKS</extracomment>
        <translation>Nombre de réseaux entraînés à partir de poids aléatoires différents, dont le modèle fait la moyenne des probabilités : plus stable et souvent plus exact, mais d'autant plus lent.</translation>
    </message>
    <message>
        <source>Each series is moved by up to so many days, earlier or later, anew in each epoch. 0: off.</source>
        <extracomment>help of traintempcnn SHIFT_DAYS</extracomment>
        <translation>Chaque série est décalée d'au plus ce nombre de jours, plus tôt ou plus tard, à nouveau à chaque époque. 0 : désactivé.</translation>
    </message>
    <message>
        <source>Normal noise on each value, in standard deviations of its variable; 0.1 is moderate. 0: off.</source>
        <extracomment>help of traintempcnn JITTER</extracomment>
        <translation>Bruit gaussien sur chaque valeur, en écarts types de sa variable ; 0,1 est modéré. 0 : désactivé.</translation>
    </message>
    <message>
        <source>Share of the dates that are taken away at random and filled by linear interpolation, as clouds do. 0: off.</source>
        <extracomment>help of traintempcnn DROPPED_DATES</extracomment>
        <translation>Part des dates retirées au hasard et comblées par interpolation linéaire, comme le font les nuages. 0 : désactivé.</translation>
    </message>
    <message>
        <source>Of the epoch with the best loss or the best accuracy on the samples kept aside, or of the last one. “last” learns from all samples, keeps none aside and never stops early.</source>
        <extracomment>help of traintempcnn KEEP</extracomment>
        <translation>Celui de l'époque qui a la meilleure perte (best loss) ou la meilleure exactitude (best accuracy) sur les échantillons mis de côté, ou celui de la dernière. Avec « last », tous les échantillons servent à l'entraînement, aucun n'est mis de côté, et il ne s'arrête jamais avant la fin.</translation>
    </message>
    <message>
        <source>constant, or cosine: it falls to 0 as half a wave (Loshchilov and Hutter 2017).</source>
        <extracomment>help of traintempcnn SCHEDULE</extracomment>
        <translation>constant, ou cosine : il descend à 0 en une demi-onde (Loshchilov et Hutter 2017).</translation>
    </message>
    <message>
        <source>A folder that gets the learning curves of the final training, for TensorBoard. Several trainings may share it: each adds a folder of its own. Needs the package tensorboard.</source>
        <extracomment>help of traintempcnn TENSORBOARD</extracomment>
        <translation>Un dossier qui reçoit les courbes d'apprentissage de l'entraînement final, pour TensorBoard. Plusieurs entraînements peuvent le partager : chacun y ajoute son propre dossier. Exige le paquet tensorboard.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their series, with the temporal convolutional network of Pelletier, Webb and Petitjean (2019), made for satellite image time series: filters slide along the dates and find shapes such as a sudden green-up, and a dense layer on all dates learns when in the season they count. Small, fast to train, and accurate with some thousand samples or more.&lt;/p&gt; &lt;p&gt;Each epoch shows all samples to the network once, in batches and a new order. Unless the network of the last epoch is to be kept, some samples of each class are &lt;b&gt;kept aside&lt;/b&gt;, whole groups of them, to see after each epoch how the network does on what it has not learnt from: the best is kept, and training may stop early. The log has a line an epoch, the report the learning curves. These samples only watch over the training: the accuracy in the report is that of the validation, on others again.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Augmentation&lt;/b&gt; shows other seasons to the network in each epoch: moved by some days, with noise, or with dates missing as under clouds. It helps where samples are few, or where the map is of another year or place.&lt;/p&gt; &lt;p&gt;This needs PyTorch, which QGIS does not bring; the model file does not. It trains on the processor, each network on one core, so that a seed gives the same model on any number of cores; the folds of the validation are trained side by side.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of traintempcnn</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs séries, avec le réseau à convolutions temporelles de Pelletier, Webb et Petitjean (2019), fait pour les séries temporelles d'images satellite : des filtres glissent le long des dates et trouvent des formes comme un verdissement soudain, et une couche dense sur toutes les dates apprend à quel moment de la saison elles comptent. Petit, rapide à entraîner, et exact à partir de quelques milliers d'échantillons.&lt;/p&gt; &lt;p&gt;Chaque époque montre une fois tous les échantillons au réseau, par lots et dans un nouvel ordre. Sauf s'il faut garder le réseau de la dernière époque, quelques échantillons de chaque classe sont &lt;b&gt;mis de côté&lt;/b&gt;, par groupes entiers, pour voir après chaque époque ce que vaut le réseau sur des échantillons hors de son apprentissage : le meilleur est gardé, et l'entraînement peut s'arrêter avant la fin. Le journal a une ligne par époque, le rapport montre les courbes d'apprentissage. Ces échantillons ne font que surveiller l'entraînement : l'exactitude du rapport est celle de la validation, sur d'autres encore.&lt;/p&gt; &lt;p&gt;&lt;b&gt;L'augmentation&lt;/b&gt; montre au réseau d'autres saisons à chaque époque : décalées de quelques jours, bruitées, ou privées de dates comme sous des nuages. Elle aide quand les échantillons sont peu nombreux, ou quand la carte est celle d'une autre année ou d'un autre lieu.&lt;/p&gt; &lt;p&gt;L'entraînement exige PyTorch, que QGIS n'apporte pas ; le fichier du modèle s'en passe. Il se fait sur le processeur, chaque réseau sur un cœur, pour qu'une graine donne le même modèle quel que soit le nombre de cœurs ; les plis de la validation sont entraînés côte à côte.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>LITE: small and fast. InceptionTime: the large original, six to fifteen times as slow.</source>
        <extracomment>help of traininception ARCHITECTURE</extracomment>
        <translation>LITE : petit et rapide. InceptionTime : le grand réseau d'origine, six à quinze fois plus lent.</translation>
    </message>
    <message>
        <source>The shapes that each layer looks for. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception FILTERS</extracomment>
        <translation>Les formes que cherche chaque couche. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>The others are half and a quarter as long. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception KERNEL</extracomment>
        <translation>Les autres ont la moitié et le quart de cette longueur. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>With a shortcut around every third. Not used by LITE. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception DEPTH</extracomment>
        <translation>Avec un raccourci autour de chaque groupe de trois. Sans effet pour LITE. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>How often all samples are seen, at most. The authors take 1,500, without the falling learning rate that makes 100 do.</source>
        <extracomment>help of traininception EPOCHS</extracomment>
        <translation>Combien de fois tous les échantillons sont vus, au plus. Les auteurs en prennent 1 500, sans le taux d'apprentissage décroissant grâce auquel 100 suffisent.</translation>
    </message>
    <message>
        <source>The step of the optimiser Adam (Kingma and Ba 2015). Smaller is slower and steadier. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception LEARNING_RATE</extracomment>
        <translation>Le pas de l'optimiseur Adam (Kingma et Ba 2015). Plus petit, il est plus lent et plus stable. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>Share of the values that are left out at random in training, so that none is relied on.</source>
        <extracomment>help of traininception DROPOUT</extracomment>
        <translation>Part des valeurs omises au hasard pendant l'entraînement, pour ne dépendre d'aucune.</translation>
    </message>
    <message>
        <source>After so many epochs without a better network, training stops. 0: it never stops early.</source>
        <extracomment>help of traininception PATIENCE</extracomment>
        <translation>L'entraînement s'arrête après ce nombre d'époques sans meilleur réseau. 0 : il ne s'arrête jamais avant la fin.</translation>
    </message>
    <message>
        <source>Samples in each step; never more than a tenth of them, so that few samples make several steps too. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception BATCH_SIZE</extracomment>
        <translation>Échantillons à chaque pas ; jamais plus d'un dixième d'entre eux, pour que peu d'échantillons fassent aussi plusieurs pas. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>Draws the weights towards 0, and holds back a network that learns its samples by heart.</source>
        <extracomment>help of traininception WEIGHT_DECAY</extracomment>
        <translation>Ramène les poids vers 0 et retient un réseau qui apprend ses échantillons par cœur.</translation>
    </message>
    <message>
        <source>So many are trained from different random weights, and the model averages their probabilities: steadier and often more accurate, but so many times as slow. Default: Ismail Fawaz et al. 2020.</source>
        <extracomment>help of traininception NETWORKS</extracomment>
        <translation>Nombre de réseaux entraînés à partir de poids aléatoires différents, dont le modèle fait la moyenne des probabilités : plus stable et souvent plus exact, mais d'autant plus lent. Valeur par défaut : Ismail Fawaz et al. 2020.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by the shapes in their series, with networks whose filters are short and very long at the same time. Each ends in the mean over all dates, so that a shape counts wherever in the season it lies: good where seasons shift, less so where only the date tells two classes apart. Several networks are trained and their probabilities averaged, all in one model file.&lt;/p&gt; &lt;p&gt;&lt;i&gt;InceptionTime&lt;/i&gt; (Ismail Fawaz et al. 2020) has some 420,000 weights a network, &lt;i&gt;LITE&lt;/i&gt; (Ismail-Fawaz et al. 2023; five of them are LITETime) 10,000: it learns some six times and maps some fifteen times as fast. It replaces most learnt filters by fixed ones for rising, falling and peaks and by light layers.&lt;/p&gt; &lt;p&gt;Each epoch shows all samples to the network once, in batches and a new order. Unless the network of the last epoch is to be kept, some samples of each class are &lt;b&gt;kept aside&lt;/b&gt;, whole groups of them, to see after each epoch how the network does on what it has not learnt from: the best is kept, and training may stop early. The log has a line an epoch, the report the learning curves. These samples only watch over the training: the accuracy in the report is that of the validation, on others again.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Augmentation&lt;/b&gt; shows other seasons to the network in each epoch: moved by some days, with noise, or with dates missing as under clouds. It helps where samples are few, or where the map is of another year or place.&lt;/p&gt; &lt;p&gt;This needs PyTorch, which QGIS does not bring; the model file does not. It trains on the processor, each network on one core, so that a seed gives the same model on any number of cores; the folds of the validation are trained side by side.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of traininception</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après les formes de leurs séries, avec des réseaux dont les filtres sont à la fois courts et très longs. Chacun finit par la moyenne sur toutes les dates, si bien qu'une forme compte où qu'elle se trouve dans la saison : un atout là où les saisons se décalent, moins quand seule la date distingue deux classes. Plusieurs réseaux sont entraînés et leurs probabilités moyennées, le tout dans un seul fichier de modèle.&lt;/p&gt; &lt;p&gt;&lt;i&gt;InceptionTime&lt;/i&gt; (Ismail Fawaz et al. 2020) a quelque 420 000 poids par réseau, &lt;i&gt;LITE&lt;/i&gt; (Ismail-Fawaz et al. 2023 ; cinq d'entre eux forment LITETime) 10 000 : il apprend environ six fois et cartographie environ quinze fois plus vite. Il remplace la plupart des filtres appris par des filtres fixes pour les montées, les descentes et les pics, et par des couches légères.&lt;/p&gt; &lt;p&gt;Chaque époque montre une fois tous les échantillons au réseau, par lots et dans un nouvel ordre. Sauf s'il faut garder le réseau de la dernière époque, quelques échantillons de chaque classe sont &lt;b&gt;mis de côté&lt;/b&gt;, par groupes entiers, pour voir après chaque époque ce que vaut le réseau sur des échantillons hors de son apprentissage : le meilleur est gardé, et l'entraînement peut s'arrêter avant la fin. Le journal a une ligne par époque, le rapport montre les courbes d'apprentissage. Ces échantillons ne font que surveiller l'entraînement : l'exactitude du rapport est celle de la validation, sur d'autres encore.&lt;/p&gt; &lt;p&gt;&lt;b&gt;L'augmentation&lt;/b&gt; montre au réseau d'autres saisons à chaque époque : décalées de quelques jours, bruitées, ou privées de dates comme sous des nuages. Elle aide quand les échantillons sont peu nombreux, ou quand la carte est celle d'une autre année ou d'un autre lieu.&lt;/p&gt; &lt;p&gt;L'entraînement exige PyTorch, que QGIS n'apporte pas ; le fichier du modèle s'en passe. Il se fait sur le processeur, chaque réseau sur un cœur, pour qu'une graine donne le même modèle quel que soit le nombre de cœurs ; les plis de la validation sont entraînés côte à côte.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>pixel alone: the series of each pixel. 3 x 3 pixels: those of its eight neighbours, too.</source>
        <extracomment>help of trainlstm CONTEXT</extracomment>
        <translation>pixel alone : la série de chaque pixel. 3 x 3 pixels : aussi celles de ses huit voisins.</translation>
    </message>
    <message>
        <source>Only for a spatial context: the series that the samples were extracted from.</source>
        <extracomment>help of trainlstm SERIES</extracomment>
        <translation>Seulement pour un contexte spatial : la série dont les échantillons ont été extraits.</translation>
    </message>
    <message>
        <source>One above the other. Rußwurm et al. 2020 take 4, and need six times as long with 128 each.</source>
        <extracomment>help of trainlstm LAYERS</extracomment>
        <translation>L'une au-dessus de l'autre. Rußwurm et al. 2020 en prennent 4, de taille 128, et demandent six fois plus de temps.</translation>
    </message>
    <message>
        <source>Numbers that a layer remembers in each direction. Rußwurm et al. 2020 take 128.</source>
        <extracomment>help of trainlstm HIDDEN</extracomment>
        <translation>Nombres qu'une couche retient dans chaque direction. Rußwurm et al. 2020 en prennent 128.</translation>
    </message>
    <message>
        <source>How often all samples are seen, at most.</source>
        <extracomment>help of trainlstm EPOCHS</extracomment>
        <translation>Combien de fois tous les échantillons sont vus, au plus.</translation>
    </message>
    <message>
        <source>The step of the optimiser Adam (Kingma and Ba 2015). Smaller is slower and steadier. Rußwurm et al. 2020 take 0.01.</source>
        <extracomment>help of trainlstm LEARNING_RATE</extracomment>
        <translation>Le pas de l'optimiseur Adam (Kingma et Ba 2015). Plus petit, il est plus lent et plus stable. Rußwurm et al. 2020 prennent 0,01.</translation>
    </message>
    <message>
        <source>Share of the values that are left out at random in training, so that none is relied on. Default: Rußwurm et al. 2020.</source>
        <extracomment>help of trainlstm DROPOUT</extracomment>
        <translation>Part des valeurs omises au hasard pendant l'entraînement, pour ne dépendre d'aucune. Valeur par défaut : Rußwurm et al. 2020.</translation>
    </message>
    <message>
        <source>Samples in each step; never more than a tenth of them, so that few samples make several steps too. Default: Rußwurm et al. 2020.</source>
        <extracomment>help of trainlstm BATCH_SIZE</extracomment>
        <translation>Échantillons à chaque pas ; jamais plus d'un dixième d'entre eux, pour que peu d'échantillons fassent aussi plusieurs pas. Valeur par défaut : Rußwurm et al. 2020.</translation>
    </message>
    <message>
        <source>Draws the weights towards 0, and holds back a network that learns its samples by heart. Default: Rußwurm et al. 2020.</source>
        <extracomment>help of trainlstm WEIGHT_DECAY</extracomment>
        <translation>Ramène les poids vers 0 et retient un réseau qui apprend ses échantillons par cœur. Valeur par défaut : Rußwurm et al. 2020.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their series, with a bidirectional LSTM (Hochreiter and Schmidhuber 1997): it reads the season date by date, forwards and backwards, and remembers what matters. The layers are of the kind of BreizhCrops (Rußwurm et al. 2020).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Spatial context:&lt;/b&gt; with 3 x 3 pixels, 3-D convolutions over time and place (Ji et al. 2018) look at the pixels around each beside the LSTM, and both decide together. That calms the map and tells texture, such as that of orchards or settlements; borders between fields get a little softer. The neighbours are read from the image series that the samples were extracted from, at the places of the samples. At the edge of the image, and where a neighbour was never observed, the pixel itself stands in for it.&lt;/p&gt; &lt;p&gt;Neighbours bring no labels along, but values: those of a sample at the border of its polygon may lie in the polygon beside it, which a fold of the validation may test, so that the accuracy can turn out a little high where polygons touch. Large spatial blocks leave few such borders.&lt;/p&gt; &lt;p&gt;The network of BreizhCrops has four layers of 128 and learns with a rate of 0.01 from hundreds of thousands of parcels. Two layers of 64 learn some six times as fast, and a rate of 0.002 is steadier with few samples and with a spatial context, so both are the defaults here.&lt;/p&gt; &lt;p&gt;Each epoch shows all samples to the network once, in batches and a new order. Unless the network of the last epoch is to be kept, some samples of each class are &lt;b&gt;kept aside&lt;/b&gt;, whole groups of them, to see after each epoch how the network does on what it has not learnt from: the best is kept, and training may stop early. The log has a line an epoch, the report the learning curves. These samples only watch over the training: the accuracy in the report is that of the validation, on others again.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Augmentation&lt;/b&gt; shows other seasons to the network in each epoch: moved by some days, with noise, or with dates missing as under clouds. It helps where samples are few, or where the map is of another year or place.&lt;/p&gt; &lt;p&gt;This needs PyTorch, which QGIS does not bring; the model file does not. It trains on the processor, each network on one core, so that a seed gives the same model on any number of cores; the folds of the validation are trained side by side.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainlstm</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs séries, avec un LSTM bidirectionnel (Hochreiter et Schmidhuber 1997) : il lit la saison date par date, vers l'avant et vers l'arrière, et retient ce qui compte. Les couches sont du type de BreizhCrops (Rußwurm et al. 2020).&lt;/p&gt; &lt;p&gt;&lt;b&gt;Contexte spatial :&lt;/b&gt; avec 3 x 3 pixels, des convolutions 3D dans le temps et l'espace (Ji et al. 2018) regardent, à côté du LSTM, les pixels qui entourent chacun, et les deux décident ensemble. La carte en devient moins bruitée, et des textures comme celles des vergers ou des zones bâties sont reconnues ; les limites entre parcelles deviennent un peu plus floues. Les voisins sont lus dans la série temporelle d'images dont les échantillons ont été extraits, à l'emplacement des échantillons. Au bord de l'image, et là où un voisin n'a jamais été observé, le pixel lui-même en tient lieu.&lt;/p&gt; &lt;p&gt;Les voisins n'apportent pas d'étiquettes, mais des valeurs : celles d'un échantillon à la limite de son polygone peuvent se trouver dans le polygone d'à côté, que teste peut-être un pli de la validation, si bien que l'exactitude peut paraître un peu trop élevée là où des polygones se touchent. De grands blocs spatiaux laissent peu de limites de ce genre.&lt;/p&gt; &lt;p&gt;Le réseau de BreizhCrops a quatre couches de taille 128 et apprend à un taux de 0,01 sur des centaines de milliers de parcelles. Deux couches de 64 apprennent environ six fois plus vite, et un taux de 0,002 est plus stable avec peu d'échantillons et avec un contexte spatial : ce sont donc ici les valeurs par défaut.&lt;/p&gt; &lt;p&gt;Chaque époque montre une fois tous les échantillons au réseau, par lots et dans un nouvel ordre. Sauf s'il faut garder le réseau de la dernière époque, quelques échantillons de chaque classe sont &lt;b&gt;mis de côté&lt;/b&gt;, par groupes entiers, pour voir après chaque époque ce que vaut le réseau sur des échantillons hors de son apprentissage : le meilleur est gardé, et l'entraînement peut s'arrêter avant la fin. Le journal a une ligne par époque, le rapport montre les courbes d'apprentissage. Ces échantillons ne font que surveiller l'entraînement : l'exactitude du rapport est celle de la validation, sur d'autres encore.&lt;/p&gt; &lt;p&gt;&lt;b&gt;L'augmentation&lt;/b&gt; montre au réseau d'autres saisons à chaque époque : décalées de quelques jours, bruitées, ou privées de dates comme sous des nuages. Elle aide quand les échantillons sont peu nombreux, ou quand la carte est celle d'une autre année ou d'un autre lieu.&lt;/p&gt; &lt;p&gt;L'entraînement exige PyTorch, que QGIS n'apporte pas ; le fichier du modèle s'en passe. Il se fait sur le processeur, chaque réseau sur un cœur, pour qu'une graine donne le même modèle quel que soit le nombre de cœurs ; les plis de la validation sont entraînés côte à côte.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Each looks at other dates, in its own share of the features. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention HEADS</extracomment>
        <translation>Chacune regarde d'autres dates, dans sa propre part des descripteurs. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>Shared by the heads: a multiple of twice their number. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention WIDTH</extracomment>
        <translation>Partagés entre les têtes : un multiple du double de leur nombre. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>Numbers by which a head judges a date. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention KEY_SIZE</extracomment>
        <translation>Nombres d'après lesquels une tête juge une date. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>Days enter as sines and cosines of waves of up to so many days times 2 pi. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention PERIOD</extracomment>
        <translation>Les jours entrent comme sinus et cosinus d'ondes d'au plus ce nombre de jours fois 2 pi. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>How often all samples are seen, at most. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention EPOCHS</extracomment>
        <translation>Combien de fois tous les échantillons sont vus, au plus. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>The step of the optimiser Adam (Kingma and Ba 2015). Smaller is slower and steadier. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention LEARNING_RATE</extracomment>
        <translation>Le pas de l'optimiseur Adam (Kingma et Ba 2015). Plus petit, il est plus lent et plus stable. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>Share of the values that are left out at random in training, so that none is relied on. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention DROPOUT</extracomment>
        <translation>Part des valeurs omises au hasard pendant l'entraînement, pour ne dépendre d'aucune. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>Samples in each step; never more than a tenth of them, so that few samples make several steps too. Default: Garnot and Landrieu 2020.</source>
        <extracomment>help of trainattention BATCH_SIZE</extracomment>
        <translation>Échantillons à chaque pas ; jamais plus d'un dixième d'entre eux, pour que peu d'échantillons fassent aussi plusieurs pas. Valeur par défaut : Garnot et Landrieu 2020.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Learns to tell the classes apart by their series, with the lightweight temporal attention encoder (L-TAE) of Garnot and Landrieu (2020), made for satellite image time series: several attention heads learn which dates matter to them, each in its own share of the features. Dates enter as days of the season, so they may be as irregular as images are. Small, fast, and accurate with some thousand samples or more.&lt;/p&gt; &lt;p&gt;The authors' network sees whole parcels; for single pixels, a small perceptron of each date's values stands in their place, as in the R package sits (Simoes et al. 2021).&lt;/p&gt; &lt;p&gt;Each epoch shows all samples to the network once, in batches and a new order. Unless the network of the last epoch is to be kept, some samples of each class are &lt;b&gt;kept aside&lt;/b&gt;, whole groups of them, to see after each epoch how the network does on what it has not learnt from: the best is kept, and training may stop early. The log has a line an epoch, the report the learning curves. These samples only watch over the training: the accuracy in the report is that of the validation, on others again.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Augmentation&lt;/b&gt; shows other seasons to the network in each epoch: moved by some days, with noise, or with dates missing as under clouds. It helps where samples are few, or where the map is of another year or place.&lt;/p&gt; &lt;p&gt;This needs PyTorch, which QGIS does not bring; the model file does not. It trains on the processor, each network on one core, so that a seed gives the same model on any number of cores; the folds of the validation are trained side by side.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Samples&lt;/b&gt; come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear interpolation in time, and the model file fills them by the same rule.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Validation&lt;/b&gt; by groups or blocks never has samples of one polygon, tile or block in training and test at the same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them. &lt;i&gt;Automatic&lt;/i&gt; takes whole groups where the samples carry them, and single samples otherwise. &lt;i&gt;Spatial blocks&lt;/i&gt; keeps square blocks of land together. &lt;i&gt;Leave one out&lt;/i&gt; asks how the model does in a region or year that it has not seen: each value of a field is tested by a model of the others. The report also says what a random split would have claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model itself is then trained on all samples.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Search:&lt;/b&gt; with &lt;i&gt;Random settings to try&lt;/i&gt; (advanced) better settings are looked for by random search, anew within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Result:&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file with the gap filling, the classifier and a model card (classes, variables, dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of trainattention</extracomment>
        <translation>&lt;p&gt;Apprend à distinguer les classes d'après leurs séries, avec l'encodeur léger à attention temporelle (L-TAE) de Garnot et Landrieu (2020), fait pour les séries temporelles d'images satellite : plusieurs têtes d'attention apprennent quelles dates comptent pour elles, chacune dans sa propre part des descripteurs. Les dates entrent comme jours de la saison et peuvent donc être aussi irrégulières que le sont les images. Petit, rapide, et exact à partir de quelques milliers d'échantillons.&lt;/p&gt; &lt;p&gt;Le réseau des auteurs voit des parcelles entières ; pour des pixels isolés, un petit perceptron des valeurs de chaque date en tient lieu, comme dans le paquet R sits (Simoes et al. 2021).&lt;/p&gt; &lt;p&gt;Chaque époque montre une fois tous les échantillons au réseau, par lots et dans un nouvel ordre. Sauf s'il faut garder le réseau de la dernière époque, quelques échantillons de chaque classe sont &lt;b&gt;mis de côté&lt;/b&gt;, par groupes entiers, pour voir après chaque époque ce que vaut le réseau sur des échantillons hors de son apprentissage : le meilleur est gardé, et l'entraînement peut s'arrêter avant la fin. Le journal a une ligne par époque, le rapport montre les courbes d'apprentissage. Ces échantillons ne font que surveiller l'entraînement : l'exactitude du rapport est celle de la validation, sur d'autres encore.&lt;/p&gt; &lt;p&gt;&lt;b&gt;L'augmentation&lt;/b&gt; montre au réseau d'autres saisons à chaque époque : décalées de quelques jours, bruitées, ou privées de dates comme sous des nuages. Elle aide quand les échantillons sont peu nombreux, ou quand la carte est celle d'une autre année ou d'un autre lieu.&lt;/p&gt; &lt;p&gt;L'entraînement exige PyTorch, que QGIS n'apporte pas ; le fichier du modèle s'en passe. Il se fait sur le processeur, chaque réseau sur un cœur, pour qu'une graine donne le même modèle quel que soit le nombre de cœurs ; les plis de la validation sont entraînés côte à côte.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les échantillons&lt;/b&gt; viennent de « Extraire des échantillons » ou « Importer des échantillons » : une couche avec une classe, un groupe et une colonne par date et variable. Les lignes que vous supprimez, sélectionnez ou filtrez dans QGIS sont prises en compte. Les valeurs manquantes sont comblées par interpolation linéaire dans le temps, et le fichier du modèle les comble selon la même règle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;La validation&lt;/b&gt; par groupes ou par blocs n'a jamais d'échantillons d'un même polygone, d'une même tuile ou d'un même bloc à la fois dans l'entraînement et le test : des pixels voisins sont si semblables qu'un tel test demande seulement si le modèle s'en souvient. &lt;i&gt;automatic&lt;/i&gt; prend des groupes entiers si les échantillons en portent, sinon des échantillons isolés. &lt;i&gt;spatial blocks&lt;/i&gt; garde ensemble des blocs carrés de terrain. &lt;i&gt;leave one out&lt;/i&gt; demande ce que vaut le modèle dans une région ou une année qu'il n'a pas vue : chaque valeur d'un champ est testée par un modèle des autres. Le rapport dit aussi ce qu'un partage aléatoire aurait annoncé, et donne à l'exactitude globale un intervalle de confiance à 95 % qui compte les groupes plutôt que les pixels. Le modèle lui-même est ensuite entraîné sur tous les échantillons.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Recherche :&lt;/b&gt; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt; (paramètre avancé), de meilleurs réglages sont cherchés au hasard, à nouveau dans la partie d'apprentissage de chaque pli. Le rapport contient un tableau de ce qui a été essayé, la fiche du modèle ce qui a été retenu.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat :&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt; contenant le comblement des lacunes, le classifieur et une fiche du modèle (classes, variables, dates, scores, réglages). Il fonctionne partout avec ONNX Runtime et est essayé avant d'être conservé. En option, un rapport HTML (matrice de confusion, scores de chaque classe, dates et variables importantes) et le même en JSON.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Two or more model files (.onnx) of trainings. Codes and colours come from the first.</source>
        <extracomment>help of ensemblemodels MODELS</extracomment>
        <translation>Deux fichiers de modèles (.onnx) ou plus, issus d'entraînements. Les codes et les couleurs viennent du premier.</translation>
    </message>
    <message>
        <source>One number a model in the same order, such as “2, 1, 1”. Empty: all models count the same.</source>
        <extracomment>help of ensemblemodels WEIGHTS</extracomment>
        <translation>Un nombre par modèle, dans le même ordre, par exemple « 2, 1, 1 ». Vide : tous les modèles comptent autant.</translation>
    </message>
    <message>
        <source>The combined model. It is kept only after it gave the mean of its members on made-up series.</source>
        <extracomment>help of ensemblemodels OUTPUT</extracomment>
        <translation>Le modèle combiné. Il n'est gardé qu'après avoir donné la moyenne de ses membres sur des séries inventées.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Models of different kinds make different errors, so that their mean is often more right than the best of them. This puts several models into one file that runs them all and averages their probabilities. It is used like any other model, and takes as long as its members together.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; models with the same variables and the same classes, by name and in any order; the codes and colours are those of the first model. They may have learnt from other dates of the same season: the ensemble then reads the dates of all, and gives each model its own. It looks at the pixels around each if one of them does. Clusterings have no probabilities and are refused. An ensemble can be a member of another.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; one &lt;i&gt;.onnx&lt;/i&gt; file, whose card lists the members with their weights, scores and hashes. It was tried on made-up series and gives the mean of its members. Its own accuracy is not known yet.&lt;/p&gt; &lt;p&gt;Next step: “Test model on samples” with samples that no member has learnt from, then “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of ensemblemodels</extracomment>
        <translation>&lt;p&gt;Des modèles de types différents font des erreurs différentes, si bien que leur moyenne vaut souvent mieux que le meilleur d'entre eux. Cet outil réunit plusieurs modèles en un fichier qui les exécute tous et fait la moyenne de leurs probabilités. Il s'utilise comme tout autre modèle et prend autant de temps que ses membres ensemble.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; des modèles aux mêmes variables et aux mêmes classes, d'après leurs noms et dans un ordre quelconque ; les codes et les couleurs sont ceux du premier modèle. Ils peuvent avoir été entraînés sur d'autres dates de la même saison : l'ensemble lit alors les dates de tous et donne à chaque modèle les siennes. Il regarde les pixels alentour si l'un d'eux le fait. Les regroupements n'ont pas de probabilités et sont refusés. Un ensemble peut être membre d'un autre.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; un fichier &lt;i&gt;.onnx&lt;/i&gt;, dont la fiche énumère les membres avec leurs poids, leurs scores et leurs empreintes. Il a été essayé sur des séries inventées et donne la moyenne de ses membres. Sa propre exactitude n'est pas encore connue.&lt;/p&gt; &lt;p&gt;Étape suivante : « Tester un modèle sur des échantillons » avec des échantillons sur lesquels aucun membre n'a été entraîné, puis « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The ONNX file of another program. It stays as it is.</source>
        <extracomment>help of describemodel MODEL</extracomment>
        <translation>Le fichier ONNX d'un autre programme. Il reste tel quel.</translation>
    </message>
    <message>
        <source>An image time series that the model could have been made for: it tells usual values too.</source>
        <extracomment>help of describemodel SERIES</extracomment>
        <translation>Une série temporelle d'images pour laquelle le modèle aurait pu être fait : elle donne aussi les valeurs habituelles.</translation>
    </message>
    <message>
        <source>A samples layer that the model could have learnt from: it tells classes and usual values too.</source>
        <extracomment>help of describemodel SAMPLES</extracomment>
        <translation>Une couche d'échantillons sur laquelle le modèle aurait pu être entraîné : elle donne aussi les classes et les valeurs habituelles.</translation>
    </message>
    <message>
        <source>Names in the order of the input, such as “red, nir, ndvi”. Empty: those of the samples or the series.</source>
        <extracomment>help of describemodel VARIABLES</extracomment>
        <translation>Les noms dans l'ordre de l'entrée, par exemple « red, nir, ndvi ». Vide : ceux des échantillons ou de la série.</translation>
    </message>
    <message>
        <source>“2021-03-01, 2021-03-17, …”, or the first day and days after it: “2021-03-01 + 0, 16, 32”. Empty: those of the samples or the series.</source>
        <extracomment>help of describemodel DATES</extracomment>
        <translation>« 2021-03-01, 2021-03-17, … », ou le premier jour et les jours après lui : « 2021-03-01 + 0, 16, 32 ». Vide : celles des échantillons ou de la série.</translation>
    </message>
    <message>
        <source>In the order of the output, one a line: “forest”, or with code and colour “3 = forest #228833”.</source>
        <extracomment>help of describemodel CLASSES</extracomment>
        <translation>Dans l'ordre de la sortie, une par ligne : « forêt », ou avec code et couleur « 3 = forêt #228833 ».</translation>
    </message>
    <message>
        <source>A raster with class names and colours, in the order of the output by code.</source>
        <extracomment>help of describemodel LEGEND</extracomment>
        <translation>Un raster qui porte les noms et les couleurs des classes, dans l'ordre de la sortie d'après leurs codes.</translation>
    </message>
    <message>
        <source>A model of ours whose dates, variables, classes and ranges hold for this one too.</source>
        <extracomment>help of describemodel LIKE</extracomment>
        <translation>Un de nos modèles dont les dates, les variables, les classes et les plages de valeurs valent aussi pour celui-ci.</translation>
    </message>
    <message>
        <source>automatic: by the shape, if only one fits. dates by variables: (series, dates, variables). variables by dates: (series, variables, dates). flat: one row, date after date, or variable after variable.</source>
        <extracomment>help of describemodel LAYOUT</extracomment>
        <translation>automatic : d'après la forme, si une seule convient. dates by variables : (séries, dates, variables). variables by dates : (séries, variables, dates). flat : une seule ligne, date après date (date-major) ou variable après variable (variable-major).</translation>
    </message>
    <message>
        <source>automatic: by what it gives on trial. labels: class names or codes. labels from 0: the number of the class in the order given, the first being 0.</source>
        <extracomment>help of describemodel OUTPUT_KIND</extracomment>
        <translation>automatic : d'après ce qu'il donne à l'essai. labels : noms ou codes des classes. labels from 0 : le numéro de la classe dans l'ordre donné, la première étant 0.</translation>
    </message>
    <message>
        <source>The name of the output that tells the classes, if there are several.</source>
        <extracomment>help of describemodel OUTPUT_NAME</extracomment>
        <translation>Le nom de la sortie qui donne les classes, s'il y en a plusieurs.</translation>
    </message>
    <message>
        <source>10000 if the model learnt from reflectance as whole numbers, and your series has it from 0 to 1.</source>
        <extracomment>help of describemodel FACTOR</extracomment>
        <translation>10000 si le modèle a été entraîné sur des réflectances en nombres entiers et que votre série les donne de 0 à 1.</translation>
    </message>
    <message>
        <source>What the model wants subtracted from each variable, one number for each or one for all; or one for each variable of each date, in the order of the input. Empty: it does that itself.</source>
        <extracomment>help of describemodel MEANS</extracomment>
        <translation>Ce qu'il faut soustraire de chaque variable pour le modèle, un nombre par variable ou un pour toutes ; ou un par variable de chaque date, dans l'ordre de l'entrée. Vide : il le fait lui-même.</translation>
    </message>
    <message>
        <source>What the model wants each variable divided by after that, as many numbers as means, or one for all.</source>
        <extracomment>help of describemodel STANDARD_DEVIATIONS</extracomment>
        <translation>Ce par quoi il faut ensuite diviser chaque variable, autant de nombres que de moyennes, ou un pour toutes.</translation>
    </message>
    <message>
        <source>For a model that wants values from 0 to 1: the lowest of each variable, such as its 2nd percentile.</source>
        <extracomment>help of describemodel LOWS</extracomment>
        <translation>Pour un modèle qui veut des valeurs de 0 à 1 : la plus basse de chaque variable, par exemple son 2e centile.</translation>
    </message>
    <message>
        <source>For a model that wants values from 0 to 1: the highest of each variable, such as its 98th percentile.</source>
        <extracomment>help of describemodel HIGHS</extracomment>
        <translation>Pour un modèle qui veut des valeurs de 0 à 1 : la plus haute de chaque variable, par exemple son 98e centile.</translation>
    </message>
    <message>
        <source>For a segmentation that takes patches of any size. Empty: as Deepness wrote it into the file, or 128.</source>
        <extracomment>help of describemodel PATCH_SIZE</extracomment>
        <translation>Pour une segmentation qui accepte des imagettes de toute taille. Vide : celle que Deepness a écrite dans le fichier, ou 128.</translation>
    </message>
    <message>
        <source>How much of a patch the next one covers too; more is slower. Empty: as the file says, or 25.</source>
        <extracomment>help of describemodel OVERLAP</extracomment>
        <translation>La part d'une imagette que la suivante couvre aussi ; plus est plus lent. Vide : ce que dit le fichier, ou 25.</translation>
    </message>
    <message>
        <source>For the card. Empty: the name of the file.</source>
        <extracomment>help of describemodel TITLE</extracomment>
        <translation>Pour la fiche. Vide : le nom du fichier.</translation>
    </message>
    <message>
        <source>The model with its card.</source>
        <extracomment>help of describemodel OUTPUT</extracomment>
        <translation>Le modèle avec sa fiche.</translation>
    </message>
    <message>
        <source>&lt;p&gt;The ONNX file of a classifier from elsewhere (scikit-learn, PyTorch, TensorFlow, Deepness …) says how many numbers it takes, but not which dates and variables they are. Tell that here, and every other step uses it like one of ours.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; the model; its &lt;b&gt;dates and variables&lt;/b&gt;, from a series or samples like those that it learnt from, or as texts; and its &lt;b&gt;classes&lt;/b&gt; in the order of its output, one a line: &lt;i&gt;forest&lt;/i&gt;, or with code and colour &lt;i&gt;3 = forest #228833&lt;/i&gt;. Classes may stay empty where the samples or the file itself name them.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Reads&lt;/b&gt; models of pixels, which take (series, dates, variables), (series, variables, dates) or (series, values), and &lt;b&gt;segmentation networks&lt;/b&gt; (U-Net, Prithvi …), which take patches of an image: (batch, dates × variables, rows, columns), (batch, variables, dates, rows, columns) or (batch, dates, variables, rows, columns). Their output may be probabilities, logits (raw scores) or labels. If a network tells one class more than you name, the first one is called “background”. What Deepness writes into its files is a default.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; a new &lt;i&gt;.onnx&lt;/i&gt; file with the filling of gaps, the normalisation and a model card inside. It is tried first and must give what the original gives.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; Classify image time series, where patches overlap and are blended, or Test model on samples.&lt;/p&gt;</source>
        <extracomment>help of describemodel</extracomment>
        <translation>&lt;p&gt;Le fichier ONNX d'un classifieur venu d'ailleurs (scikit-learn, PyTorch, TensorFlow, Deepness …) dit combien de nombres il prend, mais pas de quelles dates et variables il s'agit. Dites-le ici, et toutes les autres étapes s'en servent comme d'un des nôtres.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; le modèle ; ses &lt;b&gt;dates et variables&lt;/b&gt;, prises d'une série ou d'échantillons comme ceux sur lesquels il a été entraîné, ou données en texte ; et ses &lt;b&gt;classes&lt;/b&gt; dans l'ordre de sa sortie, une par ligne : &lt;i&gt;forêt&lt;/i&gt;, ou avec code et couleur &lt;i&gt;3 = forêt #228833&lt;/i&gt;. Les classes peuvent rester vides si les échantillons ou le fichier lui-même les nomment.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Lit&lt;/b&gt; les modèles de pixels, qui prennent (séries, dates, variables), (séries, variables, dates) ou (séries, valeurs), et les &lt;b&gt;réseaux de segmentation&lt;/b&gt; (U-Net, Prithvi …), qui prennent des imagettes : (lot, dates × variables, lignes, colonnes), (lot, variables, dates, lignes, colonnes) ou (lot, dates, variables, lignes, colonnes). Leur sortie peut être des probabilités, des logits (scores bruts) ou des étiquettes. Si un réseau distingue une classe de plus que celles nommées, la première s'appelle « background ». Ce que Deepness écrit dans ses fichiers sert de valeur par défaut.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; un nouveau fichier &lt;i&gt;.onnx&lt;/i&gt; qui contient le remplissage des lacunes, la normalisation et une fiche de modèle. Il est d'abord essayé et doit donner ce que donne l'original.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Ensuite :&lt;/b&gt; Classer une série temporelle d'images, où les imagettes se recouvrent et sont fondues, ou Tester un modèle sur des échantillons.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The model file (.onnx) of a training.</source>
        <extracomment>help of evaluatemodel MODEL</extracomment>
        <translation>Le fichier de modèle (.onnx) d'un entraînement.</translation>
    </message>
    <message>
        <source>The samples layer from “Extract samples” or “Import samples”. Take other places than for training.</source>
        <extracomment>help of evaluatemodel SAMPLES</extracomment>
        <translation>La couche d'échantillons de « Extraire des échantillons » ou « Importer des échantillons ». Prenez d'autres lieux que pour l'entraînement.</translation>
    </message>
    <message>
        <source>A field of the samples whose values are reported one by one: a region, a year, an observer. Of dates, the year counts.</source>
        <extracomment>help of evaluatemodel REGION</extracomment>
        <translation>Un champ des échantillons dont les valeurs sont rapportées une par une : une région, une année, un observateur. D'une date, l'année compte.</translation>
    </message>
    <message>
        <source>Only for a model with a spatial context: the series that the samples were extracted from, where the pixels around them are read.</source>
        <extracomment>help of evaluatemodel SERIES</extracomment>
        <translation>Seulement pour un modèle à contexte spatial : la série dont les échantillons ont été extraits, où sont lus les pixels qui les entourent.</translation>
    </message>
    <message>
        <source>The year in which the season begins, or its first day, if the samples cover several seasons.</source>
        <extracomment>help of evaluatemodel SEASON</extracomment>
        <translation>L'année où commence la saison, ou son premier jour, si les échantillons couvrent plusieurs saisons.</translation>
    </message>
    <message>
        <source>Accuracy, confusion matrix, and scores by class, by region and by date coverage.</source>
        <extracomment>help of evaluatemodel REPORT</extracomment>
        <translation>Exactitude, matrice de confusion et scores par classe, par région et par couverture de dates.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Lets a model classify samples and compares: the honest test of a model on another region, another year, or on samples that were kept apart. Nothing is trained. Variables and classes match by name, dates by the season of the model, just as in a map: samples of another year are interpolated onto the dates of the model.&lt;/p&gt; &lt;p&gt;The report has the overall accuracy with its 95 % confidence interval (which counts groups rather than pixels where the samples carry groups), the confusion matrix, scores for each class, for each region, and for samples with many and with few clear dates. Samples of a class that the model does not know count as wrong. The figures are shares of the samples, not of an area.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of evaluatemodel</extracomment>
        <translation>&lt;p&gt;Fait classer des échantillons par un modèle et compare : le test honnête d'un modèle sur une autre région, une autre année ou des échantillons mis de côté. Rien n'est entraîné. Les variables et les classes sont associées par leur nom, les dates par la saison du modèle, comme pour une carte : des échantillons d'une autre année sont interpolés aux dates du modèle.&lt;/p&gt; &lt;p&gt;Le rapport donne l'exactitude globale avec son intervalle de confiance à 95 % (qui compte les groupes plutôt que les pixels si les échantillons en portent), la matrice de confusion, les scores de chaque classe, de chaque région, et des échantillons à beaucoup et à peu de dates claires. Les échantillons d'une classe que le modèle ne connaît pas comptent comme faux. Les chiffres sont des parts des échantillons, non d'une surface.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The kinds of classifiers to compare. Neural networks, from TempCNN on, take minutes to hours.</source>
        <extracomment>help of comparemodels FAMILIES</extracomment>
        <translation>Les sortes de classifieurs à comparer. Les réseaux de neurones, à partir de TempCNN, demandent des minutes ou des heures.</translation>
    </message>
    <message>
        <source>The table, a chart of the accuracies, the tests, and the scores of each class.</source>
        <extracomment>help of comparemodels REPORT</extracomment>
        <translation>Le tableau, un graphique des exactitudes, les tests et les scores de chaque classe.</translation>
    </message>
    <message>
        <source>A row for each family, the best first.</source>
        <extracomment>help of comparemodels CSV</extracomment>
        <translation>Une ligne par famille, la meilleure d'abord.</translation>
    </message>
    <message>
        <source>The model of the best family, trained on all samples, with its model card inside.</source>
        <extracomment>help of comparemodels OUTPUT</extracomment>
        <translation>Le modèle de la meilleure famille, entraîné sur tous les échantillons, avec sa fiche.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Which classifier suits these samples? This tool validates each of the families that you choose on the very same folds, trains it on all samples, and puts them side by side:&lt;/p&gt; &lt;ul&gt;&lt;li&gt;overall accuracy with its 95 % confidence interval, macro F1, and how both vary over the folds;&lt;/li&gt; &lt;li&gt;McNemar's test of each pair: do they differ by more than chance? Where samples come in groups, whole groups are swapped, since neighbouring pixels are right or wrong together; the p-values are adjusted for the number of pairs;&lt;/li&gt; &lt;li&gt;seconds of training, pixels a second of the model file in one thread, and its size;&lt;/li&gt; &lt;li&gt;the F1 of each class.&lt;/li&gt;&lt;/ul&gt; &lt;p&gt;Every family takes its own defaults; with &lt;i&gt;random settings to try&lt;/i&gt; each searches better ones, anew in each fold. A family that cannot be trained on these samples (MiniRocket needs nine dates, say) is reported with its reason, and the others go on. Neural networks need PyTorch; without it they are left out.&lt;/p&gt; &lt;p&gt;Close accuracies are no ranking: look whether the intervals and tests tell them apart, and take the quicker or smaller model if they do not. Chosen as the best of many, the best accuracy is a little too high; samples of other places, with “Test model on samples”, say how much.&lt;/p&gt; &lt;p&gt;Before: “Extract samples” or “Import samples”. Next: the training tool of the best family, or take its model from here and go on with “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of comparemodels</extracomment>
        <translation>&lt;p&gt;Quel classifieur convient à ces échantillons ? Cet outil valide chacune des familles que vous choisissez sur exactement les mêmes plis, l'entraîne sur tous les échantillons et les met côte à côte :&lt;/p&gt; &lt;ul&gt;&lt;li&gt;exactitude globale avec son intervalle de confiance à 95 %, F1 moyen des classes (macro F1), et leur variation d'un pli à l'autre ;&lt;/li&gt; &lt;li&gt;test de McNemar de chaque paire : diffèrent-elles plus que par hasard ? Si les échantillons vont par groupes, des groupes entiers sont permutés, car des pixels voisins sont justes ou faux ensemble ; les valeurs p sont ajustées au nombre de paires ;&lt;/li&gt; &lt;li&gt;secondes d'entraînement, pixels par seconde du fichier de modèle sur un fil d'exécution, et sa taille ;&lt;/li&gt; &lt;li&gt;le F1 de chaque classe.&lt;/li&gt;&lt;/ul&gt; &lt;p&gt;Chaque famille prend ses propres valeurs par défaut ; avec &lt;i&gt;Réglages aléatoires à essayer&lt;/i&gt;, chacune en cherche de meilleures, à nouveau dans chaque pli. Une famille qui ne peut pas être entraînée sur ces échantillons (MiniRocket demande par exemple neuf dates) est signalée avec la raison, et les autres continuent. Les réseaux de neurones exigent PyTorch ; sans lui, ils sont omis.&lt;/p&gt; &lt;p&gt;Des exactitudes proches ne font pas un classement : regardez si les intervalles et les tests les distinguent, et sinon prenez le modèle le plus rapide ou le plus petit. Choisie comme la meilleure de plusieurs, la meilleure exactitude est un peu trop élevée ; des échantillons d'autres lieux, avec « Tester un modèle sur des échantillons », disent de combien.&lt;/p&gt; &lt;p&gt;Avant : « Extraire des échantillons » ou « Importer des échantillons ». Ensuite : l'outil d'entraînement de la meilleure famille, ou prenez ici son modèle et poursuivez avec « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The model file (.onnx) of a training or a clustering.</source>
        <extracomment>help of modelinfo MODEL</extracomment>
        <translation>Le fichier de modèle (.onnx) d'un entraînement ou d'un regroupement.</translation>
    </message>
    <message>
        <source>The card as a page to read.</source>
        <extracomment>help of modelinfo REPORT</extracomment>
        <translation>La fiche, en page à lire.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Every model file of Chronocover, of a classifier or a clustering, carries a card: what it tells apart, which variables and dates it needs, how missing values are filled, how right it was and how that was found out, its settings, the software that made it and the samples it learnt from. This shows the card in the log and as a report, and gives the figures that a later step of a model may need.&lt;/p&gt; &lt;p&gt;Next step: “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of modelinfo</extracomment>
        <translation>&lt;p&gt;Chaque fichier de modèle de Chronocover, d'un classifieur ou d'un regroupement, porte une fiche : ce qu'il distingue, les variables et les dates qu'il lui faut, comment les valeurs manquantes sont comblées, à quel point il avait raison et comment on l'a établi, ses réglages, les logiciels qui l'ont fait et les échantillons de son entraînement. Cet outil montre la fiche dans le journal et en rapport, et donne les chiffres dont une étape suivante d'un modèle peut avoir besoin.&lt;/p&gt; &lt;p&gt;Étape suivante : « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The series to classify, from “Build image time series”. It needs the variables of the model by name.</source>
        <extracomment>help of classifyseries SERIES</extracomment>
        <translation>La série à classer, de « Construire une série temporelle d'images ». Elle doit avoir, par leur nom, les variables du modèle.</translation>
    </message>
    <message>
        <source>The trained model (.onnx). It carries its classes, variables and dates.</source>
        <extracomment>help of classifyseries MODEL</extracomment>
        <translation>Le modèle entraîné (.onnx). Il porte ses classes, ses variables et ses dates.</translation>
    </message>
    <message>
        <source>Only pixels where this raster is neither 0 nor nodata are mapped. Any grid and CRS will do.</source>
        <extracomment>help of classifyseries MASK</extracomment>
        <translation>Seuls les pixels où ce raster n'est ni 0 ni nodata sont cartographiés. Grille et SCR quelconques.</translation>
    </message>
    <message>
        <source>Map only this part. Empty: the whole series.</source>
        <extracomment>help of classifyseries EXTENT</extracomment>
        <translation>Ne cartographier que cette partie. Vide : toute la série.</translation>
    </message>
    <message>
        <source>Only needed if the series covers several seasons of the model: the year in which the season starts (2021), or its first day (2021-10-01). A day other than the model's moves the season.</source>
        <extracomment>help of classifyseries SEASON</extracomment>
        <translation>Seulement si la série couvre plusieurs saisons du modèle : l'année où commence la saison (2021), ou son premier jour (2021-10-01). Un autre jour que celui du modèle décale la saison.</translation>
    </message>
    <message>
        <source>The map: class numbers with names and colours, 0 where there is no data.</source>
        <extracomment>help of classifyseries OUTPUT</extracomment>
        <translation>La carte : numéros des classes avec noms et couleurs, 0 là où il n'y a pas de données.</translation>
    </message>
    <message>
        <source>One band a class, stored as whole numbers of 0.0001 (the scale is set, so QGIS shows 0 to 1).</source>
        <extracomment>help of classifyseries PROBABILITIES</extracomment>
        <translation>Une bande par classe, stockée en dix-millièmes entiers (l'échelle est définie : QGIS affiche 0 à 1).</translation>
    </message>
    <message>
        <source>The probability of the class on the map, 0 to 1.</source>
        <extracomment>help of classifyseries CONFIDENCE</extracomment>
        <translation>La probabilité de la classe de la carte, de 0 à 1.</translation>
    </message>
    <message>
        <source>The highest probability minus the second highest: near 0 where two classes look alike.</source>
        <extracomment>help of classifyseries MARGIN</extracomment>
        <translation>La plus haute probabilité moins la deuxième : proche de 0 là où deux classes se ressemblent.</translation>
    </message>
    <message>
        <source>Classify even if the values are ten times larger or smaller than those the model was trained on.</source>
        <extracomment>help of classifyseries SKIP_UNITS_CHECK</extracomment>
        <translation>Classer même si les valeurs sont dix fois plus grandes ou plus petites que celles de l'entraînement du modèle.</translation>
    </message>
    <message>
        <source>How many blocks are computed at the same time.</source>
        <extracomment>help of classifyseries THREADS</extracomment>
        <translation>Nombre de blocs calculés en même temps.</translation>
    </message>
    <message>
        <source>GDAL creation options for the outputs, separated by |, for example COMPRESS=ZSTD|NUM_THREADS=2.</source>
        <extracomment>help of classifyseries CREATION_OPTIONS</extracomment>
        <translation>Options de création GDAL des sorties, séparées par |, par exemple COMPRESS=ZSTD|NUM_THREADS=2.</translation>
    </message>
    <message>
        <source>The processor (CPU), or a graphics card by CUDA (NVIDIA), DirectML (Windows) or CoreML (Apple), for which onnxruntime has packages of its own. Automatic: a device that is there, for neural networks and MiniRocket, else the CPU. The log says what really runs it; where a device fails, the CPU does its work. At first the Processing options say automatic.</source>
        <extracomment>help of classifyseries DEVICE</extracomment>
        <translation>Le processeur (CPU) ou une carte graphique par CUDA (NVIDIA), DirectML (Windows) ou CoreML (Apple), pour lesquels onnxruntime a des paquets à part. « automatic » : une carte présente pour les réseaux de neurones et MiniRocket, sinon le processeur. Le journal dit ce qui l'exécute vraiment ; quand une carte échoue, le processeur fait son travail. Au départ, les options de traitement disent « automatic ».</translation>
    </message>
    <message>
        <source>&lt;p&gt;Gives every pixel of an image time series the class that a trained model finds in its course over time.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; a series from &lt;i&gt;Build image time series&lt;/i&gt; with the variables of the model (by name), and a model (.onnx) from one of the training steps. The dates may differ: the series is interpolated onto the dates of the model, so a model of one year maps another year. Gaps from clouds are filled in time.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; a class map with names and colours (0 where a variable was never observed), and on request the probability of each class, the confidence and the margin to the second class. Any size of image is mapped in the memory that is set in the Processing options.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; style and print the map, or compare it with reference places.&lt;/p&gt;</source>
        <extracomment>help of classifyseries</extracomment>
        <translation>&lt;p&gt;Donne à chaque pixel d'une série temporelle d'images la classe qu'un modèle entraîné trouve dans son évolution.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; une série de &lt;i&gt;Construire une série temporelle d'images&lt;/i&gt; avec les variables du modèle (par leur nom) et un modèle (.onnx) d'une étape d'entraînement. Les dates peuvent différer : la série est interpolée aux dates du modèle, si bien que le modèle d'une année en cartographie une autre. Les lacunes dues aux nuages sont comblées dans le temps.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; une carte de classes avec noms et couleurs (0 là où une variable n'a jamais été observée) et, sur demande, la probabilité de chaque classe, la confiance et la marge par rapport à la deuxième classe. Des images de toute taille sont cartographiées dans la mémoire fixée par les options de traitement.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ensuite :&lt;/b&gt; mettez la carte en forme et imprimez-la, ou comparez-la à des lieux de référence.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Series of the project, one a tile.</source>
        <extracomment>help of classifytiles LAYERS</extracomment>
        <translation>Séries du projet, une par tuile.</translation>
    </message>
    <message>
        <source>A folder in which series are looked for, in the folders below it too.</source>
        <extracomment>help of classifytiles FOLDER</extracomment>
        <translation>Un dossier dans lequel les séries sont cherchées, y compris dans ses sous-dossiers.</translation>
    </message>
    <message>
        <source>Which files of the folder to look at: * stands for anything, several patterns are separated by semicolons. Images that are no series are passed over.</source>
        <extracomment>help of classifytiles PATTERN</extracomment>
        <translation>Les fichiers du dossier à regarder : * remplace n'importe quoi, plusieurs motifs sont séparés par des points-virgules. Les images qui ne sont pas des séries sont ignorées.</translation>
    </message>
    <message>
        <source>A layer with one row a tile whose field names the series' file. Selection and filter are honoured.</source>
        <extracomment>help of classifytiles INDEX</extracomment>
        <translation>Une couche avec une ligne par tuile, dont un champ nomme le fichier de la série. Sélection et filtre sont respectés.</translation>
    </message>
    <message>
        <source>Relative paths count from the folder of the index; /vsicurl/ and the like will do, too.</source>
        <extracomment>help of classifytiles INDEX_FIELD</extracomment>
        <translation>Les chemins relatifs partent du dossier de l'index ; /vsicurl/ et ses semblables conviennent aussi.</translation>
    </message>
    <message>
        <source>Only needed if the series cover several seasons: the year in which it starts, or its first day.</source>
        <extracomment>help of classifytiles SEASON</extracomment>
        <translation>Nécessaire seulement si les séries couvrent plusieurs saisons : l'année où elle commence, ou son premier jour.</translation>
    </message>
    <message>
        <source>Also write the probability of the mapped class, NAME_confidence.tif.</source>
        <extracomment>help of classifytiles CONFIDENCE</extracomment>
        <translation>Écrire aussi la probabilité de la classe cartographiée, NOM_confidence.tif.</translation>
    </message>
    <message>
        <source>Leave maps that this model has made before from the same, unchanged series. Else all are made anew.</source>
        <extracomment>help of classifytiles KEEP_FINISHED</extracomment>
        <translation>Garder les cartes que ce modèle a déjà faites des mêmes séries inchangées. Sinon toutes sont refaites.</translation>
    </message>
    <message>
        <source>One map a tile is written here.</source>
        <extracomment>help of classifytiles OUTPUT</extracomment>
        <translation>Une carte par tuile est écrite ici.</translation>
    </message>
    <message>
        <source>All maps as one layer; it refers to the maps in their folder.</source>
        <extracomment>help of classifytiles MOSAIC</extracomment>
        <translation>Toutes les cartes en une couche ; elle renvoie aux cartes dans leur dossier.</translation>
    </message>
    <message>
        <source>A row a tile: map, seconds, hectares of each class, and why it failed.</source>
        <extracomment>help of classifytiles TABLE</extracomment>
        <translation>Une ligne par tuile : carte, secondes, hectares de chaque classe, et la raison d'un échec.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Classifies one image time series after the other with the same model: the tiles of a country, the fields of a region. All maps have the model's classes, codes and colours.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; the series of all tiles, each from &lt;i&gt;Build image time series&lt;/i&gt; or &lt;i&gt;Prepare series&lt;/i&gt; (layers of the project, a folder, or a layer whose field names the files, as GDAL's &lt;i&gt;Tile index&lt;/i&gt; makes it), and a model (.onnx). Tiles may lie in several CRS.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; a map a tile, named like its series, a mosaic that shows all of them as one layer (a VRT, which copies nothing; where tiles overlap, the later one is seen), and a table of the tiles.&lt;/p&gt; &lt;p&gt;A tile that fails does not stop the others: the log and the table say why. Start again with the same folder to map only what is missing: maps that this model has already made of an unchanged series are kept. Areas are sums over the tiles, so what lies in two of them counts twice.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; style and print the mosaic, or compare it with reference places.&lt;/p&gt;</source>
        <extracomment>help of classifytiles</extracomment>
        <translation>&lt;p&gt;Classe une série temporelle d'images après l'autre avec le même modèle : les tuiles d'un pays, les parcelles d'une région. Toutes les cartes ont les classes, les codes et les couleurs du modèle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; les séries de toutes les tuiles, chacune de &lt;i&gt;Construire une série temporelle d'images&lt;/i&gt; ou &lt;i&gt;Préparer une série&lt;/i&gt; (couches du projet, dossier, ou couche dont un champ nomme les fichiers, telle que la fait l'outil &lt;i&gt;Index des tuiles&lt;/i&gt; de GDAL), et un modèle (.onnx). Les tuiles peuvent être dans plusieurs SCR.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Donne&lt;/b&gt; une carte par tuile, nommée d'après sa série, une mosaïque qui les montre toutes en une couche (un VRT, qui ne copie rien ; là où des tuiles se recouvrent, la dernière est visible) et une table des tuiles.&lt;/p&gt; &lt;p&gt;Une tuile en échec n'arrête pas les autres : le journal et la table disent pourquoi. Relancez avec le même dossier pour ne cartographier que ce qui manque : les cartes que ce modèle a déjà faites d'une série inchangée sont conservées. Les surfaces sont des sommes sur les tuiles : ce qui se trouve dans deux d'entre elles compte donc deux fois.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Ensuite :&lt;/b&gt; mettez la mosaïque en forme et imprimez-la, ou comparez-la à des lieux de référence.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Samples of each class, drawn at random; all of a class that has fewer.</source>
        <extracomment>help of cloudyimagesandlabelstomap COUNT</extracomment>
        <translation>Échantillons de chaque classe, tirés au hasard ; tous si une classe en a moins.</translation>
    </message>
    <message>
        <source>Labelled points or polygons, in any CRS.</source>
        <extracomment>help of cloudyimagesandlabelstomap LABELS</extracomment>
        <translation>Points ou polygones étiquetés, dans n'importe quel SCR.</translation>
    </message>
    <message>
        <source>automatic: by groups where the samples carry them, else k-fold. hold-out: one part is kept for testing. k-fold: each part in turn, groups are ignored. group k-fold: the same with whole groups. spatial blocks: the same with whole square blocks of land. none: no accuracy is known.</source>
        <extracomment>help of cloudyimagesandlabelstomap VALIDATION</extracomment>
        <translation>automatic : par groupes si les échantillons en portent, sinon k-fold. hold-out : une partie est réservée au test. k-fold : chaque partie à son tour, les groupes sont ignorés. group k-fold : de même avec des groupes entiers. spatial blocks : de même avec des blocs carrés de terrain entiers. none : aucune exactitude n'est connue.</translation>
    </message>
    <message>
        <source>Chronocover: maps from image time series</source>
        <extracomment>message of provider.py</extracomment>
        <translation>Chronocover : des cartes à partir de séries temporelles d'images</translation>
    </message>
    <message>
        <source>Memory budget in MB (0: a quarter of the computer's memory, at most 2048)</source>
        <extracomment>message of settings.py</extracomment>
        <translation>Mémoire allouée en Mo (0 : un quart de la mémoire de l'ordinateur, 2048 au plus)</translation>
    </message>
    <message>
        <source>Worker threads (0: one per processor core)</source>
        <extracomment>message of settings.py</extracomment>
        <translation>Fils d'exécution (0 : un par cœur du processeur)</translation>
    </message>
    <message>
        <source>Address of a Dask scheduler (empty: this computer computes)</source>
        <extracomment>message of settings.py</extracomment>
        <translation>Adresse d'un ordonnanceur Dask (vide : cet ordinateur calcule)</translation>
    </message>
    <message>
        <source>What runs models (automatic: a graphics card where it is faster)</source>
        <extracomment>message of settings.py</extracomment>
        <translation>Ce qui exécute les modèles (automatic : une carte graphique là où elle est plus rapide)</translation>
    </message>
    <message>
        <source>Clusters assigned to an image time series</source>
        <extracomment>message of algorithms/applyclusters.py</extracomment>
        <translation>Groupes affectés à une série temporelle d'images</translation>
    </message>
    <message>
        <source>The computer ran out of memory. Lower the memory budget in the Processing options.</source>
        <extracomment>message of algorithms/base.py</extracomment>
        <translation>La mémoire de l'ordinateur est épuisée. Réduisez la mémoire allouée dans les options de traitement.</translation>
    </message>
    <message>
        <source>Cancelled. No output was written.</source>
        <extracomment>message of algorithms/base.py</extracomment>
        <translation>Annulé. Aucune sortie n'a été écrite.</translation>
    </message>
    <message>
        <source>Clusters of an image time series</source>
        <extracomment>message of algorithms/clusterseries.py</extracomment>
        <translation>Groupes d'une série temporelle d'images</translation>
    </message>
    <message>
        <source>ONNX models (*.onnx)</source>
        <extracomment>message of algorithms/describemodel.py</extracomment>
        <translation>Modèles ONNX (*.onnx)</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <extracomment>message of algorithms/extractsamples.py</extracomment>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>NumPy files (*.npz)</source>
        <extracomment>message of algorithms/extractsamples.py</extracomment>
        <translation>Fichiers NumPy (*.npz)</translation>
    </message>
    <message>
        <source>Empty: found by its name ({}).</source>
        <extracomment>message of algorithms/importsamples.py</extracomment>
        <translation>Vide : trouvée par son nom ({}).</translation>
    </message>
    <message>
        <source>HTML files (*.html)</source>
        <extracomment>message of algorithms/modelinfo.py</extracomment>
        <translation>Fichiers HTML (*.html)</translation>
    </message>
    <message>
        <source>each scaled from its least to its greatest value</source>
        <extracomment>message of algorithms/quickclusters.py</extracomment>
        <translation>chacune mise à l'échelle entre sa plus petite et sa plus grande valeur</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <extracomment>message of algorithms/report_files.py</extracomment>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <source>Choose the model (.onnx) whose dates are to be taken.</source>
        <extracomment>message of algorithms/resampleseries.py</extracomment>
        <translation>Choisissez le modèle (.onnx) dont les dates sont à reprendre.</translation>
    </message>
    <message>
        <source>Choose the other series whose dates are to be taken.</source>
        <extracomment>message of algorithms/resampleseries.py</extracomment>
        <translation>Choisissez l'autre série dont les dates sont à reprendre.</translation>
    </message>
    <message>
        <source>{stage}: {parameter}</source>
        <extracomment>message of algorithms/stages.py</extracomment>
        <translation>{stage} : {parameter}</translation>
    </message>
    <message>
        <source>Names in the order of the input, separated by commas, such as “red, nir, ndvi”.</source>
        <extracomment>help of describemodel VARIABLES</extracomment>
        <translation type="vanished">Les noms dans l'ordre de l'entrée, séparés par des virgules, par exemple « red, nir, ndvi ».</translation>
    </message>
    <message>
        <source>“2021-03-01, 2021-03-17, …”, or the first day and days after it: “2021-03-01 + 0, 16, 32”.</source>
        <extracomment>help of describemodel DATES</extracomment>
        <translation type="vanished">« 2021-03-01, 2021-03-17, … », ou le premier jour et les jours qui suivent : « 2021-03-01 + 0, 16, 32 ».</translation>
    </message>
    <message>
        <source>&lt;p&gt;A classifier of pixel time series that was made elsewhere, with scikit-learn, PyTorch or TensorFlow for instance, says in its ONNX file how many numbers it takes, but not which dates and variables they are. Tell that here, and get a file that “Classify image time series”, “Test model on samples” and “Combine models” use like one of our own: with the filling of gaps and the normalisation inside, and a model card.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Needs&lt;/b&gt; a model with one input of numbers, shaped (series, dates, variables), (series, variables, dates) or (series, values), for any number of series. &lt;b&gt;Dates and variables&lt;/b&gt; come from the texts, else from samples or a series like those that it learnt from, else from another model's card. &lt;b&gt;Classes&lt;/b&gt; in the order of its output, one a line: &lt;i&gt;forest&lt;/i&gt;, or with code and colour &lt;i&gt;3 = forest #228833&lt;/i&gt;; else from the samples, a labels raster, the other model, or from the file itself where it names them.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Reads&lt;/b&gt; probabilities, logits (raw scores, which become probabilities by softmax) and labels; the maps of scikit-learn's converter (ZipMap) too. What the plugin Deepness writes into its files is a default.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Segmentation networks&lt;/b&gt; (U-Net and others) take patches of an image: (batch, dates × variables, rows, columns), (batch, variables, dates, rows, columns) or (batch, dates, variables, rows, columns), and give each pixel of a patch a class. “Classify image time series” lets the patches overlap and blends them, so that no seams are seen. If such a model tells one class more than you name, the first one is called “background”.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Gives&lt;/b&gt; a new &lt;i&gt;.onnx&lt;/i&gt; file. Before it is kept, it is tried on made-up series and must give what the original gives; where the original names its own labels, they must be those of the classes.&lt;/p&gt; &lt;p&gt;Next step: “Test model on samples”, then “Classify image time series”.&lt;/p&gt;</source>
        <extracomment>help of describemodel</extracomment>
        <translation type="vanished">&lt;p&gt;Un classifieur de séries temporelles de pixels fait ailleurs, avec scikit-learn, PyTorch ou TensorFlow par exemple, dit dans son fichier ONNX combien de nombres il prend, mais non de quelles dates et variables. Dites-le ici et recevez un fichier que « Classer une série temporelle d'images », « Tester un modèle sur des échantillons » et « Combiner des modèles » utilisent comme un des nôtres : avec le comblement des lacunes et la normalisation à l'intérieur, et une fiche du modèle.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Il faut&lt;/b&gt; un modèle à une seule entrée de nombres, de forme (séries, dates, variables), (séries, variables, dates) ou (séries, valeurs), pour un nombre quelconque de séries. &lt;b&gt;Dates et variables&lt;/b&gt; viennent des textes, sinon d'échantillons ou d'une série semblables à celles de son entraînement, sinon de la fiche d'un autre modèle. &lt;b&gt;Les classes&lt;/b&gt; dans l'ordre de sa sortie, une par ligne : &lt;i&gt;forêt&lt;/i&gt;, ou avec code et couleur &lt;i&gt;3 = forêt #228833&lt;/i&gt; ; sinon des échantillons, d'un raster d'étiquettes, de l'autre modèle, ou du fichier lui-même s'il les nomme.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Sont lus&lt;/b&gt; les probabilités, les logits (scores bruts, dont softmax fait des probabilités) et les étiquettes ; aussi les tables du convertisseur de scikit-learn (ZipMap). Ce que l'extension Deepness écrit dans ses fichiers est repris par défaut.&lt;/p&gt; &lt;p&gt;&lt;b&gt;Les réseaux de segmentation&lt;/b&gt; (U-Net et autres) prennent des imagettes : (lot, dates × variables, lignes, colonnes), (lot, variables, dates, lignes, colonnes) ou (lot, dates, variables, lignes, colonnes), et donnent une classe à chaque pixel. « Classer une série temporelle d'images » fait se recouvrir les imagettes et les fond les unes dans les autres, sans couture visible. Si un tel modèle distingue une classe de plus que vous n'en nommez, la première s'appelle « background ».&lt;/p&gt; &lt;p&gt;&lt;b&gt;Résultat&lt;/b&gt; : un nouveau fichier &lt;i&gt;.onnx&lt;/i&gt;. Avant d'être gardé, il est essayé sur des séries inventées et doit donner ce que donne l'original ; si l'original nomme ses étiquettes, ce doivent être celles des classes.&lt;/p&gt; &lt;p&gt;Étape suivante : « Tester un modèle sur des échantillons », puis « Classer une série temporelle d'images ».&lt;/p&gt;</translation>
    </message>
</context>
</TS>
