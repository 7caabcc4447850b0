package dev.carousel.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a whole directory so that a complete old or new one can always be read.
 *
 * <p>The new directory is built as {@code .NAME.new} beside the target and forced to the disk; then
 * the target is renamed to {@code .NAME.old}, {@code .NAME.new} to the target, and {@code
 * .NAME.old} is deleted. A {@code kill -9} leaves:
 *
 * <ol>
 *   <li>while building: the old target and a partial {@code .NAME.new}, which the next write
 *       deletes;
 *   <li>between the renames: no target, a complete {@code .NAME.old} and a complete {@code
 *       .NAME.new}. {@link #current} answers the old one, and the next write puts it back first;
 *   <li>while deleting: the new target and a partial {@code .NAME.old}, which nobody reads while
 *       the target exists and the next write deletes.
 * </ol>
 */
public final class DirectorySwap {
  private static final String NEW = ".new";
  private static final String OLD = ".old";

  private DirectorySwap() {}

  /** What goes into a directory. */
  @FunctionalInterface
  public interface Content {
    /** Creates every file under {@code directory}, which exists and is empty. */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Replaces the directory {@code target}, and everything in it, by {@code content}. Missing parent
   * directories are created.
   *
   * @throws StoreException if the target is a link or no directory, if it cannot be written, or if
   *     another writer is at it; the target is then as it was
   */
  public static void replace(Path target, Content content) {
    Path directory = target.toAbsolutePath().normalize();
    refuseUnlessDirectory(directory);
    try {
      Files.createDirectories(AtomicFiles.parent(directory));
      WriteLock.whileHeld(
          directory,
          () -> {
            recover(directory);
            build(directory, content);
            swap(directory);
          });
    } catch (IOException e) {
      throw StoreException.unwritable(target, e);
    }
  }

  /**
   * The directory to read for {@code target}: the target itself, or what an interrupted {@link
   * #replace} moved aside. Answers the target if neither exists.
   */
  public static Path current(Path target) {
    if (AtomicFiles.exists(target) || target.getFileName() == null) {
      return target;
    }
    Path old = AtomicFiles.sibling(target.toAbsolutePath().normalize(), OLD);
    return AtomicFiles.exists(old) ? old : target;
  }

  private static void refuseUnlessDirectory(Path target) {
    if (AtomicFiles.exists(target) && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException(
          target,
          "is a file or a symbolic link where a directory is to be written",
          "move it away or choose another directory");
    }
  }

  private static void recover(Path directory) throws IOException {
    Path old = AtomicFiles.sibling(directory, OLD);
    if (AtomicFiles.exists(old) && !AtomicFiles.exists(directory)) {
      Files.move(old, directory, StandardCopyOption.ATOMIC_MOVE);
    }
    delete(old);
    delete(AtomicFiles.sibling(directory, NEW));
  }

  private static void build(Path directory, Content content) throws IOException {
    Path fresh = AtomicFiles.sibling(directory, NEW);
    Files.createDirectory(fresh);
    boolean complete = false;
    try {
      content.writeTo(fresh);
      forceTree(fresh);
      complete = true;
    } finally {
      if (!complete) {
        delete(fresh);
      }
    }
  }

  private static void swap(Path directory) throws IOException {
    Path fresh = AtomicFiles.sibling(directory, NEW);
    Path old = AtomicFiles.sibling(directory, OLD);
    boolean replaces = AtomicFiles.exists(directory);
    if (replaces) {
      Files.move(directory, old, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (replaces) {
        Files.move(old, directory, StandardCopyOption.ATOMIC_MOVE);
      }
      throw e;
    }
    AtomicFiles.forceDirectory(AtomicFiles.parent(directory));
    delete(old);
  }

  private static void forceTree(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
              channel.force(true);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            AtomicFiles.forceDirectory(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path root) throws IOException {
    if (!AtomicFiles.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
