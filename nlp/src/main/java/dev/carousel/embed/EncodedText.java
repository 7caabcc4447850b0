package dev.carousel.embed;

import dev.carousel.data.DataException;
import dev.carousel.data.ReadOptions;
import dev.carousel.data.SourceFile;
import dev.carousel.data.Utf8Lines;
import dev.carousel.store.Sha256;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.Vocabulary;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that was cut into words once: its ids wait in a temporary file, so that memory grows with
 * the number of different words alone. Words that are too rare are as if they were not there.
 *
 * @param ids as they were counted, {@link #END} after each sentence
 * @param words which of them have a vector
 * @param source the file
 */
record EncodedText(IdFile ids, CountedWords words, SourceFile source) implements Closeable {
  /** Words of a sentence at most; a longer line is several. */
  static final int MAX_SENTENCE = 1000;

  private static final int END = -1;

  /**
   * Reads a file, a sentence a line.
   *
   * @throws DataException if it is no UTF-8 text, naming the line, or holds no word so frequent
   */
  static EncodedText of(Path file, Tokenizer tokenizer, long minCount) throws IOException {
    DataException.requireFile(file);
    IdFile ids = IdFile.create();
    try {
      MessageDigest digest = Sha256.digest();
      WordCounter counter = new WordCounter();
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
          Utf8Lines lines =
              new Utf8Lines(bytes, file.toString(), ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          write(tokenizer, line, counter, ids);
        }
      }
      ids.flush();
      SourceFile source =
          new SourceFile(
              String.valueOf(file.getFileName()), Files.size(file), Sha256.hex(digest.digest()));
      return new EncodedText(ids, counter.atLeast(minCount, file.toString()), source);
    } catch (IOException | RuntimeException | Error e) {
      ids.close();
      throw e;
    }
  }

  private static void write(Tokenizer tokenizer, String line, WordCounter counter, IdFile ids)
      throws IOException {
    int length = 0;
    for (Token token : tokenizer.tokenize(line)) {
      if (length == MAX_SENTENCE) {
        ids.add(END);
        length = 0;
      }
      ids.add(counter.count(token.text()));
      length++;
    }
    if (length > 0) {
      ids.add(END);
    }
  }

  Vocabulary vocabulary() {
    return words.vocabulary();
  }

  /**
   * The sentences of one of several stretches that together are the text.
   *
   * @param shard 0 to {@code shards - 1}
   */
  Sentences sentences(int shard, int shards) throws IOException {
    return new Sentences(boundary(shard, shards), boundary(shard + 1, shards));
  }

  /** The first sentence that begins at or after so many parts of the whole. */
  private long boundary(int part, int parts) throws IOException {
    long at = ids.size() / parts * part;
    if (part == 0 || part == parts) {
      return part == 0 ? 0 : ids.size();
    }
    IdFile.Reader reader = ids.reader(at);
    while (reader.at() < ids.size() && reader.next() != END) {
      // on to the end of a sentence
    }
    return reader.at();
  }

  /** Reads the sentences of a stretch. Not thread safe. */
  final class Sentences {
    private final long from;
    private final long to;
    private final int[] sentence = new int[MAX_SENTENCE];
    private final IdFile.Reader reader;

    private Sentences(long from, long to) {
      this.from = from;
      this.to = to;
      this.reader = ids.reader(from);
    }

    /** The share of the stretch that was read, 0 to 1. */
    double progress() {
      return to == from ? 1 : (reader.at() - from) / (double) (to - from);
    }

    boolean hasNext() {
      return reader.at() < to;
    }

    /** The ids of the next sentence's words, of those that have a vector; perhaps none. */
    int[] next() throws IOException {
      int length = 0;
      for (int id = reader.next(); id != END; id = reader.next()) {
        int known = words.id(id);
        if (known >= 0) {
          sentence[length++] = known;
        }
      }
      return Arrays.copyOf(sentence, length);
    }
  }

  @Override
  public void close() throws IOException {
    ids.close();
  }
}
