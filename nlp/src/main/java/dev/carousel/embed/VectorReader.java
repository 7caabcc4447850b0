package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.data.RowProblem;
import dev.carousel.data.SourceFile;
import dev.carousel.store.Sha256;
import dev.carousel.text.Vocabulary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads word vectors as a stream: of a file of millions only those of wanted words are in memory.
 *
 * <p>A word that stands there twice keeps its first vector; that, and entries that cannot be
 * understood, are counted and listed, whether the word is wanted or not (see {@link VectorReport}).
 */
public final class VectorReader {
  /** Problems that are listed; all are counted. */
  private static final int LISTED = 20;

  private static final int BUFFER = 1 << 16;

  private final String source;
  private final @Nullable Set<String> wanted;
  private final int most;
  private final Map<String, float[]> found = new HashMap<>();
  private final SeenWords seen = new SeenWords();
  private final List<RowProblem> listed = new ArrayList<>();
  private int size;
  private long read;
  private long duplicates;
  private long bad;
  private long unparsed;
  private long promised = VectorReport.UNSAID;

  /** A reader of these words, or of all words if it is null, but of no more than {@code most}. */
  private VectorReader(String source, @Nullable Collection<String> words, int most) {
    this.source = source;
    this.wanted = words == null ? null : new HashSet<>(words);
    this.most = most;
  }

  /**
   * Reads the vectors of some words, in whichever of the formats the file is; or those that a model
   * directory's model has learned.
   *
   * @param words those that are wanted
   * @throws IOException if the file cannot be read
   * @throws DataException if it holds no vectors or ends within one
   * @throws dev.carousel.store.StoreException if a directory holds no model with a table of words
   */
  public static WordVectors read(Path file, Collection<String> words) throws IOException {
    return new VectorReader(file.toString(), words, Integer.MAX_VALUE).read(file);
  }

  /** The same in this format. */
  public static WordVectors read(Path file, VectorFormat format, Collection<String> words)
      throws IOException {
    return new VectorReader(file.toString(), words, Integer.MAX_VALUE).readFile(file, format);
  }

  /** The same for the first words that come, whichever they are, but no more than {@code most}. */
  public static WordVectors readFirst(Path file, int most) throws IOException {
    return new VectorReader(file.toString(), null, most).read(file);
  }

  private WordVectors read(Path file) throws IOException {
    return Files.isDirectory(file)
        ? readFolder(EmbeddingFolder.read(file))
        : readFile(file, VectorHeader.format(file));
  }

  private WordVectors readFolder(EmbeddingFolder folder) {
    size = folder.size();
    Vocabulary words = folder.vocabulary();
    for (int id = LearnedVectors.RESERVED; id < words.size(); id++) {
      if (wants(words.token(id))) {
        take(words.token(id), folder.row(id), id);
      } else {
        pass(words.token(id), id);
      }
    }
    return result(folder.source());
  }

  private WordVectors readFile(Path file, VectorFormat format) throws IOException {
    VectorHeader.refuseModels(file);
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(file), digest), BUFFER)) {
      if (format == VectorFormat.WORD2VEC_BINARY) {
        new BinaryVectors(bytes, source).readInto(this);
      } else {
        new TextVectors(format, bytes, source).readInto(this);
      }
    }
    if (read == 0) {
      throw DataException.in(source, "holds no word vectors");
    }
    String name = String.valueOf(file.getFileName());
    return result(new SourceFile(name, Files.size(file), Sha256.hex(digest.digest())));
  }

  private WordVectors result(SourceFile at) {
    int asked = wanted == null ? found.size() : wanted.size();
    return new WordVectors(
        size,
        found,
        at,
        new VectorReport(read, found.size(), asked, duplicates, bad, unparsed, promised, listed));
  }

  /** Sets the number of features, which every later vector must have. */
  void size(int features) {
    size = features;
  }

  /** The number of features; 0 before the first vector of a file without a header. */
  int size() {
    return size;
  }

  /** Sets how many vectors the file's first line promises. */
  void promised(long words) {
    promised = words;
  }

  boolean wants(String word) {
    return wanted == null ? found.size() < most : wanted.contains(word);
  }

  /** Takes a vector of a word that is wanted. */
  void take(String word, float[] vector, long at) {
    pass(word, at);
    found.putIfAbsent(word, vector);
  }

  /** Counts a vector. */
  void pass(String word, long at) {
    read++;
    if (!seen.add(word)) {
      duplicates++;
      list(at, "the word '" + word + "' has a vector already; the first counts");
    }
  }

  /** Counts a vector whose numbers nobody parsed. */
  void passUnparsed(String word, long at) {
    unparsed++;
    pass(word, at);
  }

  /** Leaves out an entry that cannot be understood. */
  void refuse(long at, String problem) {
    bad++;
    list(at, problem);
  }

  private void list(long at, String problem) {
    if (listed.size() < LISTED) {
      listed.add(new RowProblem(source, at, problem));
    }
  }
}
