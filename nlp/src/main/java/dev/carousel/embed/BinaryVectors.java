package dev.carousel.embed;

import dev.carousel.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Vectors as word2vec writes them in binary: a header line; then for each word its bytes, a space,
 * and its numbers as little-endian floats, perhaps followed by a line feed.
 *
 * @param in the bytes
 * @param source the file's name, for messages
 */
record BinaryVectors(InputStream in, String source) {
  private static final int MAX_WORD = 1 << 12;

  void readInto(VectorReader reader) throws IOException {
    String line = VectorHeader.line(in, source);
    VectorHeader header = line == null ? null : VectorHeader.parse(line);
    if (header == null) {
      throw DataException.at(
          source, 1, "expected the number of words and of features, found '" + line + "'");
    }
    reader.size(header.size());
    byte[] bytes = new byte[Float.BYTES * header.size()];
    for (long entry = 1; entry <= header.words(); entry++) {
      String word = word(entry, header);
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw cut(entry, header);
      }
      take(word, bytes, entry, reader);
    }
  }

  private static void take(String word, byte[] bytes, long entry, VectorReader reader) {
    FloatBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < numbers.limit(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        reader.refuse(entry, "the vector of '" + word + "' has what is no finite number");
        return;
      }
    }
    if (reader.wants(word)) {
      float[] vector = new float[reader.size()];
      numbers.get(vector);
      reader.take(word, vector, entry);
    } else {
      reader.pass(word, entry);
    }
  }

  private String word(long entry, VectorHeader header) throws IOException {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    for (int b = in.read(); b != ' '; b = in.read()) {
      if (b < 0) {
        throw cut(entry, header);
      }
      if (word.size() == MAX_WORD) {
        throw DataException.in(
            source,
            "entry "
                + entry
                + " has no end of its word within "
                + MAX_WORD
                + " bytes; is it binary?");
      }
      if (b != '\n' || word.size() > 0) {
        word.write(b);
      }
    }
    return word.toString(StandardCharsets.UTF_8);
  }

  private DataException cut(long entry, VectorHeader header) {
    return DataException.in(
        source, "ends within entry %d of %d; copy the file again".formatted(entry, header.words()));
  }
}
