package dev.carousel.lm;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.data.SourceFile;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A trained language model in host memory, for another training to begin with: the rest of its way
 * on other text, or a classifier whose encoder it becomes (Howard and Ruder 2018). Immutable.
 */
public final class Pretrained {
  private static final String EMBEDDING = "embedding.";
  private static final String RECURRENT = "rnn.";

  /** Parameters with a row for each token. */
  private static final List<String> BY_TOKEN =
      List.of("embedding.weight", "output.weight", "output.bias");

  private final Path directory;
  private final LanguageConfig config;
  private final LanguageCodec codec;
  private final Map<String, float[]> weights;
  private final SourceFile source;

  Pretrained(
      Path directory,
      LanguageConfig config,
      LanguageCodec codec,
      Map<String, float[]> weights,
      SourceFile source) {
    this.directory = directory;
    this.config = config;
    this.codec = codec;
    this.weights = Map.copyOf(weights);
    this.source = source;
  }

  /**
   * Reads a model; no backend is needed.
   *
   * @param directory what {@link LanguageModel#save} wrote
   * @throws dev.carousel.store.StoreException if the directory holds no language model or is
   *     damaged, naming the file
   */
  public static Pretrained read(Path directory) {
    return LanguageFiles.pretrained(directory);
  }

  /** Where it was read from. */
  public Path directory() {
    return directory;
  }

  /** What its tokens are. */
  public Level level() {
    return codec.level();
  }

  /** From which end it reads text. */
  public Reading reading() {
    return codec.reading();
  }

  /** What cuts its text. */
  public Tokenizer tokenizer() {
    return codec.tokenizer();
  }

  /** The tokens that it knows. */
  public Vocabulary vocabulary() {
    return codec.vocabulary();
  }

  /** Its network. */
  public LanguageArchitecture architecture() {
    return config.architecture();
  }

  /** Its weights' file, for the provenance of what begins with them. */
  public SourceFile source() {
    return source;
  }

  /**
   * Units of every layer, as the encoder of a classifier must have them.
   *
   * @throws IllegalArgumentException if it reads one-hot tokens or from the end of a text, or if
   *     its layers differ
   */
  public int encoderUnits() {
    List<Integer> widths = architecture().widths();
    if (architecture().embedding() == 0) {
      throw new IllegalArgumentException(
          directory + " reads one-hot tokens; an encoder needs a model with an embedding");
    }
    if (reading() == Reading.BACKWARD) {
      throw new IllegalArgumentException(
          directory + " reads texts from their end; an encoder reads from their beginning");
    }
    if (widths.stream().distinct().count() > 1) {
      throw new IllegalArgumentException(
          ("the layers of %s have %s units, those of an encoder must be alike: train the language"
                  + " model with --embedding equal to --hidden, or with --no-tied")
              .formatted(directory, widths));
    }
    return widths.get(0);
  }

  LanguageCodec codec() {
    return codec;
  }

  /**
   * Gives the embedding and the recurrent layers of {@code set} this model's values; others keep
   * theirs.
   *
   * @throws IllegalArgumentException naming a parameter that this model has not, or of another size
   */
  public void copyEncoder(ParameterSet set) {
    copy(set, p -> p.name().startsWith(EMBEDDING) || p.name().startsWith(RECURRENT));
  }

  /**
   * Gives all parameters of a language model's {@code set} this model's values. Tokens beyond those
   * that this model knows begin as the mean of all it knows.
   */
  void copyInto(ParameterSet set) {
    copy(set, p -> true);
  }

  private void copy(ParameterSet set, Predicate<Parameter> which) {
    float[] all = set.download();
    set.parameters().stream().filter(which).forEach(p -> copy(p, all));
    set.upload(all);
  }

  private void copy(Parameter p, float[] all) {
    float[] known = weights.getOrDefault(p.name(), new float[0]);
    int size = Math.toIntExact(p.shape().size());
    int from = Math.toIntExact(p.offset());
    boolean longer = BY_TOKEN.contains(p.name()) && size > known.length && known.length > 0;
    if (known.length != size && !longer) {
      throw new IllegalArgumentException(
          "%s has %d values for %s, which has the shape %s here"
              .formatted(directory, known.length, p.name(), p.shape()));
    }
    System.arraycopy(known, 0, all, from, known.length);
    if (longer) {
      float[] mean = meanRow(known, size / p.shape().dim(0));
      for (int at = known.length; at < size; at++) {
        all[from + at] = mean[at % mean.length];
      }
    }
  }

  private static float[] meanRow(float[] table, int width) {
    double[] sum = new double[width];
    for (int i = 0; i < table.length; i++) {
      sum[i % width] += table[i];
    }
    float[] mean = new float[width];
    for (int c = 0; c < width; c++) {
      mean[c] = (float) (sum[c] * width / table.length);
    }
    return mean;
  }
}
