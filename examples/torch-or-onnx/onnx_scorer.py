"""How does ONNX Runtime run the network?"""

import onnx
import onnxruntime
from network import FEATURES
from onnx import TensorProto, helper, numpy_helper

NAME = f"ONNX Runtime {onnxruntime.__version__}"


class Scorer:
    """Scores batches, on the thread that calls."""

    def __init__(self, weights):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            _model(weights), options, providers=["CPUExecutionProvider"]
        )

    def score(self, batch):
        """A probability for each row of a float32 array."""
        return self.session.run(None, {"features": batch})[0]


def _model(weights):
    """The network as an ONNX model of its own version, serialized."""
    nodes, constants, found = [], [], "features"
    for number, (weight, bias) in enumerate(weights):
        names = [f"weight{number}", f"bias{number}"]
        constants += map(numpy_helper.from_array, (weight, bias), names)
        nodes.append(helper.make_node("Gemm", [found, *names], [f"sum{number}"]))
        last = number == len(weights) - 1
        found = "scores" if last else f"layer{number}"
        nodes.append(helper.make_node("Sigmoid" if last else "Relu", [f"sum{number}"], [found]))
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["rows", FEATURES])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["rows", 1])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()
