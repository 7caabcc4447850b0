package dev.carousel.bench.peer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;

/** What an LSTM makes of its products. */
final class DjlLstm {
  private DjlLstm() {}

  /**
   * A step.
   *
   * @param gates i, f, g, o before their functions, [..., 4H]
   * @param cell c before, [..., H]
   * @return h and c
   */
  static NDList step(NDArray gates, NDArray cell) {
    NDList parts = gates.split(4, gates.getShape().dimension() - 1);
    NDArray i = Activation.sigmoid(parts.get(0));
    NDArray f = Activation.sigmoid(parts.get(1));
    NDArray o = Activation.sigmoid(parts.get(3));
    NDArray c = f.muli(cell).addi(i.muli(parts.get(2).tanh()));
    return new NDList(o.muli(c.tanh()), c);
  }
}
