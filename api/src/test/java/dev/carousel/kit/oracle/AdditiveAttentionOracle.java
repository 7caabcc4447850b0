package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Additive attention. Names of its results: {@code weights}, {@code out}, {@code dq}, {@code dk},
 * {@code dv}, {@code dEnergy}.
 *
 * @param operands shapes, scale, q, k, v and dOut, as for dot products
 * @param energy [K]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record AdditiveAttentionOracle(AttentionOracle operands, double[] energy) {

  /** Every result. */
  public Outcome outcome() {
    return new Computation().outcome();
  }

  private final class Computation {
    private final AttentionOracle o = operands;
    private final int rows = o.keys().length;
    private final int width = energy.length;
    private final int features = o.v().length / (o.steps() * rows);
    private final Derivation derivation = new Derivation();
    private final Real[] qs = derivation.given(o.q(), 0, o.q().length);
    private final Real[] ks = derivation.given(o.k(), 0, o.k().length);
    private final Real[] vs = derivation.given(o.v(), 0, o.v().length);
    private final Real[] es = derivation.given(energy, 0, width);
    private final Real[] out = new Real[o.dOut().length];
    private final double[] weights = new double[o.queries() * rows * o.steps()];

    Outcome outcome() {
      Arrays.fill(out, derivation.given(0));
      for (int at = 0; at < o.queries() * rows; at++) {
        query(at, at % rows);
      }
      Derivation.seed(out, o.dOut());
      derivation.backward();
      Outcome result = new Outcome();
      result.put("weights", weights);
      result.put("out", Derivation.values(out));
      result.put("dq", Derivation.gradients(qs));
      result.put("dk", Derivation.gradients(ks));
      result.put("dv", Derivation.gradients(vs));
      result.put("dEnergy", Derivation.gradients(es));
      return result;
    }

    private void query(int at, int n) {
      if (o.keys()[n] == 0) {
        return;
      }
      List<Real> scores = new ArrayList<>();
      for (int t = 0; t < o.keys()[n]; t++) {
        scores.add(score(at, t * rows + n).times(o.scale()));
      }
      Real total = derivation.logSumExp(scores);
      Real[] p = scores.stream().map(s -> s.minus(total).exp()).toArray(Real[]::new);
      for (int t = 0; t < p.length; t++) {
        weights[at * o.steps() + t] = p[t].value();
      }
      for (int c = 0; c < features; c++) {
        Real[] column = new Real[p.length];
        for (int t = 0; t < p.length; t++) {
          column[t] = vs[(t * rows + n) * features + c];
        }
        out[at * features + c] = derivation.dot(p, column);
      }
    }

    private Real score(int query, int key) {
      Real[] hidden = new Real[width];
      for (int j = 0; j < width; j++) {
        hidden[j] = qs[query * width + j].plus(ks[key * width + j]).tanh();
      }
      return derivation.dot(es, hidden);
    }
  }
}
