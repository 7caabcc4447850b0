package dev.carousel.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * One writer per target, across processes: an operating-system lock on {@code .NAME.lock}.
 *
 * <p>The system drops the lock when its process dies, so a killed writer blocks nobody. The file is
 * deleted on release. As another writer may then get its lock on the deleted file, whoever gets a
 * lock writes a token into it and goes on only if the path still shows that token.
 */
final class WriteLock {
  private static final int ATTEMPTS = 100;

  private WriteLock() {}

  /** Something that touches the disk. */
  interface Action {
    void run() throws IOException;
  }

  /**
   * Runs {@code action} while no other writer is at {@code target}.
   *
   * @throws StoreException at once if another writer is
   */
  static void whileHeld(Path target, Action action) throws IOException {
    Path path = AtomicFiles.sibling(target, ".lock");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (!locked(channel)) {
          break;
        }
        if (stillAt(path, channel)) {
          runThenDelete(action, path);
          return;
        }
      }
    }
    throw new StoreException(
        target,
        "another thread or process is writing it",
        "wait until it is done, or write somewhere else");
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process holds it
    }
  }

  private static boolean stillAt(Path path, FileChannel channel) throws IOException {
    byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(token), 0);
    return Files.exists(path) && Arrays.equals(Files.readAllBytes(path), token);
  }

  private static void runThenDelete(Action action, Path path) throws IOException {
    try {
      action.run();
    } finally {
      Files.deleteIfExists(path);
    }
  }
}
