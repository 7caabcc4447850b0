package dev.carousel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmTest {
  private final Gemm gemm = new Gemm();

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,2,5", "17,9,257", "16,4,256", "33,7,600", "2,0,3", "0,3,2"})
  void productsEqualTheTripleLoopBitForBit(int m, int k, int n) {
    Random random = new Random(3);
    Matrix a = random(random, m, k);
    Matrix b = random(random, k, n);
    Matrix c = random(random, m, n);
    double[] expected = tripleLoop(a, b, c);
    Matrix transposed = Matrix.allocate(k, m);
    transposed.setTransposed(a);
    Matrix again = Matrix.of(c.array().clone(), 0, m, n);

    gemm.add(a, b, c);
    gemm.addTransposed(transposed, b, again);

    assertThat(c.array()).containsExactly(expected);
    assertThat(again.array()).containsExactly(expected);
  }

  @Test
  void aViewIsMultipliedWithoutTouchingItsSurroundings() {
    Matrix whole = Matrix.allocate(4, 5);
    whole.fill(7);
    Matrix view = whole.rows(1, 2).cols(2, 2);
    view.fill(0);
    Matrix identity = Matrix.of(new double[] {1, 0, 0, 1}, 0, 2, 2);

    gemm.add(Matrix.of(new double[] {1, 2, 3, 4}, 0, 2, 2), identity, view);

    assertThat(whole.array())
        .containsExactly(7, 7, 7, 7, 7, 7, 7, 1, 2, 7, 7, 7, 3, 4, 7, 7, 7, 7, 7, 7);
  }

  @Test
  void sizesThatDoNotMatchAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> gemm.add(Matrix.allocate(2, 3), Matrix.allocate(4, 5), Matrix.allocate(2, 5)))
        .withMessage("[2, 3] × [4, 5] does not give [2, 5]");
  }

  private static Matrix random(Random random, int rows, int cols) {
    return Matrix.of(Slopes.random(random, rows * cols), 0, rows, cols);
  }

  private static double[] tripleLoop(Matrix a, Matrix b, Matrix c) {
    double[] out = c.array().clone();
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.cols(); j++) {
        for (int p = 0; p < b.rows(); p++) {
          out[c.row(i) + j] += a.array()[a.row(i) + p] * b.array()[b.row(p) + j];
        }
      }
    }
    return out;
  }
}
