package dev.carousel.update;

import dev.carousel.model.OnlineLearner;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Some epochs over corrections, and a measured answer to whether the model should be replaced by
 * what they made of it. Against forgetting there are three means: older examples among the new ones
 * ({@link Rehearsal}), a penalty that holds the parameters (the learner's), and a refusal ({@link
 * Guard}).
 *
 * @param learner what learns; the caller closes it
 * @param rehearsal what it learns from
 * @param epochs passes over the corrections, at least 1
 * @param guard null for none
 * @param score of a model on examples, 0 to 1, the higher the better
 * @param <X> an example
 * @param <M> a model
 */
public record Update<X, M>(
    OnlineLearner<X, M> learner,
    Rehearsal<X> rehearsal,
    int epochs,
    @Nullable Guard<X> guard,
    ToDoubleBiFunction<M, List<X>> score) {
  /**
   * A model and how it came about.
   *
   * @param model the updated one, whether or not it is to be kept; the caller closes it
   * @param figures what speaks for and against it
   */
  public record Result<M>(M model, UpdateFigures figures) {}

  /** Checks the range. */
  public Update {
    if (epochs < 1) {
      throw new IllegalArgumentException("an update needs at least 1 epoch, not " + epochs);
    }
  }

  /**
   * Learns and measures.
   *
   * @param before the model that the learner began with
   * @throws IllegalArgumentException if a correction has a label that the model has not
   */
  public Result<M> run(M before) {
    List<X> corrections = rehearsal.corrections();
    double known = score.applyAsDouble(before, corrections);
    double guarded = guarded(before);
    long steps = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (List<X> batch : rehearsal.epoch(epoch)) {
        learner.learn(batch);
        steps++;
      }
    }
    M model = learner.snapshot();
    UpdateFigures figures =
        new UpdateFigures(
            known,
            score.applyAsDouble(model, corrections),
            guarded,
            guarded(model),
            guard == null ? 0 : guard.tolerance(),
            learner.unknownTokens(corrections),
            steps);
    return new Result<>(model, figures);
  }

  private double guarded(M model) {
    return guard == null ? Double.NaN : score.applyAsDouble(model, guard.examples());
  }
}
