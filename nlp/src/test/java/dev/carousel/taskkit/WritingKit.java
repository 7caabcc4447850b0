package dev.carousel.taskkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.train.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What tasks that write text promise besides.
 *
 * @param <M> the task's model
 */
public abstract class WritingKit<M extends AutoCloseable> extends TaskKit<M> {
  private final WritingTask<M> task;

  /** The kit for a task. */
  protected WritingKit(WritingTask<M> task) {
    super(task);
    this.task = task;
  }

  @Test
  void aStopSignalGivenBeforehandLetsNothingBeWritten() {
    StopSignal stop = new StopSignal();
    stop.request();
    WritingTask.Written written = task.write(trained(), stop);
    assertThat(written.tokens()).isZero();
    assertThat(written.stopped()).isTrue();
  }

  @Test
  void aSignalThatNobodyGivesLetsItWriteToTheEnd() {
    WritingTask.Written written = task.write(trained(), new StopSignal());
    assertThat(written.tokens()).isPositive();
    assertThat(written.stopped()).isFalse();
    assertThat(written).isEqualTo(task.write(trained(), StopSignal.after(Duration.ofHours(1))));
  }
}
