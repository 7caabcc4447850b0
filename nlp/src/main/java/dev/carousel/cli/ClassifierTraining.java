package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.SourceFile;
import dev.carousel.data.Split;
import dev.carousel.embed.WordVectors;
import dev.carousel.lm.Pretrained;
import dev.carousel.model.TaskTrainer;
import dev.carousel.report.ConfusionPng;
import dev.carousel.spi.Backend;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.ClassifierTrainer;
import dev.carousel.task.ClassifierTrainer.Fit;
import dev.carousel.task.Evaluation;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The training of a text classifier.
 *
 * @param split what to learn from, and what selects the best epoch
 * @param test what to measure the result on; null for the selecting texts
 * @param settings how to learn
 * @param vectors what words begin with; null for random features
 * @param from the language model to begin with; null for none
 */
record ClassifierTraining(
    Split split,
    @Nullable DataSet test,
    ClassifierSettings settings,
    @Nullable WordVectors vectors,
    @Nullable Pretrained from)
    implements Training<Evaluation> {

  @Override
  public String announcement() {
    return "%d texts to learn from, %d to select by%s"
        .formatted(
            split.train().size(),
            split.heldOut().size(),
            test == null ? "" : ", " + test.size() + " to measure on");
  }

  @Override
  public List<SourceFile> data() {
    List<SourceFile> all = new ArrayList<>(split.train().sources());
    all.addAll(split.heldOut().sources());
    if (vectors != null) {
      all.add(vectors.source());
    }
    if (from != null) {
      all.add(from.source());
    }
    return all;
  }

  @Override
  public Trained<Evaluation> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    ClassifierTrainer trainer = new ClassifierTrainer(settings, backend);
    if (from != null) {
      trainer.from(from);
    }
    if (vectors != null) {
      trainer.vectors(vectors);
    }
    prepare.accept(trainer);
    Fit fit = trainer.fit(split.train(), split.heldOut());
    return new Classifier(
        fit, test == null ? "dev" : "test", test == null ? split.heldOut() : test);
  }

  /** What was trained, and what it is measured on. */
  private record Classifier(Fit fit, String measuredOn, DataSet measured)
      implements Trained<Evaluation> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public Evaluation measure() {
      return fit.model().evaluate(measured);
    }

    @Override
    public void save(Path directory, Map<String, Double> metrics) {
      fit.model().withMetrics(metrics).save(directory);
    }

    @Override
    public void draw(Evaluation evaluation, RunFolder folder, Console console) {
      if (evaluation.confusion() != null) {
        String title =
            String.format(Locale.ROOT, "%s: accuracy %.4f", measuredOn, evaluation.accuracy());
        ConfusionPng.write(folder.confusion(), title, evaluation.confusion())
            .ifPresent(console::progress);
      }
    }

    @Override
    public void close() {
      fit.model().close();
    }
  }
}
