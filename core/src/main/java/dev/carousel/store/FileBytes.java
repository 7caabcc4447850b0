package dev.carousel.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Positioned reads that treat an early end of the file as damage. */
final class FileBytes {

  private FileBytes() {}

  /** Fills {@code target} from {@code position} on. */
  static void read(Path file, FileChannel channel, long position, ByteBuffer target)
      throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int n = channel.read(target, next);
      if (n < 0) {
        throw StoreException.damaged(file, "ends at byte " + next + " while it is being read");
      }
      next += n;
    }
  }

  /** The {@code length} bytes from {@code position} on; closing it leaves the channel open. */
  static InputStream stream(Path file, FileChannel channel, long position, long length) {
    return new InputStream() {
      private long next = position;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int count) throws IOException {
        long left = position + length - next;
        if (left == 0 && count > 0) {
          return -1;
        }
        int n = (int) Math.min(count, left);
        FileBytes.read(file, channel, next, ByteBuffer.wrap(target, offset, n));
        next += n;
        return n;
      }
    };
  }
}
