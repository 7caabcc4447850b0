package dev.carousel.kit.oracle;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.RnnSpec;
import java.util.Arrays;

/**
 * A recurrent network, step by step and row by row. Names of its results: {@code y}, {@code
 * last.h}, {@code last.c}, {@code dx}, {@code dInitial.h}, {@code dInitial.c}, {@code dWeights}.
 */
public final class RnnOracle {
  private final Derivation derivation = new Derivation();
  private final RnnCase c;
  private final RnnSpec spec;
  private final RnnData data;
  private final Real[] x;
  private final Real[] weights;
  private final Real[] h0;
  private final Real[] c0;
  private final Real[] lastH;
  private final Real[] lastC;

  private RnnOracle(RnnCase c, RnnData data) {
    this.c = c;
    this.spec = c.spec();
    this.data = data;
    x = derivation.given(data.x(), 0, data.x().length);
    weights = derivation.given(data.weights(), 0, data.weights().length);
    h0 = derivation.given(data.h0(), 0, data.h0().length);
    c0 = derivation.given(data.c0(), 0, data.c0().length);
    lastH = new Real[h0.length];
    lastC = new Real[c0.length];
  }

  /** Every result of the case, wanted or not; what it does not give (initial, dLast) is zero. */
  public static Outcome of(RnnCase c, RnnData data) {
    return new RnnOracle(c, data).outcome();
  }

  private Outcome outcome() {
    Real[] y = x;
    for (int layer = 0; layer < spec.layers(); layer++) {
      y = layer(layer, y);
    }
    Derivation.seed(y, realSteps(data.dy(), spec.outputSize()));
    Derivation.seed(lastH, data.dLastH());
    Derivation.seed(lastC, data.dLastC());
    derivation.backward();
    Outcome all = new Outcome();
    all.put("y", Derivation.values(y));
    all.put("last.h", Derivation.values(lastH));
    all.put("dx", Derivation.gradients(x));
    all.put("dInitial.h", Derivation.gradients(h0));
    all.put("dWeights", Derivation.gradients(weights));
    if (spec.cell().hasCellState()) {
      all.put("last.c", Derivation.values(lastC));
      all.put("dInitial.c", Derivation.gradients(c0));
    }
    return all;
  }

  /** The values within the rows' lengths; zero beyond. */
  private double[] realSteps(double[] values, int features) {
    double[] real = values.clone();
    for (int t = 0; t < c.steps(); t++) {
      for (int n = 0; n < c.batch(); n++) {
        if (t >= data.length(n)) {
          int at = (t * c.batch() + n) * features;
          Arrays.fill(real, at, at + features, 0);
        }
      }
    }
    return real;
  }

  private Real[] layer(int layer, Real[] in) {
    Real[] out = new Real[c.steps() * c.batch() * spec.outputSize()];
    Arrays.fill(out, derivation.given(0));
    for (int d = 0; d < spec.direction().count(); d++) {
      OracleCell cell = new OracleCell(derivation, spec, layer, d, weights);
      for (int n = 0; n < c.batch(); n++) {
        row(cell, layer, d, n, in, out);
      }
    }
    return out;
  }

  private void row(OracleCell cell, int layer, int d, int n, Real[] in, Real[] out) {
    int p = spec.stateSize();
    int hidden = spec.cell().hasCellState() ? spec.hiddenSize() : 0;
    int features = spec.layerInput(layer);
    int block = (layer * spec.direction().count() + d) * c.batch() + n;
    OracleCell.State state =
        new OracleCell.State(part(h0, block * p, p), part(c0, block * hidden, hidden));
    int length = data.length(n);
    for (int s = 0; s < length; s++) {
      int at = (d == 0 ? s : length - 1 - s) * c.batch() + n;
      state = cell.step(part(in, at * features, features), state);
      System.arraycopy(state.h(), 0, out, at * spec.outputSize() + d * p, p);
    }
    System.arraycopy(state.h(), 0, lastH, block * p, p);
    System.arraycopy(state.c(), 0, lastC, block * hidden, hidden);
  }

  private static Real[] part(Real[] all, int from, int count) {
    return Arrays.copyOfRange(all, from, from + count);
  }
}
