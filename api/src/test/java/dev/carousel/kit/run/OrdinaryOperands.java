package dev.carousel.kit.run;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Precision;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;

/** Operands of {@link KernelCatalog}'s calls: random inputs of T steps, N rows and C features. */
final class OrdinaryOperands {
  static final int N = 4;
  static final int C = 6;

  private final int steps;
  private final KernelCall call;
  private final RandomValues random = new RandomValues(90);

  OrdinaryOperands(int steps, KernelCall call) {
    this.steps = steps;
    this.call = call;
  }

  int steps() {
    return steps;
  }

  KernelCall call() {
    return call;
  }

  RandomValues random() {
    return random;
  }

  Tensor in(String name, int... dims) {
    int size = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    return call.in(name, random.uniform(size, 1), dims);
  }

  Tensor ids(String name, int least, int most) {
    return call.in(name, random.integers(steps * N, least, most), steps, N);
  }

  /** All, none, half and one of the steps. */
  Lengths lengths() {
    int[] lengths = {steps, 0, steps / 2, 1};
    return Lengths.of(steps, lengths, call.in("lengths", lengths, N));
  }

  Precision precision() {
    return call.type() == DType.F64 ? Precision.F64 : Precision.F32;
  }
}
