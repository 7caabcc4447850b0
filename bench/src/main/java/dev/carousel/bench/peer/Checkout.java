package dev.carousel.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The source tree that the benchmark was built from; peers are built there as well.
 *
 * @param home the folder with the launcher
 */
public record Checkout(Path home) {
  /** The property by which the launcher says where it is. */
  public static final String PROPERTY = "carousel.home";

  /**
   * The one that the launcher named.
   *
   * @throws IOException if there is none, with the remedy
   */
  public static Checkout here() throws IOException {
    String home = System.getProperty(PROPERTY);
    if (home == null || !Files.isDirectory(Path.of(home, "bench", "peers"))) {
      throw new IOException(
          "the benchmark builds its peers from Carousel's source tree: start it there as"
              + " ./carousel bench (or give the JVM -D%s=FOLDER)".formatted(PROPERTY));
    }
    return new Checkout(Path.of(home));
  }

  /** Where bench keeps what can be made again. */
  Path benchTarget() {
    return home.resolve("bench").resolve("target");
  }

  /** Where a peer's jars are. */
  Path jars(PeerSpec peer) {
    return benchTarget().resolve("peers").resolve(peer.name());
  }

  /** A peer's module. */
  Path module(PeerSpec peer) {
    return home.resolve("bench").resolve("peers").resolve(peer.name());
  }

  /** The commit, with {@code -dirty} if files were changed since; {@code unknown} without git. */
  public String commit() {
    List<String> command =
        List.of("git", "-C", home.toString(), "describe", "--always", "--dirty", "--exclude=*");
    try {
      Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor() == 0 && said.matches("[0-9a-f]{7,}(-dirty)?") ? said : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** The jar files in a folder, sorted. */
  static List<Path> jarsIn(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.jar")) {
        files.forEach(jars::add);
      }
    }
    jars.sort(null);
    return jars;
  }
}
