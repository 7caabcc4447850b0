package dev.carousel.embed;

import dev.carousel.data.SourceFile;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.SafeTensors;
import dev.carousel.store.SafeTensorsWriter;
import dev.carousel.store.Sha256;
import dev.carousel.store.StoreException;
import dev.carousel.store.TensorEntry;
import dev.carousel.text.TokenizerSpec;
import dev.carousel.text.Vocabulary;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The table of words of a model directory: of one that {@link VectorFile#DIRECTORY} writes, or of
 * any other task's model that has one. A translator's is that of its source.
 *
 * @param vocabulary V words
 * @param size E, features of a vector
 * @param values [V, E]
 * @param source the file of the weights
 */
@SuppressWarnings("ArrayRecordComponent") // read, copied from and dropped
public record EmbeddingFolder(Vocabulary vocabulary, int size, float[] values, SourceFile source) {
  /** The name of the task in the configuration of a directory of vectors. */
  public static final String TASK = "embed";

  private static final String WORDS = "vocabulary.txt";
  private static final String TABLE = "embedding.weight";
  private static final String SOURCE_WORDS = "source-vocabulary.txt";
  private static final String SOURCE_TABLE = "source.weight";

  /**
   * What the directory says beside vectors and vocabulary.
   *
   * @param task always {@link #TASK}
   * @param tokenizer what cut the text
   * @param size E
   */
  private record Config(String task, TokenizerSpec tokenizer, int size) {}

  static void write(LearnedVectors vectors, Path directory) {
    int rows = vectors.rows().length;
    int size = vectors.size();
    if ((long) rows * size > Integer.MAX_VALUE - 8) {
      throw new StoreException(
          directory,
          "cannot hold " + rows + " vectors of " + size + " features",
          "name a .vec or .bin file instead, or raise --min-count");
    }
    FloatBuffer all = FloatBuffer.allocate(rows * size);
    for (float[] row : vectors.rows()) {
      all.put(row);
    }
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(
            new Config(TASK, vectors.tokenizer(), size),
            new SafeTensorsWriter().put(TABLE, all.flip(), rows, size),
            Map.of(WORDS, vectors.vocabulary().toText()),
            vectors.provenance()));
  }

  /**
   * Reads a table.
   *
   * @throws StoreException if the directory holds no model, is damaged, or its model has no table
   *     of words
   */
  static EmbeddingFolder read(Path directory) throws IOException {
    ModelDirectory files = ModelDirectory.open(directory);
    boolean source = files.texts().contains(SOURCE_WORDS);
    String words = source ? SOURCE_WORDS : WORDS;
    String table = source ? SOURCE_TABLE : TABLE;
    Vocabulary vocabulary =
        Vocabulary.ofText(files.text(words), directory.resolve(words).toString());
    try (SafeTensors tensors = files.weights()) {
      if (!tensors.tensors().containsKey(table)) {
        throw new StoreException(
            directory, "has no table of words", "give a model that was trained with --embedding");
      }
      TensorEntry entry = tensors.tensor(table);
      int size = entry.shape().size() == 2 ? Math.toIntExact(entry.shape().get(1)) : 0;
      tensors.shaped(table, vocabulary.size(), size);
      Path weights = directory.resolve("model.safetensors");
      SourceFile file =
          new SourceFile(
              directory.getFileName() + "/model.safetensors",
              Files.size(weights),
              Sha256.of(weights));
      return new EmbeddingFolder(vocabulary, size, tensors.floats(table), file);
    }
  }

  /** A copy of a row. */
  float[] row(int id) {
    return Arrays.copyOfRange(values, id * size, (id + 1) * size);
  }
}
