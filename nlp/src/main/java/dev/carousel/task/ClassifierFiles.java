package dev.carousel.task;

import dev.carousel.data.DataException;
import dev.carousel.model.ModelWeights;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.StoreException;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A text classifier as a model directory. */
final class ClassifierFiles {
  private static final String VOCABULARY = "vocabulary.txt";

  private ClassifierFiles() {}

  static void save(TextClassifier model, Path directory) {
    ClassifierParts parts = model.parts();
    TreeMap<String, String> texts = new TreeMap<>();
    texts.put(VOCABULARY, parts.encoder().vocabulary().toText());
    texts.putAll(parts.encoder().tokenizer().files());
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(
            parts.config(), ModelWeights.of(parts.parameters()), texts, model.provenance()));
  }

  /** Reads a model, in another precision if one is given. */
  static TextClassifier load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(ClassifierConfig.TASK);
    ClassifierConfig saved = files.config(ClassifierConfig.class);
    ClassifierConfig config = precision == null ? saved : saved.withPrecision(precision);
    TextEncoder encoder = encoder(directory, files, config);
    try (SafeTensors tensors = files.weights()) {
      ModelWeights weights = new ModelWeights(directory, tensors);
      requireShapes(weights, config, encoder.vocabulary().size());
      ClassifierParts parts = ClassifierParts.create(config, encoder, backend, 0);
      try {
        weights.read(parts.parameters());
        return new TextClassifier(parts, files.provenance());
      } catch (RuntimeException | Error e) {
        parts.close();
        throw e;
      }
    }
  }

  private static TextEncoder encoder(
      Path directory, ModelDirectory files, ClassifierConfig config) {
    try {
      Vocabulary vocabulary =
          Vocabulary.ofText(files.text(VOCABULARY), directory.resolve(VOCABULARY).toString());
      return new TextEncoder(config.tokenizer().open(directory), vocabulary, config.maxTokens());
    } catch (IOException | DataException | IllegalArgumentException e) {
      throw new StoreException(
          directory, String.valueOf(e.getMessage()), "train or copy the model again", e);
    }
  }

  private static void requireShapes(ModelWeights weights, ClassifierConfig config, long words) {
    Architecture a = config.architecture();
    long features = a.embedding();
    long hidden = a.hidden();
    long gates = a.cell().gates() * hidden;
    weights.require("embedding.weight", words, features);
    weights.require("rnn.weight_ih_l0", gates, features);
    weights.require("rnn.weight_hh_l0", gates, hidden);
    long pooled = hidden * a.direction().count() * a.pooling().parts();
    weights.require("output.weight", (long) config.labels().size(), pooled);
    weights.requireLayers(a.layers());
  }
}
