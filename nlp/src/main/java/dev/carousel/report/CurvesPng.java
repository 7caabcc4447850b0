package dev.carousel.report;

import dev.carousel.train.CsvLog;
import dev.carousel.train.TrainingEvent;
import dev.carousel.train.TrainingListener;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Draws the curves of a training from its {@link CsvLog}: losses, metrics and learning rate over
 * optimizer steps. As the log survives a restart, so do the curves.
 *
 * <p>As a listener it redraws the picture at the end of each epoch. It must come after the {@code
 * CsvLog} in the list of listeners. If it cannot draw, it says so once and keeps quiet.
 */
public final class CurvesPng implements TrainingListener {
  private final Path log;
  private final Path file;
  private final Consumer<String> notices;
  private boolean failed;

  /**
   * A listener.
   *
   * @param log what the {@code CsvLog} writes
   * @param file the picture
   * @param notices takes the one sentence that says why there is no picture
   */
  public CurvesPng(Path log, Path file, Consumer<String> notices) {
    this.log = log;
    this.file = file;
    this.notices = notices;
  }

  /**
   * Draws the curves of {@code log} and replaces {@code file} by the picture.
   *
   * @return why it could not be done, as one sentence for the user; empty if it was
   */
  public static Optional<String> write(Path log, Path file) {
    return ChartFile.write(
        file,
        () -> {
          Curves curves = new Curves();
          CsvLog.read(log, curves::add);
          return CurveCharts.png(curves);
        });
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    redraw();
  }

  @Override
  public void onEnd(TrainingEvent.Ended event) {
    redraw();
  }

  private void redraw() {
    if (!failed) {
      Optional<String> problem = write(log, file);
      problem.ifPresent(notices);
      failed = problem.isPresent();
    }
  }
}
