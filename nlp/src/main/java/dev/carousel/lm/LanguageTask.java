package dev.carousel.lm;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.lm.LanguageLearning.LossMean;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pooling;
import dev.carousel.tensor.Tensor;
import dev.carousel.train.CarriedState;
import dev.carousel.train.StagedTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of a window: of all its steps from the carried state, or of the token after it. */
final class LanguageTask implements StagedTask<Window, LanguageTask.Tensors>, AutoCloseable {
  private final LanguageNetwork network;
  private final LanguageLearning learning;
  private final LanguageRegularisation regularisation;
  private final @Nullable CarriedState carried;

  LanguageTask(Backend backend, LanguageNetwork network, LanguageSettings settings) {
    this.network = network;
    this.learning = settings.learning();
    this.regularisation = settings.regularisation();
    this.carried =
        learning.unrolling().context() > 0
            ? null
            : new CarriedState(backend, network.parts(), learning.rows());
  }

  /** A window's tokens, and of each step or each row the token after it. */
  record Tensors(Tensor inputs, Tensor targets, Lengths lengths) {}

  @Override
  public Tensors upload(Inputs to, Window window) {
    int steps = window.steps();
    int rows = window.rows();
    return new Tensors(
        network.upload(to, window.inputs(), steps, rows),
        carried == null
            ? to.upload(window.targets(), rows)
            : to.upload(window.targets(), steps, rows),
        Lengths.full(steps, rows));
  }

  @Override
  public Tensor launch(Ops ops, Tensors window, double weight) {
    return carried == null
        ? afterLast(ops, window, weight)
        : ofAllSteps(ops, window, weight, carried);
  }

  private Tensor ofAllSteps(Ops ops, Tensors window, double weight, CarriedState state) {
    List<StateVar> last = new ArrayList<>();
    Lengths lengths = window.lengths();
    Var h = network.hidden(ops, window.inputs(), lengths, state.begin(ops), last);
    state.keep(last);
    Var dropped = network.dropped(ops, h);
    ops.penalizeSize(dropped, weight * regularisation.size());
    ops.penalizeChange(h, weight * regularisation.change());
    double scale = learning.mean() == LossMean.ROW ? weight * lengths.maxSteps() : weight;
    return ops.softmaxLoss(
        network.logits(ops, dropped), window.targets(), LossOptions.PLAIN.withWeight(scale));
  }

  private Tensor afterLast(Ops ops, Tensors window, double weight) {
    Var h = network.hidden(ops, window.inputs(), window.lengths(), null, new ArrayList<>());
    Var dropped = network.dropped(ops, h);
    Var last = ops.pool(Pooling.LAST, Direction.FORWARD, dropped, window.lengths());
    return ops.softmaxLoss(
        network.logits(ops, last), window.targets(), LossOptions.PLAIN.withWeight(weight));
  }

  @Override
  public @Nullable CarriedState carried() {
    return carried;
  }

  @Override
  public boolean startsAnew(Window window) {
    return window.first();
  }

  @Override
  public double rateFactor(Window window) {
    Unrolling u = learning.unrolling();
    return u.kind() == Unrolling.Kind.DRAWN ? window.steps() / (double) u.steps() : 1;
  }

  @Override
  public double rows(Window window) {
    return window.targets().length;
  }

  @Override
  public long tokens(Window window) {
    return window.targets().length;
  }

  @Override
  public void close() {
    if (carried != null) {
      carried.close();
    }
  }
}
