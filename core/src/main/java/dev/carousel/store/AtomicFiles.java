package dev.carousel.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that a reader finds either the old content or the new, never a part.
 *
 * <p>Content goes to {@code .NAME.tmp} beside the target, is forced to the disk and then renamed
 * over the target. {@link DirectorySwap} does the same for a whole directory. A {@code kill -9}
 * leaves:
 *
 * <ul>
 *   <li>before the rename: the old target, and a {@code .NAME.tmp} that the next write replaces;
 *   <li>after it: the new target.
 * </ul>
 *
 * In both cases a {@code .NAME.lock} may stay; it is unlocked and the next write removes it.
 */
public final class AtomicFiles {
  private static final int BUFFER = 1 << 16;

  private AtomicFiles() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to {@code out}, which is buffered; the caller closes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces {@code target} by {@code content}. Missing parent directories are created; a symbolic
   * link is followed, so that the file it points to is replaced and the link stays.
   *
   * @throws StoreException if it cannot be written or another writer is at it; the target is then
   *     unchanged. What {@code content} itself throws unchecked passes through, likewise.
   */
  public static void write(Path target, Content content) {
    try {
      Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
      Files.createDirectories(parent(file));
      WriteLock.whileHeld(file, () -> replace(file, content));
    } catch (IOException e) {
      throw StoreException.unwritable(target, e);
    }
  }

  /** Replaces {@code target} by the UTF-8 bytes of {@code text}; see {@link #write}. */
  public static void writeString(Path target, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(target, out -> out.write(bytes));
  }

  private static void replace(Path file, Content content) throws IOException {
    Path temporary = sibling(file, ".tmp");
    Files.deleteIfExists(temporary);
    try {
      writeForced(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory(parent(file));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeForced(Path file, Content content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** {@code .NAME.suffix} beside {@code target}. */
  static Path sibling(Path target, String suffix) {
    return target.resolveSibling("." + name(target) + suffix);
  }

  static Path parent(Path absolute) throws IOException {
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException("a file-system root cannot be replaced");
    }
    return parent;
  }

  /** Makes renames in {@code directory} durable, where the platform can (Windows cannot). */
  static void forceDirectory(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Path name(Path target) {
    Path name = target.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("a path with a file name is needed, not " + target);
    }
    return name;
  }
}
