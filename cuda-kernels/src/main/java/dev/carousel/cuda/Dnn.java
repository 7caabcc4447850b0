package dev.carousel.cuda;

import dev.carousel.spi.Pass;

/**
 * The calls to cuDNN's recurrent networks that the backend makes. Descriptors are numbers. A
 * network knows no lengths here: every row has all steps, and our own kernels do the rest. A
 * failure is a {@link LibraryException}.
 */
interface Dnn extends AutoCloseable {
  /** Its version. */
  CudaVersion version();

  /** A description of a network; {@link #destroyNetwork} gives it back. */
  long createNetwork(DnnNetwork network);

  /** Prepares the dynamic persistent algorithm for a batch size. */
  void buildDynamic(long network, int batch);

  /** Gives a network's description back. */
  void destroyNetwork(long network);

  /** A description of {@code [T, N, features]}, every row full. */
  long createSequences(DnnNetwork network, int steps, int batch, int features);

  /** Gives a description of sequences back. */
  void destroySequences(long sequences);

  /** A description of {@code [L·D, N, units]}. */
  long createStates(DnnNetwork network, int batch, int units);

  /** Gives a description of states back. */
  void destroyStates(long states);

  /** Bytes of a network's packed weights. */
  long weightBytes(long network);

  /**
   * Where a part of the weights lies.
   *
   * @param pseudoLayer layer · D + direction
   * @param part gate i of W for i below G, of U for G + i, the projection for 8
   */
  WeightPart part(long network, int pseudoLayer, long weights, int part);

  /** Bytes of work and reserve space. */
  Sizes sizes(long network, long x, Pass pass);

  /** Starts the network. */
  void forward(DnnCall call);

  /** Starts the gradient of the inputs and states; changes the reserve space. */
  void backwardData(DnnCall call);

  /** Starts the gradient of the weights, which is added; after {@link #backwardData}. */
  void backwardWeights(DnnCall call);

  @Override
  void close();

  /** Bytes of the two temporary spaces. */
  record Sizes(long work, long reserve) {}

  /**
   * A matrix and its bias.
   *
   * @param matrix offset in bytes from the start of the weights
   * @param bias offset in bytes, −1 for none
   */
  record WeightPart(long matrix, long bias) {}
}
