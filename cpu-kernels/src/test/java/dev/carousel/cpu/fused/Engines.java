package dev.carousel.cpu.fused;

import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.Assertions;

/** Kernels of each instruction set and number of threads, and data for them. */
final class Engines {
  private Engines() {}

  /** Runs {@code check} on each. */
  static void each(Consumer<FusedKernels> check) {
    for (InstructionSet set : InstructionSet.values()) {
      for (int threads : new int[] {1, 2}) {
        try (FusedKernels kernels = FusedKernels.open(set, threads)) {
          check.accept(kernels);
        }
      }
    }
  }

  /** Checks that two and three threads give the bits of one, with each instruction set. */
  static void assertBitsOfOneThread(Function<FusedKernels, float[]> run) {
    for (InstructionSet set : InstructionSet.values()) {
      float[] one = on(set, 1, run);
      for (int threads : new int[] {2, 3}) {
        Assertions.assertThat(on(set, threads, run)).as("%s, %d", set, threads).isEqualTo(one);
      }
    }
  }

  private static float[] on(InstructionSet set, int threads, Function<FusedKernels, float[]> run) {
    try (FusedKernels kernels = FusedKernels.open(set, threads)) {
      return run.apply(kernels);
    }
  }

  static float[] uniform(long seed, int n, double bound) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = (float) random.nextDouble(-bound, bound);
    }
    return a;
  }

  static double[] doubles(float[] a) {
    double[] d = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      d[i] = a[i];
    }
    return d;
  }

  static void assertClose(String what, float[] got, double[] want, double tolerance) {
    Assertions.assertThat(got).as(what).hasSameSizeAs(want);
    for (int i = 0; i < got.length; i++) {
      if (!(Math.abs(got[i] - want[i]) <= tolerance)) {
        Assertions.fail("%s[%d] is %s, not %s", what, i, got[i], want[i]);
      }
    }
  }
}
