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

  private static final class Tiles {
    final double[] b = new double[DEPTH * WIDTH];
    final double[][] c = new double[HEIGHT][WIDTH];
  }

  /** The left factor: element (i, p) is at {@code at + i·rowStep + p·colStep}. */
  @SuppressWarnings("ArrayRecordComponent") // a view, never compared
  private record Left(double[] array, int at, int rowStep, int colStep) {
    int index(int i, int p) {
      return at + i * rowStep + p * colStep;
    }
  }

  /** {@code c += a b}. */
  void add(Matrix a, Matrix b, Matrix c) {
    requireSizes(a.rows(), a.cols(), b, c);
    add(new Left(a.array(), a.at(), a.stride(), 1), b, c);
  }

  /** {@code c += aᵀ b}. */
  void addTransposed(Matrix a, Matrix b, Matrix c) {
    requireSizes(a.cols(), a.rows(), b, c);
    add(new Left(a.array(), a.at(), 1, a.stride()), b, c);
  }

  private static void requireSizes(int rows, int depth, Matrix b, Matrix c) {
    if (depth != b.rows() || rows != c.rows() || b.cols() != c.cols()) {
      throw new IllegalArgumentException(
          "[%d, %d] × [%d, %d] does not give [%d, %d]"
              .formatted(rows, depth, b.rows(), b.cols(), c.rows(), c.cols()));
    }
  }

  private void add(Left a, Matrix b, Matrix c) {
    Tiles t = tiles.get();
    for (int j = 0; j < c.cols(); j += WIDTH) {
      int width = Math.min(WIDTH, c.cols() - j);
      for (int i = 0; i < c.rows(); i += HEIGHT) {
        int height = Math.min(HEIGHT, c.rows() - i);
        Matrix target = c.rows(i, height).cols(j, width);
        load(target, t.c);
        addTile(a, i, b.cols(j, width), height, t);
        store(t.c, target);
      }
    }
  }

  private static void load(Matrix from, double[][] tile) {
    for (int r = 0; r < from.rows(); r++) {
      System.arraycopy(from.array(), from.row(r), tile[r], 0, from.cols());
    }
  }

  private static void store(double[][] tile, Matrix to) {
    for (int r = 0; r < to.rows(); r++) {
      System.arraycopy(tile[r], 0, to.array(), to.row(r), to.cols());
    }
  }

  private static void addTile(Left a, int i, Matrix b, int height, Tiles t) {
    double[] x = a.array;
    int step = a.colStep;
    int p = 0;
    for (; p + DEPTH <= b.rows(); p += DEPTH) {
      loadB(b, p, DEPTH, t.b);
      for (int r = 0; r < height; r++) {
        int k = a.index(i + r, p);
        addFour(t.c[r], t.b, x[k], x[k + step], x[k + 2 * step], x[k + 3 * step], b.cols());
      }
    }
    for (; p < b.rows(); p++) {
      loadB(b, p, 1, t.b);
      for (int r = 0; r < height; r++) {
        addOne(t.c[r], t.b, x[a.index(i + r, p)], b.cols());
      }
    }
  }

  private static void loadB(Matrix b, int row, int rows, double[] tile) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(b.array(), b.row(row + r), tile, r * WIDTH, b.cols());
    }
  }

  /** The inner loop; all the time of a network is spent here. */
  private static void addFour(
      double[] c, double[] b, double a0, double a1, double a2, double a3, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a0 * b[j] + a1 * b[j + WIDTH] + a2 * b[j + 2 * WIDTH] + a3 * b[j + 3 * WIDTH];
    }
  }

  private static void addOne(double[] c, double[] b, double a, int n) {
    for (int j = 0; j < n; j++) {
      c[j] += a * b[j];
    }
  }
}
