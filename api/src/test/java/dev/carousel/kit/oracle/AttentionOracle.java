package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Dot-product attention. Names of its results: {@code weights}, {@code out}, {@code dq}, {@code
 * dk}, {@code dv}.
 *
 * @param keys how many of the keys of each row are real
 * @param q [Q, N, K]
 * @param k [T, N, K]
 * @param v [T, N, C]
 * @param dOut [Q, N, C]
 */
@SuppressWarnings("ArrayRecordComponent") // flat buffers, never compared
public record AttentionOracle(
    int[] keys,
    int queries,
    int steps,
    double scale,
    double[] q,
    double[] k,
    double[] v,
    double[] dOut) {

  /** Every result. */
  public Outcome outcome() {
    return new Computation().outcome();
  }

  private final class Computation {
    private final Derivation derivation = new Derivation();
    private final Real[] qs = derivation.given(q, 0, q.length);
    private final Real[] ks = derivation.given(k, 0, k.length);
    private final Real[] vs = derivation.given(v, 0, v.length);
    private final Real[] out = new Real[dOut.length];
    private final double[] weights = new double[queries * keys.length * steps];

    Outcome outcome() {
      Arrays.fill(out, derivation.given(0));
      for (int at = 0; at < queries * keys.length; at++) {
        query(at, at % keys.length);
      }
      Derivation.seed(out, dOut);
      derivation.backward();
      Outcome o = new Outcome();
      o.put("weights", weights);
      o.put("out", Derivation.values(out));
      o.put("dq", Derivation.gradients(qs));
      o.put("dk", Derivation.gradients(ks));
      o.put("dv", Derivation.gradients(vs));
      return o;
    }

    /** Query {@code at} of the Q·N, which belongs to row {@code n}. */
    private void query(int at, int n) {
      if (keys[n] == 0) {
        return;
      }
      int rows = keys.length;
      int width = q.length / (queries * rows);
      int features = v.length / (steps * rows);
      List<Real> scores = new ArrayList<>();
      for (int t = 0; t < keys[n]; t++) {
        scores.add(derivation.dot(part(qs, at, width), part(ks, t * rows + n, width)).times(scale));
      }
      Real total = derivation.logSumExp(scores);
      Real[] p = scores.stream().map(s -> s.minus(total).exp()).toArray(Real[]::new);
      for (int t = 0; t < p.length; t++) {
        weights[at * steps + t] = p[t].value();
      }
      for (int c = 0; c < features; c++) {
        Real[] column = new Real[p.length];
        for (int t = 0; t < p.length; t++) {
          column[t] = vs[(t * rows + n) * features + c];
        }
        out[at * features + c] = derivation.dot(p, column);
      }
    }

    private static Real[] part(Real[] all, int index, int width) {
      return Arrays.copyOfRange(all, index * width, (index + 1) * width);
    }
  }
}
