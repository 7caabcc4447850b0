package dev.carousel.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files that were found to be what their manifest says, and are still the same when they are used:
 * a model may be replaced at any time, and no reader may see half of each.
 */
final class VerifiedFiles {
  private static final int ATTEMPTS = 5;

  private final Path directory;
  private final Map<String, FileStamp> stamps = new TreeMap<>();

  /** Verifies every listed file of {@code directory}. */
  private VerifiedFiles(Path directory, Set<String> required) {
    this.directory = directory;
    Manifest manifest = Manifest.read(directory);
    for (String name : required) {
      if (!manifest.files().containsKey(name)) {
        throw StoreException.damaged(directory.resolve(Manifest.FILE), "does not list " + name);
      }
    }
    for (String name : manifest.files().keySet()) {
      stamps.put(name, FileStamp.of(directory.resolve(name)));
      manifest.verify(directory, name);
    }
  }

  /**
   * Verifies the files in {@code target}; starts again if they are replaced meanwhile.
   *
   * @param required names that the manifest must list
   */
  static VerifiedFiles open(Path target, Set<String> required) {
    for (int attempt = 1; ; attempt++) {
      FileStamp before = manifestStamp(target);
      try {
        return new VerifiedFiles(DirectorySwap.current(target), required);
      } catch (StoreException e) {
        if (attempt == ATTEMPTS || manifestStamp(target).equals(before)) {
          throw e;
        }
      }
    }
  }

  Path directory() {
    return directory;
  }

  Set<String> names() {
    return stamps.keySet();
  }

  /** The whole of a text file. */
  String text(String name, int limit) {
    String text = TextFiles.read(directory.resolve(name), limit);
    requireUnchanged(name);
    return text;
  }

  /** A file of tensors; once open, its content stays even if the path is given to another file. */
  SafeTensors tensors(String name) {
    SafeTensors tensors = SafeTensors.open(directory.resolve(name));
    try {
      requireUnchanged(name);
      return tensors;
    } catch (StoreException e) {
      tensors.close();
      throw e;
    }
  }

  private void requireUnchanged(String name) {
    if (!FileStamp.of(directory.resolve(name)).equals(stamps.get(name))) {
      throw new StoreException(
          directory.resolve(name),
          "was replaced after its model had been opened",
          "open the model again");
    }
  }

  private static FileStamp manifestStamp(Path target) {
    return FileStamp.of(DirectorySwap.current(target).resolve(Manifest.FILE));
  }
}
