package dev.carousel.translate;

import dev.carousel.data.DataException;
import dev.carousel.model.ModelWeights;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.StoreException;
import dev.carousel.text.Reserved;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A translator as a model directory; a shared vocabulary is written once, as the source's. */
final class TranslatorFiles {
  /** Before the names of the files of a side. */
  static final String SOURCE = "source-";

  static final String TARGET = "target-";

  private static final String SOURCE_VOCABULARY = "source-vocabulary.txt";
  private static final String TARGET_VOCABULARY = "target-vocabulary.txt";

  private TranslatorFiles() {}

  static ModelDirectory.Contents contents(Translator model) {
    TranslatorParts parts = model.parts();
    Map<String, String> texts = new TreeMap<>();
    put(texts, parts.text().source(), SOURCE_VOCABULARY, SOURCE);
    if (parts.config().sharing() == VocabularySharing.SEPARATE) {
      put(texts, parts.text().target(), TARGET_VOCABULARY, TARGET);
    }
    return new ModelDirectory.Contents(
        parts.config(), ModelWeights.of(parts.parameters()), texts, model.provenance());
  }

  private static void put(
      Map<String, String> texts, TextCodec codec, String vocabulary, String side) {
    texts.put(vocabulary, codec.vocabulary().toText());
    codec.tokenizer().files().forEach((name, text) -> texts.put(side + name, text));
  }

  /** Reads a model, in another precision if one is given. */
  static Translator load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(TranslatorConfig.TASK);
    TranslatorConfig saved = files.config(TranslatorConfig.class);
    return read(
        directory, files, precision == null ? saved : saved.withPrecision(precision), backend);
  }

  static Translator read(
      Path directory, ModelDirectory files, TranslatorConfig config, Backend backend) {
    LearnedLanguages text = text(directory, files, config);
    try (SafeTensors tensors = files.weights()) {
      ModelWeights weights = new ModelWeights(directory, tensors);
      requireShapes(weights, config, text);
      TranslatorParts parts = TranslatorParts.create(config, text, backend, 0);
      try {
        weights.read(parts.parameters());
        return new Translator(parts, files.provenance());
      } catch (RuntimeException | Error e) {
        parts.close();
        throw e;
      }
    }
  }

  private static LearnedLanguages text(
      Path directory, ModelDirectory files, TranslatorConfig config) {
    try {
      boolean shared = config.sharing() == VocabularySharing.SHARED;
      Vocabulary source = vocabulary(directory, files, SOURCE_VOCABULARY);
      Vocabulary target = shared ? source : vocabulary(directory, files, TARGET_VOCABULARY);
      return new LearnedLanguages(
          codec(directory, config.source(), source), codec(directory, config.target(), target));
    } catch (IOException | DataException | IllegalArgumentException e) {
      throw new StoreException(
          directory, String.valueOf(e.getMessage()), "train or copy the model again", e);
    }
  }

  private static TextCodec codec(Path directory, TranslatorConfig.Side side, Vocabulary words)
      throws IOException {
    return new TextCodec(side.tokenizer().open(directory), words, side.maxTokens());
  }

  private static Vocabulary vocabulary(Path directory, ModelDirectory files, String name) {
    Vocabulary words = Vocabulary.ofText(files.text(name), directory.resolve(name).toString());
    for (Reserved needed : new Reserved[] {Reserved.BOS, Reserved.EOS}) {
      if (!words.contains(needed.token())) {
        throw new IllegalArgumentException(name + " lacks " + needed.token());
      }
    }
    return words;
  }

  private static void requireShapes(
      ModelWeights weights, TranslatorConfig config, LearnedLanguages text) {
    TranslatorArchitecture a = config.architecture();
    long features = a.size().embedding();
    long hidden = a.size().hidden();
    long gates = a.cell().gates() * hidden;
    weights.require("source.weight", (long) text.source().vocabulary().size(), features);
    if (a.tying() != Tying.ALL) {
      weights.require("target.weight", (long) text.target().vocabulary().size(), features);
    }
    weights.require("encoder.weight_ih_l0", gates, features);
    weights.require("decoder.rnn.weight_hh_l0", gates, hidden);
    weights.requireLayers(a.size().layers());
  }
}
