package dev.carousel.train;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.RnnInit;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Linear;
import dev.carousel.nn.RecurrentStack;
import dev.carousel.nn.StackSettings;
import dev.carousel.nn.ValueDropout;
import dev.carousel.nn.ValueDropout.Kind;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A language model of random letters, in windows of drawn lengths, with a carried state and all
 * that is dropped or penalised on the way.
 */
final class Windows implements StagedTask<Windows.Window, Windows.Letters>, AutoCloseable {
  static final int AN_EPOCH = 3;

  private static final int LETTERS = 5;
  private static final int ROWS = 2;

  private final Backend backend;
  private final Embedding embedding;
  private final RecurrentStack stack;
  private final Linear output;
  private final ParameterSet parameters;
  private final CarriedState carried;

  /** Letters [steps + 1, N], of which each but the last predicts the next. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Window(int[] letters, int steps, boolean first) {}

  Windows() {
    this(Backends.named("reference", 1));
  }

  /** On a backend that it closes. */
  Windows(Backend backend) {
    this.backend = backend;
    ParameterSet.Builder set = ParameterSet.builder();
    embedding = new Embedding(set, "embedding", LETTERS, 3, Init.normal(1));
    ValueDropout between = new ValueDropout(Kind.LOCKED, 0.2);
    stack =
        new RecurrentStack(
            set,
            "rnn",
            new StackSettings(
                Cell.LSTM, 3, List.of(6, 5), between, 0.3, RnnInit.DEFAULT, CellVariant.PLAIN));
    output = new Linear(set, "output", 5, LETTERS);
    parameters = set.build(backend, 5);
    carried = new CarriedState(backend, stack.parts(), ROWS);
  }

  ParameterSet parameters() {
    return parameters;
  }

  static Batches<Window> epoch(int epoch) {
    return new Batches<>() {
      @Override
      public int size() {
        return AN_EPOCH;
      }

      @Override
      public Window get(int index) {
        SplittableRandom random = new SplittableRandom(100L * epoch + index);
        int steps = random.nextInt(2, 6);
        int[] letters = random.ints((steps + 1L) * ROWS, 0, LETTERS).toArray();
        return new Window(letters, steps, index == 0);
      }
    };
  }

  /** I32 [T, N] each. */
  record Letters(Tensor in, Tensor next) {}

  @Override
  public Letters upload(Inputs to, Window w) {
    int[] letters = w.letters();
    return new Letters(
        to.upload(Arrays.copyOf(letters, w.steps() * ROWS), w.steps(), ROWS),
        to.upload(Arrays.copyOfRange(letters, ROWS, letters.length), w.steps(), ROWS));
  }

  @Override
  public Tensor launch(Ops ops, Letters letters, double weight) {
    Tensor in = letters.in();
    int steps = in.shape().dim(0);
    List<StateVar> last = new ArrayList<>();
    Var x = ops.dropRows(in, embedding.apply(ops, in), 0.2);
    Var h = stack.apply(ops, x, Lengths.full(steps, ROWS), carried.begin(ops), last);
    carried.keep(last);
    Var dropped = ops.lockedDropout(h, 0.2);
    ops.penalizeSize(dropped, 0.1 * weight);
    ops.penalizeChange(h, 0.1 * weight);
    return ops.softmaxLoss(
        output.apply(ops, dropped), letters.next(), LossOptions.PLAIN.withWeight(weight));
  }

  @Override
  public CarriedState carried() {
    return carried;
  }

  @Override
  public boolean startsAnew(Window w) {
    return w.first();
  }

  @Override
  public double rateFactor(Window w) {
    return w.steps() / 4.0;
  }

  @Override
  public double rows(Window w) {
    return w.steps();
  }

  @Override
  public long tokens(Window w) {
    return (long) w.steps() * ROWS;
  }

  @Override
  public void close() {
    carried.close();
    parameters.close();
    backend.close();
  }
}
