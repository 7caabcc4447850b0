package dev.carousel.embed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ids in a temporary file of the system, four bytes each, which goes away when it is closed. First
 * written by one thread, then read by any number.
 */
final class IdFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER);
  private long size;

  private IdFile(FileChannel channel) {
    this.channel = channel;
  }

  static IdFile create() throws IOException {
    Path path = Files.createTempFile("carousel-", ".ids");
    return new IdFile(
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  /** Ids written so far. */
  long size() {
    return size;
  }

  void add(int id) throws IOException {
    if (!pending.hasRemaining()) {
      flush();
    }
    pending.putInt(id);
    size++;
  }

  /** Makes everything readable. */
  void flush() throws IOException {
    pending.flip();
    while (pending.hasRemaining()) {
      channel.write(pending);
    }
    pending.clear();
  }

  /** A reader of the ids from the index {@code from} on. */
  Reader reader(long from) {
    return new Reader(from);
  }

  /** Reads ids in their order. Not thread safe: one a thread. */
  final class Reader {
    private final ByteBuffer read = ByteBuffer.allocate(BUFFER).limit(0);
    private long at;

    private Reader(long from) {
      this.at = from;
    }

    /** The index of the next id. */
    long at() {
      return at;
    }

    /** The next id; the caller knows how many there are. */
    int next() throws IOException {
      if (!read.hasRemaining()) {
        fill();
      }
      at++;
      return read.getInt();
    }

    private void fill() throws IOException {
      read.clear();
      long from = at * Integer.BYTES;
      while (read.position() < Integer.BYTES || read.position() % Integer.BYTES != 0) {
        if (channel.read(read, from + read.position()) < 0) {
          throw new IOException("the temporary file ends before its last id; is the disk full?");
        }
      }
      read.flip();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
