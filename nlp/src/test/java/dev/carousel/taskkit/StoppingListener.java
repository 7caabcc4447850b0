package dev.carousel.taskkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.train.StopSignal;
import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stops a training at a chosen kind of place, and checks that it did stop there. */
final class StoppingListener implements TrainingListener {
  /** Where. */
  enum StopAt {
    /** When the first epoch is over. */
    END_OF_EPOCH,
    /** At the first look at the loss that falls between two steps of an epoch. */
    WITHIN_EPOCH
  }

  private final StopAt where;
  private final StopSignal stop;
  private @Nullable Position ended;

  StoppingListener(StopAt where, StopSignal stop) {
    this.where = where;
    this.stop = stop;
  }

  @Override
  public void onStep(TrainingEvent.Stepped event) {
    if (where == StopAt.WITHIN_EPOCH && event.at().step() < event.at().steps()) {
      stop.request();
    }
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    if (where == StopAt.END_OF_EPOCH) {
      stop.request();
    }
  }

  @Override
  public void onEnd(TrainingEvent.Ended event) {
    ended = event.at();
  }

  void requireStoppedThere() {
    Position place = Objects.requireNonNull(ended, "the end of a training");
    assertThat(place.step() > 0).as(place.toString()).isEqualTo(where == StopAt.WITHIN_EPOCH);
  }
}
