package dev.carousel.bench.peer.ceiling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds between registers: ten chains, more than latency times units of any core. */
final class MultiplyAdds {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 10;

  /**
   * Short enough to be compiled as a method: a loop replaced while it runs keeps its vectors boxed.
   */
  private static final int TIMES = 1 << 12;

  private static final int CALLS = 64;
  private static final long NANOS = 500_000_000;

  private final Team team;
  private final float[] sums;

  MultiplyAdds(Team team) {
    this.team = team;
    this.sums = new float[team.size()];
  }

  double gigaflops() throws Exception {
    double flops = 2.0 * CHAINS * TIMES * CALLS * SPECIES.length() * team.size();
    return flops / Measured.medianNanos(() -> team.run(i -> sums[i] = repeated(i)), NANOS);
  }

  private static float repeated(float start) {
    float sum = start;
    for (int i = 0; i < CALLS; i++) {
      sum = chains(sum);
    }
    return sum;
  }

  private static float chains(float start) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = FloatVector.broadcast(SPECIES, start);
    FloatVector b = FloatVector.broadcast(SPECIES, start + 1);
    FloatVector c = FloatVector.broadcast(SPECIES, start + 2);
    FloatVector d = FloatVector.broadcast(SPECIES, start + 3);
    FloatVector e = FloatVector.broadcast(SPECIES, start + 4);
    FloatVector f = FloatVector.broadcast(SPECIES, start + 5);
    FloatVector g = FloatVector.broadcast(SPECIES, start + 6);
    FloatVector h = FloatVector.broadcast(SPECIES, start + 7);
    FloatVector i = FloatVector.broadcast(SPECIES, start + 8);
    FloatVector j = FloatVector.broadcast(SPECIES, start + 9);
    for (int t = 0; t < TIMES; t++) {
      a = a.fma(factor, term);
      b = b.fma(factor, term);
      c = c.fma(factor, term);
      d = d.fma(factor, term);
      e = e.fma(factor, term);
      f = f.fma(factor, term);
      g = g.fma(factor, term);
      h = h.fma(factor, term);
      i = i.fma(factor, term);
      j = j.fma(factor, term);
    }
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).add(i.add(j));
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
