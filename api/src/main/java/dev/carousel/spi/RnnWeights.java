package dev.carousel.spi;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;

/**
 * A network's weights as the kernels read them. A snapshot: after the flat buffer changed, results
 * are undefined until {@link #refresh}, which a trainer calls once per optimizer step (rule R3).
 */
public interface RnnWeights extends AutoCloseable {
  /** The network. */
  RnnSpec spec();

  /** The flat buffer it was made from. */
  Tensor master();

  /** Reads the flat buffer again. Not while another thread runs a kernel with these weights. */
  void refresh();

  @Override
  void close();
}
