"""What are the weights of the network? Made here, by training it in plain NumPy."""

import numpy as np

FEATURES = 8
HIDDEN = 64


def samples(count, seed):
    """Rows of features, float32, and whether each belongs to the class, float32 0 or 1.

    The class is a ring around the origin in the first three features, which no line through the
    features separates; the others are noise.
    """
    random = np.random.default_rng(seed)
    features = random.standard_normal((count, FEATURES)).astype(np.float32)
    radius = np.linalg.norm(features[:, :3], axis=1)
    return features, ((radius > 1.1) & (radius < 2.1)).astype(np.float32)


def forward(weights, features):
    """The output of every layer, the last one a probability for each row."""
    (w1, b1), (w2, b2), (w3, b3) = weights
    first = np.maximum(features @ w1 + b1, 0)
    second = np.maximum(first @ w2 + b2, 0)
    return first, second, (1 + np.tanh((second @ w3 + b3) / 2)) / 2


def train(steps=4_000, batch=64, rate=2e-3):
    """The weights and biases of the three layers, by Adam."""
    random = np.random.default_rng(1)
    sizes = [FEATURES, HIDDEN, HIDDEN, 1]
    weights = [
        [
            (random.standard_normal((rows, columns)) * (2 / rows) ** 0.5).astype(np.float32),
            np.zeros(columns, np.float32),
        ]
        for rows, columns in zip(sizes, sizes[1:])
    ]
    means = [[np.zeros_like(each) for each in layer] for layer in weights]
    squares = [[np.zeros_like(each) for each in layer] for layer in weights]
    features, labels = samples(40_000, seed=2)
    for step in range(1, steps + 1):
        chosen = random.integers(0, len(features), batch)
        gradients = _gradients(weights, features[chosen], labels[chosen])
        for layer, (parameters, changes) in enumerate(zip(weights, gradients)):
            for index, change in enumerate(changes):
                mean, square = means[layer][index], squares[layer][index]
                mean += 0.1 * (change - mean)
                square += 0.001 * (change**2 - square)
                scale = rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
                parameters[index] -= scale * mean / (np.sqrt(square) + 1e-8)
    return weights


def _gradients(weights, features, labels):
    """How the mean cross-entropy grows with each parameter."""
    first, second, scores = forward(weights, features)
    error = (scores - labels[:, None]) / len(labels)
    gradients = []
    for inputs, (weight, _) in zip((second, first, features), reversed(weights)):
        gradients.insert(0, (inputs.T @ error, error.sum(axis=0)))
        error = (error @ weight.T) * (inputs > 0)
    return gradients
