package dev.carousel.embed;

/** Products of vectors. */
final class Floats {
  private Floats() {}

  /** Σ a·b, in eight sums side by side, so that an addition need not wait for the one before. */
  static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int d = 0;
    for (; d <= a.length - 8; d += 8) {
      s0 += a[d] * b[d];
      s1 += a[d + 1] * b[d + 1];
      s2 += a[d + 2] * b[d + 2];
      s3 += a[d + 3] * b[d + 3];
      s4 += a[d + 4] * b[d + 4];
      s5 += a[d + 5] * b[d + 5];
      s6 += a[d + 6] * b[d + 6];
      s7 += a[d + 7] * b[d + 7];
    }
    for (; d < a.length; d++) {
      s0 += a[d] * b[d];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }
}
