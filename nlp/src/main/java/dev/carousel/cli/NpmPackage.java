package dev.carousel.cli;

import dev.carousel.store.DirectorySwap;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * A package that npm can fetch. Nothing of it is run; a few of its files are taken out.
 *
 * @param name its name
 * @param version its version
 * @param sha256 of the archive, in hexadecimal digits
 */
record NpmPackage(String name, String version, String sha256) {
  private static final long PATIENCE_SECONDS = 120;

  /**
   * Fetches the archive, verifies its checksum and puts some of its files into a new folder.
   *
   * @param entries their names in the archive
   * @param folder appears complete or not at all
   * @throws IOException if npm is missing or fails, or if the archive is not the expected one
   */
  void extract(List<String> entries, Path folder) throws IOException {
    Path scratch = Files.createTempDirectory("carousel-npm");
    Path archive = scratch.resolve(name + "-" + version + ".tgz");
    try {
      pack(scratch);
      verify(archive);
      Map<String, byte[]> files = read(archive, entries);
      DirectorySwap.replace(
          folder,
          fresh -> {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
              Files.write(fresh.resolve(SentimentSentences.name(file.getKey())), file.getValue());
            }
          });
    } finally {
      Files.deleteIfExists(archive);
      Files.deleteIfExists(scratch);
    }
  }

  private void pack(Path scratch) throws IOException {
    String npm = System.getProperty("os.name", "").startsWith("Windows") ? "npm.cmd" : "npm";
    List<String> command = new ArrayList<>(List.of(npm, "pack", "--silent"));
    command.add(name + "@" + version);
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(scratch.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new IOException(
          "these sentences come through npm, which is not on the PATH; install Node.js, or run"
              + " 'carousel demo', whose text is here already",
          e);
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            "'" + String.join(" ", command) + "' failed; is its registry within reach?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while npm was at work", e);
    } finally {
      process.destroy();
    }
  }

  private void verify(Path archive) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive));
      String found = HexFormat.of().formatHex(digest);
      if (!found.equals(sha256)) {
        throw new IOException(
            "npm brought another "
                + name
                + "@"
                + version
                + ": its SHA-256 is "
                + found
                + ", expected "
                + sha256);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static Map<String, byte[]> read(Path archive, List<String> entries) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream bytes =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      TarReader tar = new TarReader(bytes);
      for (String entry = tar.next(); entry != null; entry = tar.next()) {
        if (entries.contains(entry)) {
          files.put(entry, tar.content());
        }
      }
    }
    if (files.size() != entries.size()) {
      throw new IOException(archive.getFileName() + " lacks some of " + entries);
    }
    return files;
  }
}
