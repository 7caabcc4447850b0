package dev.carousel.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 checksums as 64 lower-case hexadecimal digits, the form {@code sha256sum} prints. */
public final class Sha256 {
  static final int BYTES = 32;
  private static final int CHUNK = 1 << 18;

  private Sha256() {}

  /**
   * The checksum of a file, read in pieces.
   *
   * @throws StoreException if the file cannot be read
   */
  public static String of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = digest();
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      return hex(digest.digest());
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
  }

  /** The checksum of the UTF-8 bytes of {@code text}. */
  public static String of(String text) {
    return hex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A checksum's bytes in the form of this class. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** A running checksum, for what is read or written anyway. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
