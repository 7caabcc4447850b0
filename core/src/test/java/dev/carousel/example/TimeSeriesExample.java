package dev.carousel.example;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Plans;
import dev.carousel.autograd.Tape;
import dev.carousel.autograd.Var;
import dev.carousel.nn.Linear;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Penalty;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.Adam;
import dev.carousel.train.Optimizer;

/** Forecasts the chaotic series of Mackey and Glass (1977) twelve steps ahead. */
public final class TimeSeriesExample {
  private static final int AHEAD = 12;
  private static final int STEPS = 60;
  private static final int SILENT = 20; // first steps of a window, which have seen too little
  private static final int UNITS = 24;

  /** Root mean squared errors of the network, and of expecting that nothing changes. */
  record Errors(double network, double persistence) {}

  /** Prints both errors. */
  public static void main(String[] args) {
    try (Backend backend = Backends.best()) {
      System.out.println(compare(backend));
    }
  }

  static Errors compare(Backend backend) {
    float[] series = mackeyGlass(2600);
    Windows train = new Windows(series, 0, 32);
    Windows test = new Windows(series, 32 * STEPS + AHEAD, 10);
    ParameterSet.Builder set = ParameterSet.builder();
    Recurrent lstm = new Recurrent(set, "lstm", RecurrentSettings.lstm(1, UNITS));
    Linear head = new Linear(set, "head", UNITS, 1);
    try (ParameterSet parameters = set.build(backend, 1);
        Plans plans = new Plans(backend.rnn(), 4);
        Tape tape = new Tape(backend, plans, 1L << 28, 1);
        Eval eval = new Eval(backend, plans, 1L << 28);
        Optimizer adam = new Optimizer(parameters, Adam.DEFAULT, 1.0)) {
      for (int step = 0; step < 250; step++) {
        tape.begin();
        parameters.zeroGradients();
        loss(tape, lstm, head, train);
        tape.backward();
        adam.step(0.01);
      }
      eval.begin();
      float[] sumAndCount = new float[2];
      backend.memory().download(loss(eval, lstm, head, test), sumAndCount, 0);
      return new Errors(Math.sqrt(sumAndCount[0] / sumAndCount[1]), test.persistence());
    }
  }

  /** The squared error of predictions [T, N, 1] from dense input [T, N, 1]. */
  private static Tensor loss(Ops ops, Recurrent lstm, Linear head, Windows windows) {
    Inputs inputs = Inputs.ofStep(ops);
    int n = windows.count();
    Var x = ops.constant(inputs.upload(windows.values(0), STEPS, n, 1));
    Var y = head.apply(ops, lstm.apply(ops, x, Lengths.full(STEPS, n)));
    Tensor target = inputs.upload(windows.values(AHEAD), STEPS, n, 1);
    return ops.regressionLoss(y, target, Penalty.SQUARED, 1);
  }

  /** Windows of the series, one after the other from {@code start}, time-major. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Windows(float[] series, int start, int count) {
    /**
     * The values so many steps later; as targets NaN, which count nothing, where it is too early.
     */
    float[] values(int later) {
      float[] values = new float[STEPS * count];
      for (int t = 0; t < STEPS; t++) {
        for (int n = 0; n < count; n++) {
          boolean counts = later == 0 || t >= SILENT;
          values[t * count + n] = counts ? series[start + n * STEPS + t + later] : Float.NaN;
        }
      }
      return values;
    }

    double persistence() {
      float[] now = values(0);
      float[] later = values(AHEAD);
      double sum = 0;
      for (int i = SILENT * count; i < now.length; i++) {
        sum += Math.pow(now[i] - later[i], 2);
      }
      return Math.sqrt(sum / (now.length - SILENT * count));
    }
  }

  /** x' = 0.2 x(t − 17) / (1 + x(t − 17)¹⁰) − 0.1 x, a value each unit of time, around 0. */
  private static float[] mackeyGlass(int length) {
    int perUnit = 10;
    int delay = 17 * perUnit;
    int begin = 300 * perUnit;
    double[] x = new double[begin + length * perUnit];
    java.util.Arrays.fill(x, 0, delay + 1, 1.2);
    for (int i = delay; i + 1 < x.length; i++) {
      double past = x[i - delay];
      x[i + 1] = x[i] + (0.2 * past / (1 + Math.pow(past, 10)) - 0.1 * x[i]) / perUnit;
    }
    float[] series = new float[length];
    for (int i = 0; i < length; i++) {
      series[i] = (float) (x[begin + i * perUnit] - 0.9);
    }
    return series;
  }

  private TimeSeriesExample() {}
}
