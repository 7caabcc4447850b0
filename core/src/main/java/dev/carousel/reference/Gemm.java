package dev.carousel.reference;

/**
 * Matrix products for {@link Matrix} views, arranged so that the just-in-time compiler vectorises
 * the inner loop: it does so if every access is the loop variable plus a constant. So pieces of B
 * and C are copied into small arrays with fixed strides, which the first-level cache holds. Each
 * element of C sums its products in ascending order whatever the blocking, so results do not depend
 * on how a product is cut into calls.
 */
final class Gemm {
  /** Columns of a tile. */
  private static final int WIDTH = 256;

  /** Rows of a tile of C: so often is a piece of B used before the next is fetched. */
  private static final int HEIGHT = 16;

  /** Rows of B that are taken at once. */
  private static final int DEPTH = 4;

  private final ThreadLocal<Tiles> tiles = ThreadLocal.withInitial(Tiles::new);

  /** {@code c += a b}. */
  void add(Matrix a, Matrix b, Matrix c) {
    requireSizes(a.rows(), a.cols(), b, c);
    tiles.get().add(a, a.stride(), 1, b, c);
  }

  /** {@code c += aᵀ b}. */
  void addTransposed(Matrix a, Matrix b, Matrix c) {
    requireSizes(a.cols(), a.rows(), b, c);
    tiles.get().add(a, 1, a.stride(), b, c);
  }

  private static void requireSizes(int rows, int depth, Matrix b, Matrix c) {
    if (depth != b.rows() || rows != c.rows() || b.cols() != c.cols()) {
      throw new IllegalArgumentException(
          "[%d, %d] × [%d, %d] does not give [%d, %d]"
              .formatted(rows, depth, b.rows(), b.cols(), c.rows(), c.cols()));
    }
  }

  /** One thread's copies of a piece of B and of C. */
  private static final class Tiles {
    private final double[] pieceOfB = new double[DEPTH * WIDTH];
    private final double[][] tileOfC = new double[HEIGHT][WIDTH];

    /** Element (i, p) of the left factor is {@code i·rowStep + p·colStep} after its first. */
    void add(Matrix a, int rowStep, int colStep, Matrix b, Matrix c) {
      for (int j = 0; j < c.cols(); j += WIDTH) {
        int width = Math.min(WIDTH, c.cols() - j);
        for (int i = 0; i < c.rows(); i += HEIGHT) {
          int height = Math.min(HEIGHT, c.rows() - i);
          for (int r = 0; r < height; r++) {
            System.arraycopy(c.array(), c.row(i + r) + j, tileOfC[r], 0, width);
          }
          for (int p = 0; p < b.rows(); p += DEPTH) {
            int depth = Math.min(DEPTH, b.rows() - p);
            for (int d = 0; d < depth; d++) {
              System.arraycopy(b.array(), b.row(p + d) + j, pieceOfB, d * WIDTH, width);
            }
            int first = a.at() + i * rowStep + p * colStep;
            for (int r = 0; r < height; r++) {
              addRow(tileOfC[r], a.array(), first + r * rowStep, colStep, depth, width);
            }
          }
          for (int r = 0; r < height; r++) {
            System.arraycopy(tileOfC[r], 0, c.array(), c.row(i + r) + j, width);
          }
        }
      }
    }

    private void addRow(double[] c, double[] a, int at, int step, int depth, int width) {
      double[] b = pieceOfB;
      if (depth == DEPTH) {
        addFour(c, b, a[at], a[at + step], a[at + 2 * step], a[at + 3 * step], width);
      } else {
        for (int d = 0; d < depth; d++) {
          addOne(c, b, d * WIDTH, a[at + d * step], width);
        }
      }
    }

    /** The inner loop; most of a network's time is spent here. */
    private static void addFour(
        double[] c, double[] b, double a0, double a1, double a2, double a3, int n) {
      for (int j = 0; j < n; j++) {
        c[j] = c[j] + a0 * b[j] + a1 * b[j + WIDTH] + a2 * b[j + 2 * WIDTH] + a3 * b[j + 3 * WIDTH];
      }
    }

    private static void addOne(double[] c, double[] b, int row, double a, int n) {
      for (int j = 0; j < n; j++) {
        c[j] += a * b[row + j];
      }
    }
  }
}
