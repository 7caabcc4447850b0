package dev.carousel.bench.peer.ceiling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Multiply-adds between registers: ten chains, more than latency times units of any core. */
final class MultiplyAdds {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 10;
  private static final int TIMES = 1 << 18;
  private static final long NANOS = 500_000_000;

  private final Team team;
  private final float[] sums;

  MultiplyAdds(Team team) {
    this.team = team;
    this.sums = new float[team.size()];
  }

  double gigaflops() throws Exception {
    double flops = 2.0 * CHAINS * TIMES * SPECIES.length() * team.size();
    return flops / Measured.medianNanos(() -> team.run(i -> sums[i] = chains(i)), NANOS);
  }

  private static float chains(float start) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector a = FloatVector.broadcast(SPECIES, start);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    FloatVector e = a;
    FloatVector f = a;
    FloatVector g = a;
    FloatVector h = a;
    FloatVector i = a;
    FloatVector j = a;
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
