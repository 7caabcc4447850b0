package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;

/**
 * What a plan is made for.
 *
 * @param spec the network
 * @param steps T
 * @param batch N
 * @param pass whether backward follows
 */
record RunShape(RnnSpec spec, int steps, int batch, Pass pass) {
  /** What cuDNN's tensors are made of. */
  ElementType type() {
    return ElementType.of(spec.precision());
  }

  /** Whether cuDNN's tensors are not those of the interface. */
  boolean narrow() {
    return type() != ElementType.F32;
  }

  /** Bytes of {@code [T, N, features]} in cuDNN's type. */
  long sequenceBytes(int features) {
    return (long) steps * batch * features * type().bytes();
  }

  /** Bytes of {@code [blocks, N, units]} in cuDNN's type. */
  long stateBytes(int blocks, int units) {
    return (long) blocks * batch * units * type().bytes();
  }

  /** L·D. */
  int blocks() {
    return spec.layers() * spec.direction().count();
  }

  boolean training() {
    return pass == Pass.TRAINING;
  }
}
