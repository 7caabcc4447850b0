package dev.carousel.task;

import dev.carousel.data.Example;
import dev.carousel.data.SourceFile;
import dev.carousel.model.OnlineLearner;
import dev.carousel.model.UpdateSettings;
import dev.carousel.store.Provenance;
import dev.carousel.text.Token;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.OnlineTraining;
import java.util.ArrayList;
import java.util.List;

/**
 * A text classifier that goes on learning from labelled texts.
 *
 * <pre>{@code
 * try (OnlineClassifier learner = OnlineClassifier.of(model, UpdateSettings.DEFAULT)) {
 *   learner.learn(List.of(Example.of("two hours of my life", "negative")));
 *   try (TextClassifier better = learner.snapshot()) {
 *     better.save(directory);
 *   }
 * }
 * }</pre>
 *
 * Labels that the model has not are refused: its output has no place for them.
 */
public final class OnlineClassifier implements OnlineLearner<Example, TextClassifier> {
  private final ClassifierParts parts;
  private final Provenance before;
  private final UpdateSettings settings;
  private final ClassifierTask task;
  private final OnlineTraining<TextBatch> training;
  private final List<SourceFile> sources = new ArrayList<>();

  private OnlineClassifier(ClassifierParts parts, Provenance before, UpdateSettings settings) {
    this.parts = parts;
    this.before = before;
    this.settings = settings;
    this.task = parts.plainTask();
    this.training =
        new OnlineTraining<>(parts.parameters(), task, settings.training(), settings.hold());
  }

  /** A learner that begins as a copy of {@code model}. */
  public static OnlineClassifier of(TextClassifier model, UpdateSettings settings) {
    return new OnlineClassifier(model.parts().copy(), model.provenance(), settings);
  }

  @Override
  public double learn(List<Example> examples) {
    List<int[]> texts =
        examples.stream().map(example -> parts.encoder().encode(example.text())).toList();
    return training.step(List.of(new TextBatch(texts, labels(examples))));
  }

  @Override
  public void check(List<Example> examples) {
    labels(examples);
  }

  private List<int[]> labels(List<Example> examples) {
    List<int[]> ids = new ArrayList<>();
    for (Example example : examples) {
      try {
        ids.add(parts.labels().ids(example, "example " + (ids.size() + 1)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage() + "; an update adds no labels: train a model anew on data that has them",
            e);
      }
    }
    return ids;
  }

  @Override
  public long unknownTokens(List<Example> examples) {
    Vocabulary known = parts.encoder().vocabulary();
    return examples.stream()
        .flatMap(example -> parts.encoder().tokenizer().tokenize(example.text()).stream())
        .map(Token::text)
        .filter(token -> !known.contains(token))
        .count();
  }

  @Override
  public void source(List<SourceFile> files) {
    sources.addAll(files);
  }

  @Override
  public TextClassifier snapshot() {
    return new TextClassifier(parts.copy(), settings.provenance(before, sources, training.steps()));
  }

  @Override
  public void close() {
    training.close();
    task.close();
    parts.close();
  }
}
