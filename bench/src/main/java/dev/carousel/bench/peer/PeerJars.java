package dev.carousel.bench.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The jars of a peer as they were resolved.
 *
 * @param peer whose
 * @param folder where {@code adapter.jar} and {@code lib} are
 */
public record PeerJars(PeerSpec peer, Path folder) {
  /** What is there for the measurement alone, and no part of what a user would download. */
  private static final List<String> OURS = List.of("carousel-bench", "slf4j-nop");

  /** The class path of the worker: the adapter first. */
  public String classPath() throws IOException {
    List<Path> all = new ArrayList<>(Checkout.jarsIn(folder));
    all.addAll(Checkout.jarsIn(folder.resolve("lib")));
    return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The sizes of the jars that a user of the library downloads, in bytes. */
  public long downloadBytes() throws IOException {
    long sum = 0;
    for (Path jar : Checkout.jarsIn(folder.resolve("lib"))) {
      String name = jar.getFileName().toString();
      boolean api = name.startsWith("carousel-api") && !peer.name().equals(PeerSpec.OWN);
      if (!api && OURS.stream().noneMatch(name::startsWith)) {
        sum += Files.size(jar);
      }
    }
    return sum;
  }

  /** The libraries by file name, without what measures them. */
  public List<String> libraries() throws IOException {
    return Checkout.jarsIn(folder.resolve("lib")).stream()
        .map(jar -> jar.getFileName().toString())
        .filter(name -> OURS.stream().noneMatch(name::startsWith))
        .toList();
  }
}
