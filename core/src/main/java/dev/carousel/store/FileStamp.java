package dev.carousel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * By what one tells that a path still leads to the same, unchanged file.
 *
 * @param key the file's identity, if the file system has such a thing
 * @param modified when it was last written
 * @param size in bytes
 */
record FileStamp(@Nullable Object key, @Nullable FileTime modified, long size) {
  private static final FileStamp NO_FILE = new FileStamp(null, null, -1);

  /** The stamp of the file at {@code path}, or that of no file. */
  static FileStamp of(Path path) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new FileStamp(found.fileKey(), found.lastModifiedTime(), found.size());
    } catch (IOException e) {
      return NO_FILE;
    }
  }
}
