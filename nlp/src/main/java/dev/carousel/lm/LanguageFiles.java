package dev.carousel.lm;

import dev.carousel.data.DataException;
import dev.carousel.data.SourceFile;
import dev.carousel.lm.LanguageArchitecture.Output;
import dev.carousel.model.ModelWeights;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.Provenance;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.store.Sha256;
import dev.carousel.store.StoreException;
import dev.carousel.store.StrictJson;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A language model as a model directory. */
final class LanguageFiles {
  private static final String VOCABULARY = "vocabulary.txt";
  private static final String CONFIG = ".json";
  private static final String PROVENANCE = "-provenance.json";

  private LanguageFiles() {}

  static void save(LanguageModel model, Path directory) {
    LanguageParts parts = model.parts();
    TreeMap<String, String> texts = new TreeMap<>();
    texts.put(VOCABULARY, parts.codec().vocabulary().toText());
    texts.putAll(parts.codec().tokenizer().files());
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(
            parts.config(), ModelWeights.of(parts.parameters()), texts, model.provenance()));
  }

  /** Writes a model of characters, which needs no other file, into another model. */
  static void copyInto(
      LanguageModel model, String name, SafeTensorsWriter weights, Map<String, String> texts) {
    LanguageParts parts = model.parts();
    ModelWeights.put(weights, name, parts.parameters());
    texts.put(name + "-" + VOCABULARY, parts.codec().vocabulary().toText());
    texts.put(name + CONFIG, StrictJson.write(parts.config()));
    texts.put(name + PROVENANCE, StrictJson.write(model.provenance()));
  }

  static LanguageModel copied(
      String name,
      ModelDirectory files,
      ModelWeights weights,
      Backend backend,
      @Nullable Precision precision) {
    LanguageConfig config = json(name + CONFIG, files, weights, LanguageConfig.class);
    Provenance provenance = json(name + PROVENANCE, files, weights, Provenance.class);
    LanguageConfig used = precision == null ? config : config.withPrecision(precision);
    LanguageCodec codec = codec(weights.directory(), files, used, name + "-" + VOCABULARY);
    return new LanguageModel(parts(used, codec, weights.part(name), backend), provenance);
  }

  private static <R extends Record> R json(
      String name, ModelDirectory files, ModelWeights weights, Class<R> type) {
    return StrictJson.read(weights.directory().resolve(name), files.text(name), type);
  }

  /** Reads a model, in another precision if one is given. */
  static LanguageModel load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(LanguageConfig.TASK);
    LanguageConfig saved = files.config(LanguageConfig.class);
    LanguageConfig config = precision == null ? saved : saved.withPrecision(precision);
    LanguageCodec codec = codec(directory, files, config, VOCABULARY);
    try (SafeTensors tensors = files.weights()) {
      ModelWeights weights = new ModelWeights(directory, tensors);
      return new LanguageModel(parts(config, codec, weights, backend), files.provenance());
    }
  }

  /** Reads a model into host memory. */
  static Pretrained pretrained(Path directory) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(LanguageConfig.TASK);
    LanguageConfig config = files.config(LanguageConfig.class);
    LanguageCodec codec = codec(directory, files, config, VOCABULARY);
    Map<String, float[]> weights = new TreeMap<>();
    try (SafeTensors tensors = files.weights()) {
      ModelWeights all = new ModelWeights(directory, tensors);
      requireShapes(all, config, codec.vocabulary().size());
      tensors.tensors().keySet().forEach(name -> weights.put(name, tensors.floats(name)));
    }
    return new Pretrained(directory, config, codec, weights, source(directory));
  }

  private static SourceFile source(Path directory) {
    Path file = directory.resolve("model.safetensors");
    try {
      String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
      return new SourceFile(name + "/" + file.getFileName(), Files.size(file), Sha256.of(file));
    } catch (IOException e) {
      throw new StoreException(file, "cannot be read (" + e + ")", "check that it exists", e);
    }
  }

  private static LanguageParts parts(
      LanguageConfig config, LanguageCodec codec, ModelWeights weights, Backend backend) {
    requireShapes(weights, config, codec.vocabulary().size());
    LanguageParts parts = LanguageParts.create(config, codec, backend, 0, 0);
    try {
      weights.read(parts.parameters());
      return parts;
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static LanguageCodec codec(
      Path directory, ModelDirectory files, LanguageConfig config, String words) {
    try {
      Vocabulary vocabulary =
          Vocabulary.ofText(files.text(words), directory.resolve(words).toString());
      LanguageCodec codec =
          new LanguageCodec(
              config.level(), config.tokenizer().open(directory), vocabulary, config.reading());
      codec.lineEnd(); // a vocabulary without it is refused here
      return codec;
    } catch (IOException | DataException | IllegalArgumentException | IllegalStateException e) {
      throw new StoreException(
          directory, String.valueOf(e.getMessage()), "train or copy the model again", e);
    }
  }

  private static void requireShapes(ModelWeights weights, LanguageConfig config, long words) {
    LanguageArchitecture a = config.architecture();
    weights.requireLayers(a.layers());
    List<Integer> widths = a.widths();
    long inputs = a.embedding() == 0 ? words : a.embedding();
    if (a.embedding() > 0) {
      weights.require("embedding.weight", words, inputs);
    }
    long first = widths.get(0);
    weights.require("rnn.weight_ih_l0", a.cell().gates() * first, inputs);
    if (a.output() == Output.SEPARATE) {
      weights.require("output.weight", words, (long) widths.get(widths.size() - 1));
    }
    weights.require("output.bias", words);
  }
}
