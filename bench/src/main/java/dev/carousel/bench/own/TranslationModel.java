package dev.carousel.bench.own;

import dev.carousel.bench.row.Decoding;
import dev.carousel.eval.BleuTokenizer;
import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.Provenance;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.text.Reserved;
import dev.carousel.text.TokenizerSpec;
import dev.carousel.translate.Translator;
import dev.carousel.translate.TranslatorArchitecture;
import dev.carousel.translate.TranslatorConfig;
import dev.carousel.translate.VocabularySharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A translator with the weights of a row, by way of a model directory. */
final class TranslationModel {
  private static final TokenizerSpec TOKENS = new TokenizerSpec("whitespace", "none", "", "");
  private static final int MOST_SOURCE_TOKENS = 1000;

  private TranslationModel() {}

  static Translator load(Decoding decoding, Backend backend) {
    try {
      Path folder = Files.createTempDirectory("carousel-translator");
      try {
        Path model = folder.resolve("model");
        ModelDirectory.write(model, contents(decoding));
        return Translator.load(model, backend);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelDirectory.Contents contents(Decoding decoding) {
    SafeTensorsWriter weights = new SafeTensorsWriter();
    for (String name : decoding.names()) {
      weights.put(name, FloatBuffer.wrap(decoding.weight(name)), decoding.shape(name));
    }
    Map<String, String> texts = Map.of("source-vocabulary.txt", vocabulary());
    return new ModelDirectory.Contents(config(decoding), weights, texts, provenance());
  }

  private static TranslatorConfig config(Decoding decoding) {
    int hidden = decoding.features();
    return new TranslatorConfig(
        Translator.TASK,
        new TranslatorConfig.Side(TOKENS, MOST_SOURCE_TOKENS),
        new TranslatorConfig.Side(TOKENS, decoding.written()),
        VocabularySharing.SHARED,
        TranslatorArchitecture.DEFAULT
            .withSize(new TranslatorArchitecture.Size(hidden, hidden, 1))
            .withAttention(AttentionScore.GENERAL, InputFeeding.OFF)
            .withTying(Tying.ALL),
        Dropouts.NONE,
        BleuTokenizer.NONE,
        Precision.F32);
  }

  private static String vocabulary() {
    Stream<String> reserved =
        Stream.of(Reserved.PAD, Reserved.UNK, Reserved.BOS, Reserved.EOS).map(Reserved::token);
    Stream<String> words =
        IntStream.range(Decoding.RESERVED, Decoding.WORDS).mapToObj(TranslationModel::word);
    return Stream.concat(reserved, words).map(w -> w + "\n").collect(Collectors.joining());
  }

  /** A word as text. */
  static String word(int id) {
    return "w" + id;
  }

  /** The id of what {@link #word} made. */
  static int id(String word) {
    return Integer.parseInt(word.substring(1));
  }

  private static Provenance provenance() {
    return new Provenance(
        0,
        Provenance.Software.current(),
        new Provenance.Compute("none", "drawn, not trained", Precision.F32.name(), 1),
        Provenance.Timing.of(Instant.EPOCH, Duration.ZERO),
        Map.of(),
        Map.of(),
        Map.of());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
