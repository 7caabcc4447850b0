package dev.carousel.tag;

import dev.carousel.data.SourceFile;
import dev.carousel.data.TaggedSentence;
import dev.carousel.model.OnlineLearner;
import dev.carousel.model.UpdateSettings;
import dev.carousel.store.Provenance;
import dev.carousel.text.Tokenizer;
import dev.carousel.train.OnlineTraining;
import java.util.ArrayList;
import java.util.List;

/**
 * A tagger that goes on learning from tagged sentences; intents count as much as tags. Tags and
 * intents that the model has not are refused: its output has no place for them.
 */
public final class OnlineTagger implements OnlineLearner<TaggedSentence, SequenceTagger> {
  private final TaggerParts parts;
  private final Tokenizer tokenizer;
  private final TagSet tags;
  private final Provenance before;
  private final UpdateSettings settings;
  private final OnlineTraining<TagBatch> training;
  private final List<SourceFile> sources = new ArrayList<>();

  private OnlineTagger(
      TaggerParts parts, Tokenizer tokenizer, Provenance before, UpdateSettings settings) {
    this.parts = parts;
    this.tags = parts.config().tagSet();
    this.tokenizer = tokenizer;
    this.before = before;
    this.settings = settings;
    this.training =
        new OnlineTraining<>(
            parts.parameters(),
            parts.network().task(TagLosses.plain(parts.parameters().backend()), 1),
            settings.training(),
            settings.hold());
  }

  /** A learner that begins as a copy of {@code model}. */
  public static OnlineTagger of(SequenceTagger model, UpdateSettings settings) {
    return new OnlineTagger(model.parts().copy(), model.tokenizer(), model.provenance(), settings);
  }

  @Override
  public double learn(List<TaggedSentence> examples) {
    check(examples);
    List<EncodedSentence> encoded = examples.stream().map(parts.encoder()::encode).toList();
    List<EncodedSentence> read = parts.encoder().contextual().fill(encoded);
    return training.step(List.of(TagBatch.of(parts, examples, read)));
  }

  @Override
  public void check(List<TaggedSentence> examples) {
    for (int i = 0; i < examples.size(); i++) {
      check(examples.get(i), "sentence " + (i + 1));
    }
  }

  private void check(TaggedSentence sentence, String name) {
    if (sentence.tags().size() != sentence.size()) {
      throw new IllegalArgumentException(name + " has no tags: " + sentence.tokens());
    }
    if (sentence.features().size() != parts.config().features().size()) {
      throw new IllegalArgumentException(
          "%s has %d columns beside token and tag, but the model reads %s"
              .formatted(name, sentence.features().size(), parts.config().features()));
    }
    List<String> intents = parts.config().intents();
    for (String tag : tags.scheme().convert(sentence.tags())) {
      requireKnown(name + ": the tag", tag, tags.names());
    }
    if (!intents.isEmpty()) {
      requireKnown(name + ": the intent", String.valueOf(sentence.label()), intents);
    }
  }

  private static void requireKnown(String what, String name, List<String> known) {
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "%s '%s' is none of the model's %s; an update adds none: train a model anew on data"
                  .formatted(what, name, known)
              + " that has it");
    }
  }

  @Override
  public long unknownTokens(List<TaggedSentence> examples) {
    return examples.stream().mapToLong(parts.encoder()::unknown).sum();
  }

  @Override
  public void source(List<SourceFile> files) {
    sources.addAll(files);
  }

  @Override
  public SequenceTagger snapshot() {
    return new SequenceTagger(
        parts.copy(), tokenizer, settings.provenance(before, sources, training.steps()));
  }

  @Override
  public void close() {
    training.close();
    parts.close();
  }
}
