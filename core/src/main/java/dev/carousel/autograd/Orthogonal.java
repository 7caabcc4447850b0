package dev.carousel.autograd;

import dev.carousel.tensor.Shape;
import java.util.SplittableRandom;

/** Orthonormal vectors out of normal deviates by modified Gram-Schmidt, twice for stability. */
final class Orthogonal {
  private Orthogonal() {}

  static void fill(float[] values, int at, Shape shape, SplittableRandom random) {
    int rows = shape.dim(0);
    int cols = shape.dim(1);
    int vectors = Math.min(rows, cols);
    int length = Math.max(rows, cols);
    double[][] q = new double[vectors][length];
    for (int i = 0; i < vectors; i++) {
      for (int j = 0; j < length; j++) {
        q[i][j] = Gaussian.next(random);
      }
      orthogonalise(q, i);
      orthogonalise(q, i);
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < cols; c++) {
        values[at + r * cols + c] = (float) (rows <= cols ? q[r][c] : q[c][r]);
      }
    }
  }

  /** Takes from vector {@code i} what it shares with those before it, and scales it to length 1. */
  private static void orthogonalise(double[][] q, int i) {
    for (int k = 0; k < i; k++) {
      double shared = dot(q[i], q[k]);
      for (int j = 0; j < q[i].length; j++) {
        q[i][j] -= shared * q[k][j];
      }
    }
    double norm = Math.sqrt(dot(q[i], q[i]));
    for (int j = 0; j < q[i].length; j++) {
      q[i][j] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
