package dev.carousel.cli;

import dev.carousel.cli.PairFlags.Sets;
import dev.carousel.data.PairSet;
import dev.carousel.data.SourceFile;
import dev.carousel.model.TaskSettings;
import dev.carousel.model.TaskTrainer;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.train.TrainingResult;
import dev.carousel.train.TrainingSettings;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationScores;
import dev.carousel.translate.TranslatorSettings;
import dev.carousel.translate.TranslatorTrainer;
import dev.carousel.translate.TranslatorTrainer.Fit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The training of a translator.
 *
 * @param sets what to learn from, to select by and to measure on
 * @param translator how to learn
 * @param options how the result is measured
 */
record TranslatorTraining(Sets sets, TranslatorSettings translator, TranslationOptions options)
    implements Training<TranslationScores> {

  @Override
  public String announcement() {
    PairSet test = sets.test();
    return "%d pairs to learn from, %d to select by%s"
        .formatted(
            sets.train().size(),
            sets.dev().size(),
            test == null ? "" : ", " + test.size() + " to measure on");
  }

  @Override
  public TaskSettings settings() {
    return new Drawn(translator, sets.draw());
  }

  /** The settings, and how the data was cut up: both must be the same for a run to be resumed. */
  private record Drawn(TranslatorSettings translator, Map<String, String> draw)
      implements TaskSettings {
    @Override
    public TrainingSettings training() {
      return translator.training();
    }

    @Override
    public Precision precision() {
      return translator.precision();
    }

    @Override
    public SortedMap<String, String> describe() {
      SortedMap<String, String> all = translator.describe();
      all.putAll(draw);
      return all;
    }
  }

  @Override
  public List<SourceFile> data() {
    return Stream.of(sets.train(), sets.dev())
        .flatMap(set -> set.sources().stream())
        .distinct()
        .toList();
  }

  @Override
  public Trained<TranslationScores> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    TranslatorTrainer trainer = new TranslatorTrainer(translator, backend);
    prepare.accept(trainer);
    PairSet test = sets.test();
    return new Measured(
        trainer.fit(sets.train(), sets.dev()),
        test == null ? "dev" : "test",
        test == null ? sets.dev() : test,
        options);
  }

  /** What was trained, and what it is measured on. */
  private record Measured(Fit fit, String measuredOn, PairSet data, TranslationOptions options)
      implements Trained<TranslationScores> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public TranslationScores measure() {
      return fit.model().evaluate(data, options);
    }

    @Override
    public void save(Path directory, Map<String, Double> metrics) {
      fit.model().withMetrics(metrics).save(directory);
    }

    @Override
    public void close() {
      fit.model().close();
    }
  }
}
