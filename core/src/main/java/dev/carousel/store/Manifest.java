package dev.carousel.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a model directory holds: {@code manifest.json}.
 *
 * @param format always {@link #FORMAT}
 * @param version of the directory's layout
 * @param files size and checksum of every file but the manifest, by name
 */
record Manifest(String format, int version, Map<String, FileEntry> files) {
  static final String FILE = "manifest.json";
  static final String FORMAT = "carousel-model";
  static final int VERSION = 1;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Size in bytes and checksum of one file. */
  record FileEntry(long size, String sha256) {}

  /** What every version of the format has, so that another version is recognised as one. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Version(String format, int version) {}

  Manifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    for (String name : files.keySet()) {
      requireName(name);
    }
  }

  static Manifest of(Path directory, Iterable<String> names) throws IOException {
    Map<String, FileEntry> files = new TreeMap<>();
    for (String name : names) {
      Path file = directory.resolve(name);
      files.put(name, new FileEntry(Files.size(file), Sha256.of(file)));
    }
    return new Manifest(FORMAT, VERSION, files);
  }

  /**
   * Reads the manifest of {@code directory} without looking at the other files.
   *
   * @throws StoreException if it is missing, damaged, foreign or of another version
   */
  static Manifest read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException(
          directory,
          "is not a model directory: it has no " + FILE,
          "give a directory with a model");
    }
    String text = TextFiles.read(file, TextFiles.MAX_JSON);
    Version found = StrictJson.read(file, text, Version.class);
    if (!found.format().equals(FORMAT)) {
      throw new StoreException(
          file,
          "has format '%s', expected '%s'".formatted(found.format(), FORMAT),
          "give a directory with a model");
    }
    if (found.version() != VERSION) {
      throw new StoreException(
          file,
          "has version %d, this program reads %d".formatted(found.version(), VERSION),
          "use the version of the program that wrote it");
    }
    return StrictJson.read(file, text, Manifest.class);
  }

  /** Refuses all but plain names, so that none can point outside the directory. */
  static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(FILE)) {
      throw new IllegalArgumentException(
          "'" + name + "' cannot be the name of a file in a model directory");
    }
  }

  /** Compares the listed file {@code name} with its entry. */
  void verify(Path directory, String name) {
    Path file = directory.resolve(name);
    FileEntry expected = Objects.requireNonNull(files.get(name));
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw StoreException.damaged(
          file, AtomicFiles.exists(file) ? "is not a regular file" : "is missing");
    }
    try {
      long size = Files.size(file);
      if (size != expected.size()) {
        throw StoreException.damaged(
            file, "has %d bytes, expected %d".formatted(size, expected.size()));
      }
    } catch (IOException e) {
      throw StoreException.unreadable(file, e);
    }
    String sha256 = Sha256.of(file);
    if (!sha256.equals(expected.sha256())) {
      throw StoreException.damaged(
          file, "has checksum %s, expected %s".formatted(sha256, expected.sha256()));
    }
  }
}
