package dev.carousel.cli;

import dev.carousel.data.Corpus;
import dev.carousel.data.SourceFile;
import dev.carousel.lm.LanguageEvaluation;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.lm.LanguageTrainer;
import dev.carousel.lm.LanguageTrainer.Fit;
import dev.carousel.lm.Pretrained;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The training of a language model.
 *
 * @param train what to learn from
 * @param dev what selects the best epoch
 * @param test what to measure the result on; null for the selecting text
 * @param settings how to learn
 * @param beginning what to begin with; null for nothing
 */
record LanguageTraining(
    Corpus train,
    Corpus dev,
    @Nullable Corpus test,
    LanguageSettings settings,
    @Nullable Beginning beginning)
    implements Training<LanguageEvaluation> {

  /**
   * A trained model to go on from.
   *
   * @param from the model
   * @param newTokens how often a token that it does not know must occur to be learned; 0 for never
   */
  record Beginning(Pretrained from, int newTokens) {}

  @Override
  public String announcement() {
    return String.format(
        Locale.ROOT,
        "%,d characters to learn from, %,d to select by%s",
        length(train),
        length(dev),
        test == null ? "" : String.format(Locale.ROOT, ", %,d to measure on", length(test)));
  }

  private static int length(Corpus text) {
    return text.text().codePointCount(0, text.text().length());
  }

  @Override
  public List<SourceFile> data() {
    Stream<SourceFile> read = Stream.of(train, dev).flatMap(text -> text.sources().stream());
    Stream<SourceFile> model = Stream.ofNullable(beginning).map(b -> b.from().source());
    return Stream.concat(read.distinct(), model).toList();
  }

  @Override
  public Trained<LanguageEvaluation> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    LanguageTrainer trainer = new LanguageTrainer(settings, backend);
    if (beginning != null) {
      trainer.from(beginning.from(), beginning.newTokens());
    }
    prepare.accept(trainer);
    Fit fit = trainer.fit(train, dev);
    return test == null ? new Model(fit, "dev", dev) : new Model(fit, "test", test);
  }

  /** What was trained, and what it is measured on. */
  private record Model(Fit fit, String measuredOn, Corpus measured)
      implements Trained<LanguageEvaluation> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public LanguageEvaluation measure() {
      return fit.model().evaluate(measured);
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
