package dev.carousel.task;

import dev.carousel.autograd.Parameter;
import dev.carousel.data.DataException;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.store.StoreException;
import dev.carousel.store.TensorEntry;
import dev.carousel.text.BpeTokenizer;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A text classifier as a model directory. */
final class ClassifierFiles {
  private static final String VOCABULARY = "vocabulary.txt";

  private ClassifierFiles() {}

  static void save(TextClassifier model, Path directory) {
    ClassifierParts parts = model.parts();
    TreeMap<String, String> texts = new TreeMap<>();
    texts.put(VOCABULARY, parts.encoder().vocabulary().toText());
    if (parts.encoder().tokenizer() instanceof BpeTokenizer subwords) {
      texts.put(subwords.spec().file(), subwords.toText());
    }
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(parts.config(), weights(parts), texts, model.provenance()));
  }

  private static SafeTensorsWriter weights(ClassifierParts parts) {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    FloatBuffer all = FloatBuffer.wrap(parts.parameters().download());
    for (Parameter p : parts.parameters().parameters()) {
      long[] shape = Arrays.stream(p.shape().dims()).asLongStream().toArray();
      FloatBuffer values = all.slice((int) p.offset(), (int) p.shape().size());
      writer.put(p.name(), values, shape);
    }
    return writer;
  }

  /** Reads a model, in another precision if one is given. */
  static TextClassifier load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    ClassifierConfig saved = files.config(ClassifierConfig.class);
    ClassifierConfig config = precision == null ? saved : saved.withPrecision(precision);
    TextEncoder encoder = encoder(directory, files, config);
    try (SafeTensors weights = files.weights()) {
      new WeightShapes(directory, weights).require(config, encoder.vocabulary().size());
      ClassifierParts parts = ClassifierParts.create(config, encoder, backend, 0);
      try {
        read(directory, weights, parts);
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

  private static void read(Path directory, SafeTensors weights, ClassifierParts parts) {
    float[] all = new float[Math.toIntExact(parts.parameters().values().size())];
    Set<String> unread = new TreeSet<>(weights.tensors().keySet());
    for (Parameter p : parts.parameters().parameters()) {
      TensorEntry found = weights.tensor(p.name());
      List<Long> expected = Arrays.stream(p.shape().dims()).asLongStream().boxed().toList();
      if (!found.shape().equals(expected)) {
        throw foreign(
            directory, "tensor " + p.name() + " has shape " + found.shape() + ", not " + expected);
      }
      int from = (int) p.offset();
      weights.read(p.name(), 0, FloatBuffer.wrap(all, from, (int) p.shape().size()));
      unread.remove(p.name());
    }
    if (!unread.isEmpty()) {
      throw foreign(directory, "tensors " + unread + " belong to no layer of this model");
    }
    parts.parameters().upload(all);
  }

  static StoreException foreign(Path directory, String problem) {
    return new StoreException(
        directory, problem, "weights and config.json do not belong together; copy the model again");
  }
}
