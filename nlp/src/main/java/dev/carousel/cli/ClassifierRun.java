package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.SourceFile;
import dev.carousel.data.Split;
import dev.carousel.report.ConfusionPng;
import dev.carousel.report.CurvesPng;
import dev.carousel.spi.Backend;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.ClassifierTrainer;
import dev.carousel.task.ClassifierTrainer.Fit;
import dev.carousel.task.ClassifierTrainer.Start;
import dev.carousel.task.Evaluation;
import dev.carousel.task.TextClassifier;
import dev.carousel.train.CsvLog;
import dev.carousel.train.ProgressBar;
import dev.carousel.train.TrainingEvent.Reason;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One training from data to a measured, saved model; shared by the verbs that train. */
final class ClassifierRun {
  private static final double NANOS = 1e9;

  private final Console console;
  private final ClassifierSettings settings;
  private final Backend backend;

  ClassifierRun(Console console, ClassifierSettings settings, Backend backend) {
    this.console = console;
    this.settings = settings;
    this.backend = backend;
  }

  /**
   * Trains, measures and saves.
   *
   * @param split what to learn from, and what selects the best epoch
   * @param test what to measure the result on; null for the selecting texts
   * @param folder where model, checkpoint and log go; null to keep nothing
   * @param start where to begin if there is a checkpoint
   */
  Outcome train(Split split, @Nullable DataSet test, @Nullable RunFolder folder, Start start)
      throws IOException {
    long begun = System.nanoTime();
    announce(split, test);
    SpeedMeter speed = new SpeedMeter();
    ClassifierTrainer trainer =
        new ClassifierTrainer(settings, backend)
            .listener(speed)
            .listener(new ProgressBar(console.err(), console.display()));
    Fit fit = fit(trainer, split, folder, start);
    try (TextClassifier model = fit.model()) {
      if (folder != null && fit.result().reason() == Reason.INTERRUPTED) {
        return new Outcome.Interrupted(folder);
      }
      Evaluation evaluation = model.evaluate(test == null ? split.heldOut() : test);
      if (folder != null) {
        save(model, test == null ? "dev" : "test", evaluation, folder);
      }
      double seconds = (System.nanoTime() - begun) / NANOS;
      return new Outcome.Finished(
          fit.result(), evaluation, backend.name(), seconds, speed.tokensPerSecond(), folder);
    }
  }

  private void announce(Split split, @Nullable DataSet test) {
    console.progress(
        "%d texts to learn from, %d to select by%s; backend %s, %s"
            .formatted(
                split.train().size(),
                split.heldOut().size(),
                test == null ? "" : ", " + test.size() + " to measure on",
                backend.name(),
                settings.precision()));
  }

  private Fit fit(ClassifierTrainer trainer, Split split, @Nullable RunFolder folder, Start start)
      throws IOException {
    if (folder == null) {
      return trainer.fit(split.train(), split.heldOut());
    }
    RunFolder.Identity identity = identity(split);
    if (start == Start.RESUME) {
      folder.resume(identity);
    } else {
      folder.begin(identity);
    }
    trainer
        .checkpoint(folder.checkpoint(), start)
        .listener(new CsvLog(folder.log(), InstantSource.system()))
        .listener(new CurvesPng(folder.log(), folder.curves(), console::progress));
    try (Interrupts interrupts = new Interrupts()) {
      return trainer.stopSignal(interrupts.stop()).fit(split.train(), split.heldOut());
    }
  }

  private RunFolder.Identity identity(Split split) {
    SortedMap<String, String> data = new TreeMap<>();
    for (DataSet set : new DataSet[] {split.train(), split.heldOut()}) {
      for (SourceFile file : set.sources()) {
        data.put(file.name(), file.sha256());
      }
    }
    return new RunFolder.Identity(settings.describe(), data);
  }

  private void save(TextClassifier model, String set, Evaluation evaluation, RunFolder folder) {
    if (evaluation.confusion() != null) {
      String title = String.format(Locale.ROOT, "%s: accuracy %.4f", set, evaluation.accuracy());
      ConfusionPng.write(folder.confusion(), title, evaluation.confusion())
          .ifPresent(console::progress);
    }
    model
        .withMetric(set + ".accuracy", evaluation.accuracy())
        .withMetric(set + ".macroF1", evaluation.macroF1())
        .withMetric(set + ".loss", evaluation.loss())
        .save(folder.model());
  }
}
