package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.ArrayDeque;
import java.util.Deque;

/** cuDNN's descriptions of a network and its tensors for one number of steps and rows. */
final class DnnNet implements AutoCloseable {
  private final Gpu gpu;
  private final DnnNetwork network;
  private final long net;
  private final long x;
  private final long y;
  private final long h;
  private final long c;
  private final Dnn.Sizes sizes;
  private final long weightBytes;

  /**
   * Makes them.
   *
   * @throws LibraryException if cuDNN does not support the network
   */
  DnnNet(Gpu gpu, DnnNetwork network, int steps, int batch, Pass pass) {
    this.gpu = gpu;
    this.network = network;
    RnnSpec spec = network.spec();
    Dnn dnn = gpu.dnn();
    Deque<Runnable> undo = new ArrayDeque<>();
    try (Gpu.Turn turn = gpu.turn()) {
      turn.driver();
      net = dnn.createNetwork(network);
      undo.push(() -> dnn.destroyNetwork(net));
      if (network.choice().algorithm() == Choice.Algorithm.PERSIST_DYNAMIC) {
        dnn.buildDynamic(net, batch);
      }
      x = dnn.createSequences(network, steps, batch, spec.inputSize());
      undo.push(() -> dnn.destroySequences(x));
      y = dnn.createSequences(network, steps, batch, spec.outputSize());
      undo.push(() -> dnn.destroySequences(y));
      h = dnn.createStates(network, batch, spec.stateSize());
      undo.push(() -> dnn.destroyStates(h));
      c = dnn.createStates(network, batch, spec.hiddenSize());
      undo.push(() -> dnn.destroyStates(c));
      sizes = dnn.sizes(net, x, pass);
      weightBytes = dnn.weightBytes(net);
      undo.clear();
    } finally {
      undo.forEach(Runnable::run);
    }
  }

  DnnNetwork network() {
    return network;
  }

  Dnn.Sizes sizes() {
    return sizes;
  }

  long weightBytes() {
    return weightBytes;
  }

  /** Where a part of the weights at {@code weights} lies; see {@link Dnn#part}. */
  Dnn.WeightPart part(int pseudoLayer, long weights, int number) {
    return gpu.dnn().part(net, pseudoLayer, weights, number);
  }

  /** Puts descriptions and sizes into a call. */
  void describe(DnnCall call, Pass pass) {
    call.network = net;
    call.xDesc = x;
    call.yDesc = y;
    call.hDesc = h;
    call.cDesc = c;
    call.pass = pass;
    call.weightBytes = weightBytes;
    call.workBytes = sizes.work();
    call.reserveBytes = sizes.reserve();
  }

  @Override
  public void close() {
    try (Gpu.Turn turn = gpu.turn()) {
      turn.driver().synchronize();
      gpu.dnn().destroySequences(x);
      gpu.dnn().destroySequences(y);
      gpu.dnn().destroyStates(h);
      gpu.dnn().destroyStates(c);
      gpu.dnn().destroyNetwork(net);
    }
  }
}
