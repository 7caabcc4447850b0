package dev.carousel.tag;

import dev.carousel.data.DataException;
import dev.carousel.lm.LanguageModel;
import dev.carousel.model.ModelWeights;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.store.StoreException;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A tagger as a model directory. */
final class TaggerFiles {
  private static final String WORDS = "vocabulary.txt";
  private static final String CHARACTERS = "characters.txt";

  private TaggerFiles() {}

  /** The file of the values of a further column. */
  private static String feature(int index) {
    return "feature-" + index + ".txt";
  }

  /** The name of a character model within the tagger's. */
  private static String contextual(int index) {
    return "contextual-" + index;
  }

  static void save(SequenceTagger model, Path directory) {
    TaggerParts parts = model.parts();
    SentenceEncoder known = parts.encoder();
    TreeMap<String, String> texts = new TreeMap<>();
    texts.putAll(model.tokenizer().files());
    texts.put(WORDS, known.words().toText());
    texts.put(CHARACTERS, known.characters().toText());
    for (int i = 0; i < known.features().size(); i++) {
      texts.put(feature(i), known.features().get(i).toText());
    }
    SafeTensorsWriter weights = ModelWeights.of(parts.sets());
    List<LanguageModel> contextual = known.contextual().models();
    for (int i = 0; i < contextual.size(); i++) {
      contextual.get(i).copyInto(contextual(i), weights, texts);
    }
    ModelDirectory.write(
        directory, new ModelDirectory.Contents(parts.config(), weights, texts, model.provenance()));
  }

  /** Reads a model, in another precision if one is given. */
  static SequenceTagger load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(TaggerConfig.TASK);
    TaggerConfig saved = files.config(TaggerConfig.class);
    TaggerConfig config = precision == null ? saved : saved.withPrecision(precision);
    try (SafeTensors tensors = files.weights()) {
      ModelWeights weights = new ModelWeights(directory, tensors);
      Tokenizer tokenizer = config.tokenizer().open(directory);
      SentenceEncoder known = encoder(directory, files, config);
      Contextual models = contextual(files, weights, backend, precision);
      try {
        return new SequenceTagger(
            parts(config, known.with(models), weights, backend), tokenizer, files.provenance());
      } catch (RuntimeException | Error e) {
        models.close();
        throw e;
      }
    } catch (IOException | DataException | IllegalArgumentException e) {
      throw new StoreException(
          directory, String.valueOf(e.getMessage()), "train or copy the model again", e);
    }
  }

  private static TaggerParts parts(
      TaggerConfig config, SentenceEncoder known, ModelWeights all, Backend backend) {
    List<String> within =
        IntStream.range(0, known.contextual().models().size())
            .mapToObj(TaggerFiles::contextual)
            .toList();
    ModelWeights weights = all.without(within);
    requireShapes(weights, config, known);
    TaggerParts parts = TaggerParts.create(config, known, backend, 0);
    try {
      weights.read(parts.sets());
      return parts;
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static Contextual contextual(
      ModelDirectory files, ModelWeights weights, Backend backend, @Nullable Precision precision) {
    List<LanguageModel> models = new ArrayList<>();
    try {
      while (files.texts().contains(contextual(models.size()) + ".json")) {
        models.add(
            LanguageModel.copied(contextual(models.size()), files, weights, backend, precision));
      }
      return new Contextual(models);
    } catch (RuntimeException | Error e) {
      models.forEach(LanguageModel::close);
      throw e;
    }
  }

  private static SentenceEncoder encoder(
      Path directory, ModelDirectory files, TaggerConfig config) {
    List<Vocabulary> features = new ArrayList<>();
    for (int i = 0; i < config.features().size(); i++) {
      features.add(vocabulary(directory, files, feature(i)));
    }
    return new SentenceEncoder(
        Normalizer.parse(config.normalizer()),
        vocabulary(directory, files, WORDS),
        vocabulary(directory, files, CHARACTERS),
        config.features(),
        features,
        Contextual.NONE);
  }

  private static Vocabulary vocabulary(Path directory, ModelDirectory files, String name) {
    return Vocabulary.ofText(files.text(name), directory.resolve(name).toString());
  }

  private static void requireShapes(
      ModelWeights weights, TaggerConfig config, SentenceEncoder known) {
    TaggerArchitecture a = config.architecture();
    TaggerArchitecture.Recurrence r = a.recurrent();
    long hidden = r.hidden();
    weights.require("embedding.weight", (long) known.words().size(), (long) a.embedding());
    weights.require("rnn.weight_hh_l0", r.cell().gates() * hidden, hidden);
    weights.require("output.weight", (long) config.tags().size(), hidden * r.direction().count());
    if (a.characters().kind() != CharacterFeatures.NONE) {
      weights.require(
          "characters.embedding.weight",
          (long) known.characters().size(),
          (long) a.characters().embedding());
      requireCharacters(weights, a.characters());
    }
    weights.requireLayers(r.layers());
    weights.requireLayers(known.features().size());
  }

  private static void requireCharacters(ModelWeights weights, CharacterSettings c) {
    long size = c.size();
    if (c.kind() == CharacterFeatures.CNN) {
      weights.require("characters.filters.weight", size, (long) c.window() * c.embedding());
    } else {
      weights.require("characters.rnn.weight_hh_l0", 4 * size, size);
    }
  }
}
