package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.eval.Measurement;
import dev.carousel.model.Start;
import dev.carousel.model.TaskTrainer;
import dev.carousel.report.CurvesPng;
import dev.carousel.spi.Backend;
import dev.carousel.train.CsvLog;
import dev.carousel.train.ProgressBar;
import dev.carousel.train.TrainingEvent.Reason;
import dev.carousel.train.TrainingResult;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From a decided training to a measured, saved model; shared by the verbs that train. */
final class TrainingRun {
  private static final double NANOS = 1e9;

  private final Console console;
  private final Backend backend;

  TrainingRun(Console console, Backend backend) {
    this.console = console;
    this.backend = backend;
  }

  Console console() {
    return console;
  }

  /**
   * Trains, measures and saves.
   *
   * @param folder where model, checkpoint and log go; null to keep nothing
   * @param start where to begin if there is a checkpoint
   */
  <E extends Measurement> Outcome<E> train(
      Training<E> training, @Nullable RunFolder folder, Start start) throws IOException {
    long begun = System.nanoTime();
    console.progress(
        "%s; backend %s, %s"
            .formatted(training.announcement(), backend.name(), training.settings().precision()));
    SpeedMeter speed = new SpeedMeter();
    try (Trained<E> trained = fit(training, speed, folder, start, Integer.MAX_VALUE).trained()) {
      if (folder != null && trained.result().reason() == Reason.INTERRUPTED) {
        return new Outcome.Interrupted<>(folder);
      }
      E measured = trained.measure();
      if (folder != null) {
        save(trained, measured, folder);
      }
      double seconds = (System.nanoTime() - begun) / NANOS;
      return new Outcome.Finished<>(
          trained.result(), measured, backend.name(), seconds, speed.tokensPerSecond(), folder);
    }
  }

  /**
   * Trains up to the end of an epoch, leaving a checkpoint to go on from and no model. Nothing but
   * the selecting data is looked at.
   *
   * @param epochs counted from the training's beginning
   * @return empty if somebody stopped it before
   */
  Optional<TrainingResult> trainUpTo(
      Training<?> training, RunFolder folder, Start start, int epochs) throws IOException {
    console.progress(training.announcement());
    Fit<?> fit = fit(training, new SpeedMeter(), folder, start, epochs);
    try (Trained<?> trained = fit.trained()) {
      boolean stopped = trained.result().reason() == Reason.INTERRUPTED && !fit.limitReached();
      return stopped ? Optional.empty() : Optional.of(trained.result());
    }
  }

  /** A trained model, and whether it was the limit of epochs that ended its training. */
  private record Fit<E extends Measurement>(Trained<E> trained, boolean limitReached) {}

  private <E extends Measurement> Fit<E> fit(
      Training<E> training, SpeedMeter speed, @Nullable RunFolder folder, Start start, int epochs)
      throws IOException {
    Consumer<TaskTrainer<?>> listen =
        trainer ->
            trainer.listener(speed).listener(new ProgressBar(console.err(), console.display()));
    if (folder == null) {
      return new Fit<>(training.fit(backend, listen), false);
    }
    RunFolder.Identity identity = identity(training);
    if (start == Start.RESUME) {
      folder.resume(identity);
    } else {
      folder.begin(identity);
    }
    try (Interrupts interrupts = new Interrupts()) {
      EpochLimit limit = new EpochLimit(epochs, interrupts.stop());
      Trained<E> trained =
          training.fit(
              backend,
              listen.andThen(
                  trainer ->
                      trainer
                          .checkpoint(folder.checkpoint(), start)
                          .stopSignal(interrupts.stop())
                          .listener(limit)
                          .listener(new CsvLog(folder.log(), InstantSource.system()))
                          .listener(
                              new CurvesPng(folder.log(), folder.curves(), console::progress))));
      return new Fit<>(trained, limit.reached());
    }
  }

  private static RunFolder.Identity identity(Training<?> training) {
    SortedMap<String, String> data = new TreeMap<>();
    for (SourceFile file : training.data()) {
      data.put(file.name(), file.sha256());
    }
    return new RunFolder.Identity(training.settings().describe(), data);
  }

  private <E extends Measurement> void save(Trained<E> trained, E measured, RunFolder folder) {
    trained.draw(measured, folder, console);
    Map<String, Double> metrics = new TreeMap<>();
    measured
        .figures()
        .forEach(
            (name, value) -> metrics.put(trained.measuredOn() + "." + name, value.doubleValue()));
    trained.save(folder.model(), metrics);
  }
}
