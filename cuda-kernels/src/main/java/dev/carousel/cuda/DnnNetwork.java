package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;

/**
 * A network as cuDNN knows it.
 *
 * @param spec its sizes; the input size may be that of an augmented input
 * @param choice the implementation
 */
record DnnNetwork(RnnSpec spec, Choice choice) {
  /** What its tensors are made of. */
  ElementType type() {
    return ElementType.of(spec.precision());
  }

  /** The same network by another implementation. */
  DnnNetwork with(Choice other) {
    return new DnnNetwork(spec, other);
  }
}
