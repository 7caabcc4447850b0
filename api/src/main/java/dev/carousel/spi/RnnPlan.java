package dev.carousel.spi;

import dev.carousel.rnn.RnnSpec;

/**
 * A recurrent network prepared for one (spec, T, N, pass). It holds no data of a call, so one plan
 * may serve several threads, and several forwards may be under way before their backwards, as long
 * as each has its own reserve and work space.
 */
public interface RnnPlan extends AutoCloseable {
  /** The network. */
  RnnSpec spec();

  /** T. */
  int steps();

  /** N. */
  int batch();

  /** What it was made for. */
  Pass pass();

  /** Bytes that forward leaves for backward; 0 for inference. */
  long reserveBytes();

  /** Bytes of scratch that forward and backward may each overwrite. */
  long workBytes();

  /** Which implementation was chosen, for reports. */
  String describe();

  /** Runs the network: y, and the last state if asked for. */
  void forward(RnnForward io);

  /**
   * Runs it backwards. Every tensor of the forward call must be unchanged, but for {@code work}.
   *
   * @throws IllegalStateException if the plan is not for training
   */
  void backward(RnnBackward io);

  @Override
  void close();
}
