package dev.carousel.cli;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.model.OnlineLearner;
import dev.carousel.model.UpdateSettings;
import dev.carousel.tag.OnlineTagger;
import dev.carousel.tag.SequenceTagger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A tagger for {@code update}; its score is what selects its epochs, too.
 *
 * @param model closed with this
 */
record UpdatedTagger(SequenceTagger model) implements Updating<TaggedSentence, SequenceTagger> {
  @Override
  public Data<TaggedSentence> read(Path file, UpdateFlags flags, Console console)
      throws IOException {
    TaggedData data =
        new TaggedFiles(flags.columns(model.features()), flags.files().options())
            .read(file, console);
    if (!data.features().equals(model.features())) {
      throw new IllegalArgumentException(
          "%s has the columns %s beside token and tag, but the model reads %s: name them by --columns"
              .formatted(file, data.features(), model.features()));
    }
    return new Data<>(data.sentences(), data.sources());
  }

  @Override
  public OnlineLearner<TaggedSentence, SequenceTagger> learner(UpdateSettings settings) {
    return OnlineTagger.of(model, settings);
  }

  @Override
  public double score(SequenceTagger of, List<TaggedSentence> examples) {
    return of.evaluate(new TaggedData("examples", of.features(), examples, List.of())).score();
  }

  @Override
  public void save(SequenceTagger updated, Path directory, Map<String, Double> metrics) {
    updated.withMetrics(metrics).save(directory);
  }

  @Override
  public void release(SequenceTagger updated) {
    updated.close();
  }

  @Override
  public void close() {
    model.close();
  }
}
