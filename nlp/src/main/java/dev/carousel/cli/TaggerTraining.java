package dev.carousel.cli;

import dev.carousel.data.SourceFile;
import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSplit;
import dev.carousel.embed.WordVectors;
import dev.carousel.lm.LanguageModel;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.tag.TaggerSettings;
import dev.carousel.tag.TaggerTrainer;
import dev.carousel.tag.TaggerTrainer.Fit;
import dev.carousel.tag.TaggingEvaluation;
import dev.carousel.train.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The training of a tagger.
 *
 * @param split what to learn from, and what selects the best epoch
 * @param test what to measure the result on; null for the selecting sentences
 * @param settings how to learn
 * @param vectors what words begin with; null for random features
 * @param contextual character models whose states are features of words
 */
record TaggerTraining(
    TaggedSplit split,
    @Nullable TaggedData test,
    TaggerSettings settings,
    @Nullable WordVectors vectors,
    ContextualFlags.Models contextual)
    implements Training<TaggingEvaluation> {

  @Override
  public String announcement() {
    return "%d sentences (%d tokens) to learn from, %d to select by%s%s"
        .formatted(
            split.train().size(),
            split.train().tokens(),
            split.heldOut().size(),
            test == null ? "" : ", " + test.size() + " to measure on",
            contextual.folders().isEmpty()
                ? ""
                : ", read by " + contextual.folders().size() + " character models");
  }

  @Override
  public List<SourceFile> data() {
    List<SourceFile> all = new ArrayList<>(split.train().sources());
    all.addAll(split.heldOut().sources());
    if (vectors != null) {
      all.add(vectors.source());
    }
    all.addAll(contextual.files());
    return all;
  }

  @Override
  public Trained<TaggingEvaluation> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    TaggerTrainer trainer = new TaggerTrainer(settings, backend);
    if (vectors != null) {
      trainer.vectors(vectors);
    }
    prepare.accept(trainer);
    Fit fit = fit(trainer, contextual.load(backend));
    return new Tagger(fit, test == null ? "dev" : "test", test == null ? split.heldOut() : test);
  }

  /** The tagger takes the models over; without one they are closed here. */
  private Fit fit(TaggerTrainer trainer, List<LanguageModel> models) {
    try {
      return trainer
          .contextual(models, contextual.cacheBytes())
          .fit(split.train(), split.heldOut());
    } catch (RuntimeException | Error e) {
      models.forEach(LanguageModel::close);
      throw e;
    }
  }

  /** What was trained, and what it is measured on. */
  private record Tagger(Fit fit, String measuredOn, TaggedData measured)
      implements Trained<TaggingEvaluation> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public TaggingEvaluation measure() {
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
