package dev.carousel.train;

import dev.carousel.train.Judge.Judgement;
import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingEvent.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link Trainer}, from its beginning or from a checkpoint to its end. Between two
 * steps things happen in this order: listeners hear of the steps, the model is evaluated, the
 * checkpoint is written. So a resumed run repeats what came after the checkpoint and nothing else.
 */
final class TrainingLoop<B> {
  private static final double NANOS = 1e-9;

  private final Trainer<B> trainer;
  private final TrainingSettings settings;
  private final TrainingStep<B> step;
  private final Judge judge;
  private final Interruption interruption;
  private final Thawing thawing;
  private Progress progress;
  private Batches<B> batches;
  private double learningRate;
  private long stepsSinceEvaluation;
  private boolean saved;

  /** A run that goes on from {@code from}, or begins if that is null. */
  TrainingLoop(Trainer<B> trainer, TrainingStep<B> step, Thawing thawing, @Nullable RunState from) {
    this.trainer = trainer;
    this.thawing = thawing;
    this.settings = trainer.settings();
    this.step = step;
    this.interruption = new Interruption(trainer.stop());
    this.saved = from != null;
    this.progress = from == null ? Progress.start(settings) : from.progress();
    this.judge =
        new Judge(trainer.evaluator(), settings, step, from == null ? null : from.bestValues());
    this.batches = batchesOfEpoch(trainer.source(), progress.epoch());
    if (from != null) {
      requireSameBatches(from.batches());
      step.restore(from);
    }
  }

  TrainingResult run() {
    long began = System.nanoTime();
    tell(l -> l.onStart(new TrainingEvent.Started(position())));
    while (reasonToEnd() == null) {
      epoch();
    }
    Reason reason = finish();
    tell(l -> l.onEnd(new TrainingEvent.Ended(position(), reason, secondsSince(began))));
    interruption.passOn();
    return new TrainingResult(
        reason, progress.epoch(), progress.step(), progress.best(), progress.bestStep());
  }

  private @Nullable Reason reasonToEnd() {
    Selection selection = settings.selection();
    if (progress.epoch() >= settings.limits().epochs() || stepLimitReached()) {
      return Reason.COMPLETED;
    }
    if (selection != null && selection.rule().shouldStop(progress.selection())) {
      return Reason.NO_PROGRESS;
    }
    return interruption.requested() ? Reason.INTERRUPTED : null;
  }

  private boolean stepLimitReached() {
    return progress.step() >= settings.limits().steps();
  }

  /** Runs the epoch, or what is left of it, to its end or until there is a reason to end. */
  private void epoch() {
    long began = System.nanoTime();
    if (progress.nextBatch() == 0) {
      step.meter().beginEpoch();
    }
    thawing.apply(progress.epoch());
    tell(l -> l.onEpochStart(new TrainingEvent.EpochStarted(position())));
    while (progress.nextBatch() < batches.size()) {
      if (reasonToEnd() != null) {
        return;
      }
      step();
    }
    evaluate();
    double loss = step.meter().epochMean();
    tell(l -> l.onEpochEnd(new TrainingEvent.EpochEnded(position(), loss, secondsSince(began))));
    progress = progress.nextEpoch();
    batches = batchesOfEpoch(trainer.source(), progress.epoch());
    save();
  }

  private void step() {
    List<B> group = new ArrayList<>();
    int end = Math.min(batches.size(), progress.nextBatch() + settings.accumulation());
    for (int i = progress.nextBatch(); i < end; i++) {
      group.add(batches.get(i));
    }
    learningRate = settings.schedule().rate(progress.moment(batches.size()), progress.schedule());
    step.accumulate(group);
    int gradientsEvery = trainer.housekeeping().gradientsEvery();
    Map<String, Double> norms =
        gradientsEvery > 0 && (progress.step() + 1) % gradientsEvery == 0
            ? step.gradientNorms()
            : null;
    step.update(learningRate);
    progress = progress.stepped(group.size());
    if (norms != null) {
      tell(l -> l.onGradients(new TrainingEvent.Gradients(position(), norms)));
    }
    stepsSinceEvaluation++;
    saved = false;
    lookAround();
  }

  /** Whatever is due after a step; at the end of an epoch or of the run that comes later anyway. */
  private void lookAround() {
    Housekeeping due = trainer.housekeeping();
    boolean last = progress.nextBatch() == batches.size() || stepLimitReached();
    boolean evaluate = !last && due(settings.limits().evaluateEvery());
    boolean checkpoint = !last && due(due.checkpointEvery());
    if (last || evaluate || checkpoint || due(due.readEvery())) {
      read();
    }
    if (evaluate) {
      evaluate();
    }
    if (checkpoint) {
      save();
    }
  }

  private boolean due(int every) {
    return every > 0 && progress.step() % every == 0;
  }

  private void read() {
    LossMeter.Reading r = step.meter().read();
    double norm = requireFinite(r.loss()).norm();
    tell(
        l ->
            l.onStep(
                new TrainingEvent.Stepped(position(), r.tokens(), r.loss(), learningRate, norm)));
  }

  /** Refuses a loss that is not finite, and gradients that were not since the run began. */
  private Optimizer.Reading requireFinite(double loss) {
    Optimizer.Reading gradients = step.gradients();
    if (!Double.isFinite(loss) || gradients.skipped() > 0) {
      throw new TrainingDivergedException(position(), loss, gradients, learningRate);
    }
    return gradients;
  }

  private void evaluate() {
    stepsSinceEvaluation = 0;
    Judgement j = judge.judge(progress);
    if (j != null) {
      progress = j.progress();
      tell(
          l ->
              l.onEvaluation(
                  new TrainingEvent.Evaluated(position(), "dev", j.metrics(), j.verdict())));
    }
  }

  private Reason finish() {
    if (stepLimitReached() && stepsSinceEvaluation > 0) {
      evaluate();
    }
    Reason reason = reasonToEnd();
    if (reason == null) {
      throw new AssertionError("a run ended without a reason");
    }
    save();
    if (reason != Reason.INTERRUPTED) {
      judge.restoreBest();
    }
    return reason;
  }

  private void save() {
    Path file = trainer.checkpoint();
    if (file == null || saved) {
      return;
    }
    RunState state =
        step.state(progress, thawing.frozen(progress.epoch()), batches.size(), judge.bestValues());
    requireFinite(state.loss().pendingSum());
    interruption.shield(
        () -> TrainingCheckpoint.write(file, trainer.parameters(), settings, state));
    saved = true;
  }

  private Position position() {
    int every = settings.accumulation();
    return new Position(
        progress.epoch(),
        settings.limits().epochs(),
        (progress.nextBatch() + every - 1) / every,
        (batches.size() + every - 1) / every,
        progress.step());
  }

  private void tell(Consumer<TrainingListener> what) {
    trainer.listeners().forEach(what);
  }

  private static double secondsSince(long nanoTime) {
    return NANOS * (System.nanoTime() - nanoTime);
  }

  private static <B> Batches<B> batchesOfEpoch(BatchSource<B> source, int epoch) {
    Batches<B> found = source.epoch(epoch);
    if (found.size() == 0) {
      throw new IllegalArgumentException("epoch " + epoch + " has no batches");
    }
    return found;
  }

  private void requireSameBatches(int expected) {
    if (batches.size() != expected) {
      throw new IllegalArgumentException(
          "epoch %d had %d batches when the checkpoint was written and has %d now: resume with the"
                  .formatted(progress.epoch(), expected, batches.size())
              + " same data and batch size");
    }
  }
}
