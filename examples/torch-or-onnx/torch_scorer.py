"""How does PyTorch run the network?"""

import torch
from torch import nn

NAME = f"PyTorch {torch.__version__}"


class Scorer:
    """Scores batches, on the thread that calls."""

    def __init__(self, weights):
        torch.set_num_threads(1)
        layers = []
        for weight, bias in weights:
            layer = nn.Linear(*weight.shape)
            layer.weight.data = torch.from_numpy(weight.T.copy())
            layer.bias.data = torch.from_numpy(bias)
            layers += [layer, nn.ReLU()]
        self.network = nn.Sequential(*layers[:-1], nn.Sigmoid()).eval()

    @torch.inference_mode()
    def score(self, batch):
        """A probability for each row of a float32 array, as a tensor that Java sees by DLPack."""
        return self.network(torch.from_dlpack(batch))
