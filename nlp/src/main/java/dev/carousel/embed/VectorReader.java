package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.data.RowProblem;
import dev.carousel.data.SourceFile;
import dev.carousel.store.Sha256;
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

/**
 * Reads word vectors as a stream: of a file of millions only those of wanted words are in memory.
 *
 * <p>A word that stands there twice keeps its first vector; that, and entries that cannot be
 * understood, are counted and listed.
 */
public final class VectorReader {
  /** Problems that are listed; all are counted. */
  private static final int LISTED = 20;

  private static final int BUFFER = 1 << 16;

  private final String source;
  private final Set<String> wanted;
  private final Map<String, float[]> found = new HashMap<>();
  private final List<RowProblem> listed = new ArrayList<>();
  private int size;
  private long read;
  private long duplicates;
  private long bad;

  private VectorReader(Path file, Collection<String> words) {
    this.source = file.toString();
    this.wanted = new HashSet<>(words);
  }

  /**
   * Reads the vectors of some words, in whichever of the formats the file is.
   *
   * @param words those that are wanted
   * @throws IOException if the file cannot be read
   * @throws DataException if it holds no vectors or ends within one
   */
  public static WordVectors read(Path file, Collection<String> words) throws IOException {
    return read(file, VectorHeader.format(file), words);
  }

  /** The same in this format. */
  public static WordVectors read(Path file, VectorFormat format, Collection<String> words)
      throws IOException {
    VectorReader reader = new VectorReader(file, words);
    MessageDigest digest = Sha256.digest();
    try (InputStream bytes =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(file), digest), BUFFER)) {
      if (format == VectorFormat.WORD2VEC_BINARY) {
        new BinaryVectors(bytes, reader.source).readInto(reader);
      } else {
        new TextVectors(format, bytes, reader.source).readInto(reader);
      }
    }
    if (reader.read == 0) {
      throw DataException.in(reader.source, "holds no word vectors");
    }
    String name = String.valueOf(file.getFileName());
    SourceFile at = new SourceFile(name, Files.size(file), Sha256.hex(digest.digest()));
    return new WordVectors(
        reader.size,
        reader.found,
        at,
        new VectorReport(
            reader.read,
            reader.found.size(),
            reader.wanted.size(),
            reader.duplicates,
            reader.bad,
            reader.listed));
  }

  /** Sets the number of features, which every later vector must have. */
  void size(int features) {
    size = features;
  }

  /** The number of features; 0 before the first vector of a file without a header. */
  int size() {
    return size;
  }

  boolean wants(String word) {
    return wanted.contains(word);
  }

  /** Takes a vector of a word that is wanted. */
  void take(String word, float[] vector, long at) {
    read++;
    if (found.putIfAbsent(word, vector) != null) {
      duplicates++;
      list(at, "the word '" + word + "' has a vector already; the first counts");
    }
  }

  /** Counts a vector of a word that nobody wants. */
  void pass() {
    read++;
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
