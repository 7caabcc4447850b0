package dev.carousel.train;

/**
 * Hears what happens during training: progress bars, logs, curves.
 *
 * <p>The trainer calls its listeners one after the other on its own thread, in the order {@code
 * Started (EpochStarted Stepped* Evaluated* EpochEnded)* Evaluated* Ended}; evaluations and
 * gradients may also fall between two {@code Stepped}. A listener must not change the model. An
 * exception it throws ends the training: a listener that only decorates catches its own.
 */
public interface TrainingListener {

  /** Training begins or goes on. */
  default void onStart(TrainingEvent.Started event) {}

  /** An epoch begins. */
  default void onEpochStart(TrainingEvent.EpochStarted event) {}

  /** Some optimizer steps are done. */
  default void onStep(TrainingEvent.Stepped event) {}

  /** The gradients of a step, if somebody asked for them. */
  default void onGradients(TrainingEvent.Gradients event) {}

  /** The model was evaluated. */
  default void onEvaluation(TrainingEvent.Evaluated event) {}

  /** An epoch is over. */
  default void onEpochEnd(TrainingEvent.EpochEnded event) {}

  /** Training is over; not called when it fails with an exception. */
  default void onEnd(TrainingEvent.Ended event) {}
}
