package dev.carousel.decode;

/** How much each row has looked at each source step so far: Σ_j p_ij. */
final class Coverage {
  private final int sourceSteps;
  private float[] now;
  private float[] next;

  Coverage(int rows, int sourceSteps) {
    this.sourceSteps = sourceSteps;
    now = new float[Math.multiplyExact(rows, sourceSteps)];
    next = new float[now.length];
  }

  /** Adds what the first {@code rows} rows look at in this step. */
  void look(float[] attention, int rows) {
    for (int i = 0; i < rows * sourceSteps; i++) {
      now[i] += attention[i];
    }
  }

  /** {@code row} of the next step goes on from {@code parent}. */
  void follow(int row, int parent) {
    System.arraycopy(now, parent * sourceSteps, next, row * sourceSteps, sourceSteps);
  }

  /** The next step begins. */
  void turn() {
    float[] before = now;
    now = next;
    next = before;
  }

  /** cp of a row for β = 1: Σ_i log(min(Σ_j p_ij, 1)) over its real source steps. */
  double penalty(int row, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += Math.log(Math.min(now[row * sourceSteps + i], 1));
    }
    return sum;
  }
}
