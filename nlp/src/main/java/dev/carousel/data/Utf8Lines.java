package dev.carousel.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a UTF-8 file line by line, strictly: malformed bytes, NUL and over-long lines are errors
 * that name the line.
 *
 * <p>A line ends with LF or CR LF; a lone CR is text. A byte-order mark at the start is skipped.
 * One line at a time is in memory, so a file of any length can be read. Not thread safe.
 */
public final class Utf8Lines implements Closeable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final String source;
  private final int maxLineBytes;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] chunk = new byte[1 << 16];
  private int chunkAt;
  private int chunkEnd;
  private byte[] line = new byte[256];
  private int lineLength;
  private long number;
  private String terminator = "";

  /**
   * Reads from a stream, which {@link #close} closes.
   *
   * @param in the bytes
   * @param source the file's name for error messages
   * @param maxLineBytes the longest line accepted
   */
  public Utf8Lines(InputStream in, String source, int maxLineBytes) {
    this.in = in;
    this.source = source;
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @param maxLineBytes the longest line accepted
   * @return the open reader
   * @throws IOException if the file cannot be opened
   */
  public static Utf8Lines open(Path file, int maxLineBytes) throws IOException {
    return new Utf8Lines(Files.newInputStream(file), file.toString(), maxLineBytes);
  }

  /** Returns the file's name, for messages. */
  public String source() {
    return source;
  }

  /** Returns the number of the line last read, counted from 1; 0 before the first. */
  public long number() {
    return number;
  }

  int maxLineBytes() {
    return maxLineBytes;
  }

  /** Returns what ended the line last read: LF, CR LF, or nothing at the end of the file. */
  String terminator() {
    return terminator;
  }

  /**
   * Reads the next line.
   *
   * @return the line without its terminator, or null at the end of the file
   * @throws IOException if the file cannot be read
   * @throws DataException if the line is not UTF-8, holds a NUL or is too long
   */
  public @Nullable String next() throws IOException {
    try {
      return nextRow();
    } catch (BadRowException bad) {
      throw DataException.at(source, bad.line(), bad.problem());
    }
  }

  /** As {@link #next}, but bytes that are no text spoil only their own line. */
  @Nullable String nextRow() throws IOException, BadRowException {
    if (!fillLine()) {
      return null;
    }
    int from = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
    return decode(from);
  }

  private boolean fillLine() throws IOException {
    lineLength = 0;
    terminator = "";
    while (true) {
      if (chunkAt == chunkEnd && !fillChunk()) {
        number += lineLength > 0 ? 1 : 0;
        return lineLength > 0;
      }
      int end = chunkAt;
      while (end < chunkEnd && chunk[end] != '\n') {
        end++;
      }
      append(chunkAt, end);
      chunkAt = end;
      if (end < chunkEnd) {
        chunkAt++;
        number++;
        endLine();
        return true;
      }
    }
  }

  private boolean fillChunk() throws IOException {
    chunkAt = 0;
    chunkEnd = Math.max(0, in.readNBytes(chunk, 0, chunk.length));
    return chunkEnd > 0;
  }

  private void append(int from, int to) {
    long length = (long) lineLength + to - from;
    // One byte more than allowed, because the last may turn out to be the terminator's CR.
    if (length > (long) maxLineBytes + 1) {
      throw tooLong(number + 1);
    }
    if (length > line.length) {
      line =
          Arrays.copyOf(
              line, (int) Math.min((long) maxLineBytes + 1, Math.max(length, line.length * 2L)));
    }
    System.arraycopy(chunk, from, line, lineLength, to - from);
    lineLength = (int) length;
  }

  private void endLine() {
    terminator = "\n";
    if (lineLength > 0 && line[lineLength - 1] == '\r') {
      lineLength--;
      terminator = "\r\n";
    }
  }

  private DataException tooLong(long at) {
    return DataException.at(
        source,
        at,
        "the line is longer than "
            + maxLineBytes
            + " bytes; is this a text file with one example a line?");
  }

  private boolean startsWithByteOrderMark() {
    return lineLength >= 3 && Arrays.equals(line, 0, 3, BYTE_ORDER_MARK, 0, 3);
  }

  private String decode(int from) throws BadRowException {
    if (lineLength > maxLineBytes) {
      throw tooLong(number);
    }
    for (int i = from; i < lineLength; i++) {
      if (line[i] == 0) {
        throw new BadRowException(
            number, "NUL byte at byte " + (i + 1) + " of the line; is the file UTF-16 or binary?");
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(line, from, lineLength - from);
    try {
      return decoder.decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new BadRowException(
          number,
          "malformed UTF-8 at byte "
              + (bytes.position() + 1)
              + " of the line; convert the file to UTF-8");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
