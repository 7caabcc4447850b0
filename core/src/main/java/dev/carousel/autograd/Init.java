package dev.carousel.autograd;

import dev.carousel.tensor.Shape;
import java.util.SplittableRandom;

/** How a parameter starts. The same seed gives the same values on every JVM. */
@FunctionalInterface
public interface Init {
  /**
   * Fills the values of one parameter.
   *
   * @param values where they go, from {@code at}, row-major
   * @param shape the parameter's shape; a matrix is [outputs, inputs]
   */
  void fill(float[] values, int at, Shape shape, SplittableRandom random);

  /** All the same value. */
  static Init constant(double value) {
    return (values, at, shape, random) ->
        java.util.Arrays.fill(values, at, at + (int) shape.size(), (float) value);
  }

  /** Uniform in [−bound, bound). */
  static Init uniform(double bound) {
    return (values, at, shape, random) -> {
      for (int i = 0; i < shape.size(); i++) {
        values[at + i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    };
  }

  /** Normal with mean 0. */
  static Init normal(double deviation) {
    return (values, at, shape, random) -> {
      for (int i = 0; i < shape.size(); i++) {
        values[at + i] = (float) (deviation * Gaussian.next(random));
      }
    };
  }

  /** Uniform with bound √(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
  static Init xavier() {
    return (values, at, shape, random) ->
        uniform(Math.sqrt(6.0 / (shape.dim(0) + shape.dim(-1)))).fill(values, at, shape, random);
  }

  /** A matrix with orthonormal rows or columns, whichever are fewer (Saxe et al. 2014). */
  static Init orthogonal() {
    return Orthogonal::fill;
  }

  /** The same start, every value multiplied. */
  default Init times(double factor) {
    return (values, at, shape, random) -> {
      fill(values, at, shape, random);
      for (int i = at; i < at + shape.size(); i++) {
        values[i] *= (float) factor;
      }
    };
  }

  /** The same start for each of {@code gates} blocks of rows, as if each were a parameter. */
  default Init perGate(int gates) {
    return (values, at, shape, random) -> {
      Shape block =
          shape.rank() == 1
              ? Shape.of(shape.dim(0) / gates)
              : Shape.of(shape.dim(0) / gates, shape.dim(1));
      for (int g = 0; g < gates; g++) {
        fill(values, at + g * (int) block.size(), block, random);
      }
    };
  }
}
