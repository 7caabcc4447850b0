package dev.carousel.bench.peer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.carousel.bench.row.Decoding;

/** The weights of a row that translates, as arrays that live as long as their manager. */
final class DjlWeights {
  private final NDManager manager;
  private final Decoding decoding;

  DjlWeights(NDManager manager, Decoding decoding) {
    this.manager = manager;
    this.decoding = decoding;
  }

  /** One under its own name. */
  NDArray get(String name) {
    return manager.create(decoding.weight(name), new Shape(decoding.shape(name)));
  }

  /** The matrix that the input and the state side by side are multiplied with, [4H, 2H]. */
  NDArray joined(String name) {
    return get(name + "weight_ih_l0").concat(get(name + "weight_hh_l0"), 1);
  }

  /** The sum of both biases of a direction, [4H]. */
  NDArray bias(String name, String direction) {
    return get(name + "bias_ih_l0" + direction).add(get(name + "bias_hh_l0" + direction));
  }

  /** Both directions of the encoder's weight, [2, H, 4H]. */
  NDArray bothWays(String part) {
    NDArray both =
        NDArrays.stack(
            new NDList(get("encoder." + part + "_l0"), get("encoder." + part + "_l0_reverse")));
    return both.transpose(0, 2, 1);
  }

  /** Both directions of the encoder's bias, [2, 1, 4H]. */
  NDArray bothBiases() {
    return NDArrays.stack(new NDList(bias("encoder.", ""), bias("encoder.", "_reverse")))
        .expandDims(1);
  }
}
