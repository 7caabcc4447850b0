package dev.carousel.bench.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays that a row computes; see {@link Exercise#answer}.
 *
 * @param parts by name, in a fixed order
 */
public record Answer(Map<String, float[]> parts) {
  /** An answer of one array. */
  public static Answer of(String name, float[] values) {
    return new Answer(Map.of(name, values));
  }

  /** An answer to be filled with {@link #with}. */
  public static Answer empty() {
    return new Answer(new LinkedHashMap<>());
  }

  /** Adds an array; returns this. */
  public Answer with(String name, float[] values) {
    parts.put(name, values);
    return this;
  }

  /** Writes it: for each array its name, its length and its floats, big-endian. */
  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(parts.size());
      for (Map.Entry<String, float[]> part : parts.entrySet()) {
        out.writeUTF(part.getKey());
        out.writeInt(part.getValue().length);
        ByteBuffer bytes = ByteBuffer.allocate(part.getValue().length * Float.BYTES);
        bytes.asFloatBuffer().put(part.getValue());
        out.write(bytes.array());
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Answer read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Answer answer = empty();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES)).asFloatBuffer().get(values);
        answer.with(name, values);
      }
      return answer;
    }
  }
}
