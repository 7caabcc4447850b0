package dev.carousel.store;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a training run needs to go on as if it had never stopped: named flat arrays and one
 * small record as JSON.
 *
 * <p>On disk it is one safetensors file, so any tool of that format can look inside. Its last
 * tensor, {@code sha256}, is the checksum of every byte before it; {@link #load} refuses a file of
 * which a single bit has changed.
 *
 * @param floats by name; not copied
 * @param ints by name; not copied
 * @param longs by name; not copied
 * @param state a record as {@link StrictJson} writes it: step, epoch, random counters, schedule …
 */
public record Checkpoint(
    Map<String, float[]> floats, Map<String, int[]> ints, Map<String, long[]> longs, String state) {

  private static final String FORMAT = "carousel-checkpoint";
  private static final String VERSION = "1";
  private static final String SEAL = "sha256";

  /** Copies the maps, but not the arrays. */
  public Checkpoint {
    floats = Map.copyOf(floats);
    ints = Map.copyOf(ints);
    longs = Map.copyOf(longs);
  }

  /** A checkpoint of float arrays and a state only. */
  public static Checkpoint of(Map<String, float[]> floats, Record state) {
    return new Checkpoint(floats, Map.of(), Map.of(), StrictJson.write(state));
  }

  /**
   * Reads a checkpoint and verifies its checksum.
   *
   * @throws StoreException if it cannot be read, is no checkpoint, or is damaged
   */
  public static Checkpoint load(Path file) {
    try (SafeTensors tensors = SafeTensors.open(file)) {
      requireFormat(tensors);
      Seal.verify(tensors, SEAL);
      return read(tensors);
    }
  }

  /**
   * Replaces {@code file} by this checkpoint. Killed at any moment, it leaves the old checkpoint or
   * the new one.
   *
   * @throws StoreException if it cannot be written; the old file is then unchanged
   * @throws IllegalArgumentException if two arrays share a name
   */
  public void save(Path file) {
    MessageDigest digest = Sha256.digest();
    SafeTensorsWriter writer =
        new SafeTensorsWriter()
            .metadata("format", FORMAT)
            .metadata("version", VERSION)
            .metadata("state", state);
    floats.forEach((name, array) -> writer.put(name, FloatBuffer.wrap(array), array.length));
    ints.forEach((name, array) -> writer.put(name, IntBuffer.wrap(array), array.length));
    longs.forEach((name, array) -> writer.put(name, LongBuffer.wrap(array), array.length));
    writer.putLate(SEAL, Sha256.BYTES, digest::digest);
    AtomicFiles.write(file, out -> writer.writeTo(new DigestOutputStream(out, digest)));
  }

  /**
   * The state as the record it was written from.
   *
   * @param file where it came from, for the message
   * @throws StoreException if it does not fit {@code type}
   */
  public <R extends Record> R state(Path file, Class<R> type) {
    return StrictJson.read(file, state, type);
  }

  private static void requireFormat(SafeTensors tensors) {
    String format = tensors.metadata().get("format");
    if (!FORMAT.equals(format)) {
      throw new StoreException(
          tensors.file(), "is not a checkpoint", "give a file that training wrote as checkpoint");
    }
    String version = tensors.metadata().get("version");
    if (!VERSION.equals(version)) {
      throw new StoreException(
          tensors.file(),
          "has checkpoint version %s, this program reads %s".formatted(version, VERSION),
          "use the version of the program that wrote it");
    }
  }

  private static Checkpoint read(SafeTensors tensors) {
    Map<String, float[]> floats = new TreeMap<>();
    Map<String, int[]> ints = new TreeMap<>();
    Map<String, long[]> longs = new TreeMap<>();
    for (TensorEntry tensor : tensors.tensors().values()) {
      String name = tensor.name();
      switch (tensor.type()) {
        case F32 -> floats.put(name, tensors.floats(name));
        case I32 -> ints.put(name, tensors.ints(name));
        case I64 -> longs.put(name, tensors.longs(name));
        default -> requireSeal(tensors, tensor);
      }
    }
    String state = tensors.metadata().get("state");
    if (state == null) {
      throw StoreException.damaged(tensors.file(), "has no state");
    }
    return new Checkpoint(floats, ints, longs, state);
  }

  private static void requireSeal(SafeTensors tensors, TensorEntry tensor) {
    if (!tensor.name().equals(SEAL)) {
      throw StoreException.damaged(
          tensors.file(),
          "has tensor '%s' of type %s, which no checkpoint holds"
              .formatted(tensor.name(), tensor.type()));
    }
  }
}
