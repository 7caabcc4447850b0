package dev.carousel.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a trainer tells its listeners. Every number is on the host already; none costs a wait. */
public sealed interface TrainingEvent {

  /** Where in the run the event happened. */
  Position at();

  /**
   * A place in a run.
   *
   * @param epoch the running epoch, from 0 on
   * @param epochs how many are planned
   * @param step optimizer steps done within this epoch
   * @param steps optimizer steps that make up this epoch
   * @param totalSteps optimizer steps done since the run began, across restarts
   */
  record Position(int epoch, int epochs, int step, int steps, long totalSteps) {
    /** Refuses negative numbers and steps beyond the end of the epoch. */
    public Position {
      if (epoch < 0 || epochs < epoch || step < 0 || steps < step || totalSteps < step) {
        throw new IllegalArgumentException(
            "no place in a run: epoch %d of %d, step %d of %d, %d in all"
                .formatted(epoch, epochs, step, steps, totalSteps));
      }
    }
  }

  /** Training begins at {@code at}, or goes on from there after a restart. */
  record Started(Position at) implements TrainingEvent {}

  /** An epoch begins. */
  record EpochStarted(Position at) implements TrainingEvent {}

  /**
   * Some optimizer steps are done. As the loss is read from the device only now and then, one event
   * may stand for several steps.
   *
   * @param tokens real tokens (no padding) seen since the previous event
   * @param loss mean over the steps since the previous event
   * @param learningRate of the last of these steps
   * @param gradientNorm global L2 norm before clipping, in the last of these steps; NaN if not
   *     measured
   */
  record Stepped(Position at, long tokens, double loss, double learningRate, double gradientNorm)
      implements TrainingEvent {}

  /**
   * The gradients of an optimizer step, told after it if {@link Housekeeping#gradientsEvery} asks
   * for them.
   *
   * @param norms L2 norm of each parameter's gradient before clipping, by the parameter's name in
   *     the order of the model; without frozen parameters
   */
  record Gradients(Position at, Map<String, Double> norms) implements TrainingEvent {
    /** Copies the norms. */
    public Gradients {
      norms = Collections.unmodifiableMap(new LinkedHashMap<>(norms));
    }
  }

  /**
   * The model was evaluated.
   *
   * @param set on what: {@code dev}, {@code test} …
   * @param metrics by name, e.g. {@code loss}, {@code f1}
   * @param verdict whether this is the best evaluation so far
   */
  record Evaluated(Position at, String set, Map<String, Double> metrics, Verdict verdict)
      implements TrainingEvent {
    /** Copies the metrics, sorted by name. */
    public Evaluated {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
  }

  /** How an evaluation compares with those before it. */
  enum Verdict {
    /** Better than all before. */
    BEST,
    /** Not better. */
    NOT_BETTER,
    /** The set takes no part in model selection. */
    NOT_COMPARED
  }

  /**
   * An epoch is over.
   *
   * @param loss mean training loss of the epoch
   * @param seconds wall-clock time of the epoch
   */
  record EpochEnded(Position at, double loss, double seconds) implements TrainingEvent {}

  /**
   * Training is over.
   *
   * @param reason why
   * @param seconds wall-clock time since {@link Started}
   */
  record Ended(Position at, Reason reason, double seconds) implements TrainingEvent {}

  /** Why training ended. */
  enum Reason {
    /** All planned epochs are done. */
    COMPLETED,
    /** {@link EarlyStopping} saw no progress. */
    NO_PROGRESS,
    /** The user or the system asked the process to stop; a checkpoint was written. */
    INTERRUPTED
  }
}
