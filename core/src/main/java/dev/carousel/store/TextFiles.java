package dev.carousel.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whole UTF-8 files up to a limit. */
final class TextFiles {
  static final int MAX_JSON = 1 << 24;
  static final int MAX_TEXT = 1 << 28;

  private TextFiles() {}

  /**
   * Reads all of {@code file}.
   *
   * @throws StoreException if it cannot be read, is longer than {@code limit} bytes, or is not
   *     UTF-8
   */
  static String read(Path file, int limit) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) Math.min(limit, Files.size(file)));
      if (in.read() >= 0) {
        throw StoreException.damaged(file, "is longer than the " + limit + " bytes allowed here");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw StoreException.damaged(file, "is not valid UTF-8");
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
  }
}
