package dev.carousel.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the plain files of a tar archive (POSIX ustar), one after the other. */
final class TarReader {
  private static final int BLOCK = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int MAX_SIZE = 1 << 26;

  private final InputStream bytes;
  private int unread;

  TarReader(InputStream bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next entry and returns its name, or null at the end. */
  @Nullable String next() throws IOException {
    bytes.skipNBytes(padded(unread));
    byte[] header = block(BLOCK);
    if (header[0] == 0) {
      return null;
    }
    unread = size(header);
    return text(header, 0, NAME_LENGTH);
  }

  /** The bytes of the entry that {@link #next} went to; once. */
  byte[] content() throws IOException {
    byte[] content = block(unread);
    bytes.skipNBytes(padded(unread) - unread);
    unread = 0;
    return content;
  }

  private byte[] block(int length) throws IOException {
    byte[] block = bytes.readNBytes(length);
    if (block.length < length) {
      throw new EOFException("the archive is cut off");
    }
    return block;
  }

  private static int size(byte[] header) throws IOException {
    String digits = text(header, SIZE_AT, SIZE_LENGTH).strip();
    try {
      long size = Long.parseLong(digits, 8);
      if (size <= MAX_SIZE) {
        return (int) size;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the archive is damaged: an entry's size is '" + digits + "'", e);
    }
    throw new IOException("the archive holds an entry of more than " + MAX_SIZE + " bytes");
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static int padded(int size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
