package dev.carousel.lm;

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
import dev.carousel.train.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of a window: of all its steps from the carried state, or of the token after it. */
final class LanguageTask implements TrainingTask<Window>, AutoCloseable {
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

  @Override
  public Tensor loss(Ops ops, Window window, double weight) {
    return carried == null
        ? afterLast(ops, window, weight)
        : ofAllSteps(ops, window, weight, carried);
  }

  private Tensor ofAllSteps(Ops ops, Window window, double weight, CarriedState state) {
    if (window.first()) {
      state.reset();
    }
    List<StateVar> last = new ArrayList<>();
    Lengths lengths = Lengths.full(window.steps(), window.rows());
    Var h = network.hidden(ops, window.inputs(), lengths, state.begin(ops), last);
    state.keep(last);
    Var dropped = network.dropped(ops, h);
    ops.penalizeSize(dropped, weight * regularisation.size());
    ops.penalizeChange(h, weight * regularisation.change());
    double scale = learning.mean() == LossMean.ROW ? weight * window.steps() : weight;
    Tensor targets = LanguageNetwork.upload(ops, window.targets(), window.steps(), window.rows());
    return ops.softmaxLoss(
        network.logits(ops, dropped), targets, LossOptions.PLAIN.withWeight(scale));
  }

  private Tensor afterLast(Ops ops, Window window, double weight) {
    Lengths lengths = Lengths.full(window.steps(), window.rows());
    Var h = network.hidden(ops, window.inputs(), lengths, null, new ArrayList<>());
    Var dropped = network.dropped(ops, h);
    Var last = ops.pool(Pooling.LAST, Direction.FORWARD, dropped, lengths);
    Tensor targets = LanguageNetwork.upload(ops, window.targets(), window.rows());
    return ops.softmaxLoss(
        network.logits(ops, last), targets, LossOptions.PLAIN.withWeight(weight));
  }

  @Override
  public @Nullable CarriedState carried() {
    return carried;
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
