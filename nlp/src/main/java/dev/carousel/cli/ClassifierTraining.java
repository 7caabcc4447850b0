package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.SourceFile;
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
 * @param texts what to learn from, to select by and to measure on
 * @param settings how to learn
 * @param vectors what words begin with; null for random features
 * @param from the language model to begin with; null for none
 */
record ClassifierTraining(
    TextSets texts,
    ClassifierSettings settings,
    @Nullable WordVectors vectors,
    @Nullable Pretrained from)
    implements Training<Evaluation> {

  @Override
  public String announcement() {
    return texts.announcement();
  }

  @Override
  public List<SourceFile> data() {
    List<SourceFile> all = new ArrayList<>(texts.sources());
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
    Fit fit =
        texts.dev() == null ? trainer.fit(texts.train()) : trainer.fit(texts.train(), texts.dev());
    return new Classifier(fit, texts.measuredOn(), texts.measured());
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
