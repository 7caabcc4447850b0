package dev.carousel.lm;

import dev.carousel.autograd.Eval;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.model.EvalPool;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.CarriedState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cross entropy of a stream under a model. Any number of threads. */
final class LanguageScorer {
  private static final int MOST_LOGITS = 1 << 22;
  private static final int MOST_STEPS = 128;
  private static final int MOST_WINDOWS = 256;

  private final LanguageNetwork network;
  private final EvalPool evals;
  private final int context;

  /**
   * A scorer.
   *
   * @param context tokens that a prediction looks at; 0 where the state is carried
   */
  LanguageScorer(LanguageNetwork network, EvalPool evals, int context) {
    this.network = network;
    this.evals = evals;
    this.context = context;
  }

  /**
   * The sum of −ln p over all tokens but the first.
   *
   * @param rows pieces of the stream that are read side by side, each from a state of zeros; with 1
   *     every token has all that comes before it
   */
  double nats(int[] stream, int rows) {
    return context > 0 ? sliding(stream) : carried(stream, rows);
  }

  private double carried(int[] stream, int rows) {
    int length = (stream.length - 2) / rows + 1;
    int steps = atMost(MOST_STEPS, rows);
    double nats = 0;
    try (CarriedState state =
        evals.run(e -> new CarriedState(e.backend(), network.parts(), rows))) {
      for (int from = 0; from < length; from += steps) {
        int to = Math.min(length, from + steps);
        Window window = Window.ofStream(stream, rows, length, from, to);
        nats += evals.run(eval -> sum(eval, window, state));
      }
    }
    return nats;
  }

  /** So many steps or windows, or fewer where their one-hot tokens or logits would be too many. */
  private int atMost(int limit, int each) {
    return (int) Math.max(1, Math.min(limit, MOST_LOGITS / ((long) each * network.words())));
  }

  private double sum(Eval eval, Window window, CarriedState state) {
    List<StateVar> last = new ArrayList<>();
    Lengths lengths = Lengths.full(window.steps(), window.rows());
    Inputs step = Inputs.ofStep(eval);
    Tensor inputs = network.upload(step, window.inputs(), window.steps(), window.rows());
    Var h = network.hidden(eval, inputs, lengths, state.begin(eval), last);
    state.keep(last);
    Tensor targets = step.upload(window.targets(), window.steps(), window.rows());
    return sum(eval, network.logits(eval, h), targets);
  }

  private static double sum(Eval eval, Var logits, Tensor targets) {
    Tensor loss = eval.softmaxLoss(logits, targets, LossOptions.PLAIN);
    float[] sumAndWeight = new float[2];
    eval.backend().memory().download(loss, sumAndWeight, 0);
    return sumAndWeight[0];
  }

  private double sliding(int[] stream) {
    int batch = atMost(MOST_WINDOWS, context);
    double nats = 0;
    for (int from = 1; from < stream.length; from += batch) {
      int first = from;
      int end = Math.min(stream.length, from + batch);
      nats += evals.run(eval -> afterWindows(eval, stream, first, end));
    }
    return nats;
  }

  /** Tokens {@code from} to {@code to}, each after at most {@code context} tokens. */
  private double afterWindows(Eval eval, int[] stream, int from, int to) {
    int rows = to - from;
    int[] inputs = new int[context * rows];
    Arrays.fill(inputs, -1);
    int[] lengths = new int[rows];
    for (int n = 0; n < rows; n++) {
      int target = from + n;
      lengths[n] = Math.min(context, target);
      for (int t = 0; t < lengths[n]; t++) {
        inputs[t * rows + n] = stream[target - lengths[n] + t];
      }
    }
    Inputs step = Inputs.ofStep(eval);
    Lengths ragged = Lengths.of(context, lengths, step.upload(lengths, rows));
    Tensor windows = network.upload(step, inputs, context, rows);
    Var h = network.hidden(eval, windows, ragged, null, new ArrayList<>());
    Var last = eval.pool(Pooling.LAST, Direction.FORWARD, h, ragged);
    int[] targets = Arrays.copyOfRange(stream, from, to);
    return sum(eval, network.logits(eval, last), step.upload(targets, rows));
  }

  /**
   * The logits after {@code ids}, which follow what {@code state} has read; the state goes on.
   *
   * @param ids at least one
   * @param logits written, [V]
   */
  void advance(int[] ids, CarriedState state, float[] logits) {
    evals.run(
        eval -> {
          List<StateVar> last = new ArrayList<>();
          Lengths lengths = Lengths.full(ids.length, 1);
          Var h = network.hidden(eval, row(eval, ids), lengths, state.begin(eval), last);
          state.keep(last);
          return download(eval, h, lengths, logits);
        });
  }

  /**
   * The logits after {@code ids} alone.
   *
   * @param ids at least one
   * @param logits written, [V]
   */
  void after(int[] ids, float[] logits) {
    evals.run(
        eval -> {
          Lengths lengths = Lengths.full(ids.length, 1);
          Var h = network.hidden(eval, row(eval, ids), lengths, null, new ArrayList<>());
          return download(eval, h, lengths, logits);
        });
  }

  private Tensor row(Eval eval, int[] ids) {
    return network.upload(Inputs.ofStep(eval), ids, ids.length, 1);
  }

  private float[] download(Eval eval, Var h, Lengths lengths, float[] logits) {
    Var last = eval.pool(Pooling.LAST, Direction.FORWARD, h, lengths);
    eval.backend().memory().download(network.logits(eval, last).value(), logits, 0);
    return logits;
  }

  /** A state of zeros for one reader; the caller closes it. */
  CarriedState state() {
    return evals.run(eval -> new CarriedState(eval.backend(), network.parts(), 1));
  }

  /** Tokens that a prediction looks at; 0 where the state is carried. */
  int context() {
    return context;
  }
}
