"""The temporal attention network, against the published numbers and a plain reading of its equations."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from network_checks import onnx_and_own_probabilities, parameter_count  # noqa: E402
from series_samples import season_samples  # noqa: E402

from chronocover.core.errors import ChronocoverError  # noqa: E402
from chronocover.core.feedback import Feedback  # noqa: E402
from chronocover.models.families.catalogue import family_of  # noqa: E402
from chronocover.models.families.family import TrainingSet  # noqa: E402
from chronocover.models.families.networks.ltae import (  # noqa: E402
    AttentionNetwork,
    Ltae,
    TemporalAttention,
    day_encoding,
)

TINY = {"heads": 2, "key_size": 2, "width": 16, "epochs": 15, "batch_size": 16}
DAYS = (0, 5, 30, 31, 90, 160)


def softmax(values):
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def layer_norm(values, layer, axes):
    mean, variance = values.mean(axis=axes, keepdims=True), values.var(axis=axes, keepdims=True)
    normal = (values - mean) / np.sqrt(variance + layer.eps)
    return normal * layer.weight.detach().numpy() + layer.bias.detach().numpy()


def linear(values, layer):
    return values @ layer.weight.detach().numpy().T + layer.bias.detach().numpy()


def test_the_published_number_of_parameters():
    """The authors call this setting “112k” in their code; with their pixel-set encoder (19,936) and classifier of 20
    classes it makes the 143 thousand parameters of the paper's table."""
    encoder = TemporalAttention(channels=128, days=range(24), heads=16, key_size=8, widths=(256, 128))
    assert parameter_count(encoder) == 112_000
    decoder = AttentionNetwork(variables=10, classes=20, days=range(24)).decoder
    pixel_set_encoder = (10 * 32 + 32 + 2 * 32) + (32 * 64 + 64 + 2 * 64) + (132 * 128 + 128 + 2 * 128)
    assert parameter_count(encoder) + parameter_count(decoder) + pixel_set_encoder == 143_124


@pytest.mark.parametrize(("thousands", "widths"), [(288, (512, 128)), (740, (1024, 256, 128))])
def test_the_authors_larger_networks(thousands, widths):
    """Which they call by their number of parameters: “288k” and “740k”."""
    encoder = TemporalAttention(channels=128, days=range(24), heads=32, key_size=8, widths=widths)
    assert parameter_count(encoder) // 1000 == thousands


def test_days_are_encoded_as_in_the_paper():
    encoding = day_encoding(DAYS, width=4, period=1000.0)
    for row, day in zip(encoding, DAYS):
        slow = day / 1000 ** (2 / 4)
        np.testing.assert_allclose(row, [np.sin(day), np.cos(day), np.sin(slow), np.cos(slow)], atol=1e-6)


def test_attention_is_that_of_the_equations():
    """Keys of each date, one query a head, softmax over dates, each head on its own channels, then the perceptron."""
    torch.manual_seed(0)
    block = TemporalAttention(channels=6, days=DAYS, heads=2, key_size=3, widths=(8, 5)).eval()
    with torch.no_grad():
        for each in block.parameters():
            each.normal_()
    embedded = np.random.default_rng(0).normal(size=(4, len(DAYS), 6)).astype(np.float32)

    dates = linear(layer_norm(embedded, block.input_norm, (2,)), block.projection)
    dates = layer_norm(dates, block.projection_norm, (1, 2)) + np.tile(day_encoding(DAYS, 4, 1000.0), 2)
    keys = linear(dates, block.keys).reshape(4, len(DAYS), 2, 3)
    queries = block.queries.detach().numpy()
    heads = []
    for head in range(2):
        weights = softmax(keys[:, :, head] @ queries[head] / np.sqrt(3))
        heads.append(np.einsum("nt,ntc->nc", weights, dates[:, :, 4 * head : 4 * head + 4]))
    hidden, normal, _, _, last = block.output
    found = linear(np.concatenate(heads, axis=1), hidden)
    found = found / np.sqrt(1 + normal.eps) * normal.weight.detach().numpy() + normal.bias.detach().numpy()
    expected = layer_norm(np.maximum(found, 0), last, (1,))
    np.testing.assert_allclose(block(torch.from_numpy(embedded)).detach().numpy(), expected, atol=1e-4)


def shuffled_dates(days):
    """Probabilities for series in time and for the same values with their days shuffled along."""
    order = [0, 3, 1, 2, 5, 4]
    values = torch.randn(10, len(DAYS), 2, generator=torch.Generator().manual_seed(1))
    networks = []
    for own in (days, [days[i] for i in order]):
        torch.manual_seed(0)
        networks.append(AttentionNetwork(2, 3, own, heads=2, key_size=2, widths=(16, 128)).eval())
    with torch.no_grad():
        return networks[0](values).numpy(), networks[1](values[:, order]).numpy(), networks[0](values[:, order]).numpy()


def test_days_place_the_dates_not_their_order():
    in_order, moved_with_their_days, moved_alone = shuffled_dates(DAYS)
    np.testing.assert_allclose(moved_with_their_days, in_order, atol=1e-5)
    assert np.abs(moved_alone - in_order).max() > 1e-3


def test_irregular_dates_are_not_regular_ones():
    values = torch.randn(10, len(DAYS), 2, generator=torch.Generator().manual_seed(1))
    found = []
    for days in (DAYS, range(0, 6 * 32, 32)):
        torch.manual_seed(0)
        with torch.no_grad():
            found.append(AttentionNetwork(2, 3, days, heads=2, key_size=2, widths=(16, 128)).eval()(values).numpy())
    assert np.abs(found[0] - found[1]).max() > 1e-3


def test_the_file_gives_the_probabilities_of_the_classifier(tmp_path):
    found, own, accuracy = onnx_and_own_probabilities(Ltae(**TINY), season_samples(missing=0.1), tmp_path)
    assert accuracy > 0.9
    for one, other in zip(found, own):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_channels_that_heads_cannot_share(tmp_path):
    values = np.random.default_rng(0).random((40, 6, 2), np.float32)
    data = TrainingSet(values, np.arange(40) % 2, 2, np.ones(40))
    with pytest.raises(ChronocoverError, match=r"20 channels cannot be shared by 8 heads.*multiple of 16"):
        Ltae(heads=8, width=20).fit(data, 1, 1, Feedback())


def test_the_catalogue_knows_it():
    assert family_of("L-TAE") == Ltae()


def test_all_settings_of_the_search_make_a_network():
    data = TrainingSet(np.zeros((4, 6, 2), np.float32), np.arange(4) % 3, 3, np.ones(4), days=DAYS)
    space = Ltae().search_space()
    for heads in space["heads"].values:
        for width in space["width"].values:
            network = Ltae(heads=heads, width=width).network(data)
            assert network.eval()(torch.zeros(2, 6, 2)).shape == (2, 3)
