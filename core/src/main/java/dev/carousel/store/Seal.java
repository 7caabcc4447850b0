package dev.carousel.store;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;

/** The checksum at the end of a safetensors file: a U8[32] tensor over every byte before it. */
final class Seal {
  private static final int CHUNK = 1 << 18;

  private Seal() {}

  /**
   * Reads the whole file once.
   *
   * @throws StoreException if the seal is missing, not at the end, or does not match
   */
  static void verify(SafeTensors tensors, String name) {
    TensorEntry seal = tensors.tensors().get(name);
    if (seal == null
        || seal.type() != ElementType.U8
        || !seal.shape().equals(List.of((long) Sha256.BYTES))
        || tensors.tensors().values().stream().anyMatch(other -> other.end() > seal.end())) {
      throw StoreException.damaged(tensors.file(), "does not end with the checksum '" + name + "'");
    }
    long sealed = tensors.dataStart() + seal.begin();
    try {
      byte[] actual = digest(tensors, sealed);
      byte[] expected = stream(tensors, sealed, Sha256.BYTES).readAllBytes();
      if (!MessageDigest.isEqual(actual, expected)) {
        throw StoreException.damaged(
            tensors.file(),
            "has checksum %s but says %s".formatted(Sha256.hex(actual), Sha256.hex(expected)));
      }
    } catch (IOException e) {
      throw StoreException.unreadable(tensors.file(), e);
    }
  }

  private static byte[] digest(SafeTensors tensors, long length) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    InputStream in = stream(tensors, 0, length);
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      digest.update(chunk, 0, n);
    }
    return digest.digest();
  }

  private static InputStream stream(SafeTensors tensors, long position, long length) {
    return FileBytes.stream(tensors.file(), tensors.channel(), position, length);
  }
}
