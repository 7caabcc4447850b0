package dev.carousel.embed;

import dev.carousel.store.AtomicFiles;
import dev.carousel.store.ModelDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** What learned vectors are written as; {@link VectorReader} reads all of it. */
public enum VectorFile {
  /** word2vec's text format, which gensim and fastText's tools read too. */
  TEXT,
  /** word2vec's binary format. */
  BINARY,
  /** A model directory: vectors and vocabulary with checksums, and where they come from. */
  DIRECTORY;

  /** The kind that a name asks for: {@code .vec} or {@code .txt}, {@code .bin}, or a folder. */
  public static VectorFile named(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".vec") || name.endsWith(".txt")) {
      return TEXT;
    }
    return name.endsWith(".bin") ? BINARY : DIRECTORY;
  }

  /**
   * Requires what {@link #write} will require, before hours of work depend on it.
   *
   * @throws dev.carousel.store.StoreException if a folder holds anything that is not part of a
   *     model
   */
  public void requireWritable(Path file) {
    if (this == DIRECTORY) {
      ModelDirectory.requireReplaceable(file);
    }
  }

  /**
   * Writes vectors in place of what is there: all of it, or nothing if that fails. Numbers are
   * written so that they are read as the same floats.
   *
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void write(LearnedVectors vectors, Path file) {
    switch (this) {
      case TEXT -> AtomicFiles.write(file, out -> writeText(vectors, out));
      case BINARY -> AtomicFiles.write(file, out -> writeBinary(vectors, out));
      case DIRECTORY -> EmbeddingFolder.write(vectors, file);
    }
  }

  private static byte[] header(LearnedVectors vectors) {
    return utf8(vectors.count() + " " + vectors.size() + "\n");
  }

  private static void writeText(LearnedVectors vectors, OutputStream out) throws IOException {
    out.write(header(vectors));
    StringBuilder line = new StringBuilder();
    for (int id = LearnedVectors.RESERVED; id < vectors.rows().length; id++) {
      line.setLength(0);
      line.append(vectors.vocabulary().token(id));
      for (float value : vectors.rows()[id]) {
        line.append(' ').append(value);
      }
      out.write(utf8(line.append('\n').toString()));
    }
  }

  private static void writeBinary(LearnedVectors vectors, OutputStream out) throws IOException {
    out.write(header(vectors));
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vectors.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int id = LearnedVectors.RESERVED; id < vectors.rows().length; id++) {
      out.write(utf8(vectors.vocabulary().token(id) + " "));
      bytes.asFloatBuffer().put(vectors.rows()[id]);
      out.write(bytes.array());
      out.write('\n');
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
