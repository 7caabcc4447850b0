package dev.carousel.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Has Maven resolve and build the peers that are asked for, each at its first use and after
 * something it is made from has changed.
 */
public final class PeerBuild {
  private static final String STAMP = "built";
  private static final String LOG = "maven.log";

  private final Checkout checkout;
  private final Consumer<String> progress;

  /**
   * Builds in this source tree.
   *
   * @param progress is told what takes time
   */
  public PeerBuild(Checkout checkout, Consumer<String> progress) {
    this.checkout = checkout;
    this.progress = progress;
  }

  /**
   * The jars of a peer.
   *
   * @throws PeerException if Maven could not bring them, with its reason
   */
  public PeerJars jars(PeerSpec peer) throws IOException, PeerException {
    Path folder = checkout.jars(peer);
    if (!fresh(peer, folder)) {
      progress.accept("resolving " + peer.name() + " (" + peer.title() + ") with Maven");
      Files.createDirectories(folder);
      maven(peer, folder);
      Files.writeString(folder.resolve(STAMP), "");
    }
    return new PeerJars(peer, folder);
  }

  private boolean fresh(PeerSpec peer, Path folder) throws IOException {
    Path stamp = folder.resolve(STAMP);
    if (!Files.exists(stamp)) {
      return false;
    }
    FileTime built = Files.getLastModifiedTime(stamp);
    for (Path source : sources(peer)) {
      if (Files.getLastModifiedTime(source).compareTo(built) > 0) {
        return false;
      }
    }
    return true;
  }

  private List<Path> sources(PeerSpec peer) throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(checkout.home().resolve("pom.xml"));
    sources.add(checkout.home().resolve("bench/peers/pom.xml"));
    for (Path jar : Checkout.jarsIn(checkout.benchTarget())) {
      sources.add(jar);
    }
    for (Path jar : Checkout.jarsIn(checkout.benchTarget().resolve("lib"))) {
      if (jar.getFileName().toString().startsWith("carousel-")) {
        sources.add(jar);
      }
    }
    try (Stream<Path> files = Files.walk(checkout.module(peer))) {
      files.filter(Files::isRegularFile).forEach(sources::add);
    }
    return sources;
  }

  private void maven(PeerSpec peer, Path folder) throws IOException, PeerException {
    // Or libraries of another version would stay on the class path.
    for (Path jar : Checkout.jarsIn(folder.resolve("lib"))) {
      Files.delete(jar);
    }
    Path log = folder.resolve(LOG);
    Process maven =
        new ProcessBuilder(command(peer))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code;
    try {
      code = maven.waitFor();
    } catch (InterruptedException e) {
      maven.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Maven resolved " + peer.name(), e);
    }
    if (code != 0) {
      throw new PeerException(
          "Maven could not bring it: " + firstError(log) + " (all of it in " + log + ")");
    }
  }

  private List<String> command(PeerSpec peer) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn");
    command.addAll(List.of("-f", checkout.home().resolve("pom.xml").toString()));
    command.addAll(List.of("-q", "-B", "-ntp", "-Dfast", "-DskipTests", "-Ppeers"));
    if (peer.name().equals("dl4j") && !hasAvx512()) {
      command.add("-Ddl4j.platform=linux-x86_64-onednn-avx2");
    }
    String module = "bench" + File.separator + "peers" + File.separator + peer.name();
    command.addAll(List.of("-pl", module, "-am", "package"));
    return command;
  }

  /** Deeplearning4j's natives are built for one instruction set each. */
  private static boolean hasAvx512() throws IOException {
    Path cpu = Path.of("/proc/cpuinfo");
    return !Files.isReadable(cpu) || Files.readString(cpu).contains(" avx512f ");
  }

  private static String firstError(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(l -> l.startsWith("[ERROR]"))
          .findFirst()
          .map(l -> l.substring("[ERROR]".length()).strip())
          .orElse("it ended without an error message");
    }
  }
}
