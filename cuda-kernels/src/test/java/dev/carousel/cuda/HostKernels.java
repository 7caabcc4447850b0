package dev.carousel.cuda;

import dev.carousel.cuda.Kernel.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The very sources of the CUDA kernels, compiled for this machine by its C++ compiler with a thin
 * shim for CUDA's words, and run block by block. Compiled once for each state of the sources.
 */
final class HostKernels {
  private static final Path SOURCES = resource("/dev/carousel/cuda/kernels/common.cuh");
  private static final Path SHIM = resource("/dev/carousel/cuda/emulation/emulator.cpp");
  private static final String REASON = load();

  private HostKernels() {}

  /** Why kernels cannot be run here; empty if they can. */
  static String reason() {
    return REASON;
  }

  /** The number of a kernel, −1 if there is none of this name. */
  static native int find(String name);

  /** Runs a kernel; {@code arguments} is the address of an array of pointers to its arguments. */
  static native void run(int kernel, int gridX, int gridY, int block, long arguments);

  private static Path resource(String name) {
    try {
      URL url = HostKernels.class.getResource(name);
      return Path.of(Objects.requireNonNull(url, name).toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String load() {
    String compiler = compiler();
    if (compiler.isEmpty()) {
      return "no C++ compiler (c++, g++ or clang++) is on the PATH, so kernels are not run on the"
          + " host";
    }
    try {
      Path library = Path.of("target", "host-kernels", "kernels-" + hash() + ".so");
      if (!Files.exists(library)) {
        compile(compiler, library);
      }
      System.load(library.toAbsolutePath().toString());
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String compiler() {
    for (String name : List.of("c++", "g++", "clang++")) {
      try {
        Process p = new ProcessBuilder(name, "--version").redirectErrorStream(true).start();
        p.getInputStream().readAllBytes();
        if (p.waitFor(20, TimeUnit.SECONDS) && p.exitValue() == 0) {
          return name;
        }
      } catch (IOException e) {
        // not this one
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return "";
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().matches(".*\\.(cu|cuh|h|cpp)")).sorted().toList();
    }
  }

  private static String hash() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path folder : List.of(SOURCES, SHIM)) {
        for (Path file : files(folder)) {
          digest.update(Files.readAllBytes(file));
        }
      }
      digest.update(table().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** C++ that includes all sources and lists their kernels. */
  private static String table() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files(SOURCES)) {
      if (file.toString().endsWith(".cu")) {
        text.append("#include \"").append(file.getFileName()).append("\"\n");
      }
    }
    text.append("const Entry TABLE[] = {\n");
    for (Kernel k : Kernel.values()) {
      boolean together = k.threads() == Threads.TOGETHER;
      text.append("KERNEL_ENTRY(").append(k.symbol()).append(", ").append(together).append("),\n");
    }
    return text.append("};\n").toString();
  }

  private static void compile(String compiler, Path library) throws IOException {
    Path folder = Files.createDirectories(library.toAbsolutePath().getParent());
    Path table = Files.createDirectories(folder.resolve("include")).resolve("kernel_table.inc");
    Files.writeString(table, table());
    Path jni = Path.of(System.getProperty("java.home"), "include");
    Path unfinished = Files.createTempFile(folder, "kernels", ".so");
    List<String> command =
        new ArrayList<>(
            List.of(compiler, "-O1", "-shared", "-fPIC", "-std=c++17", "-DCAROUSEL_HOST"));
    for (Path include : List.of(table.getParent(), SOURCES, SHIM, jni, jni.resolve("linux"))) {
      command.add("-I" + include);
    }
    command.addAll(List.of(SHIM.resolve("emulator.cpp").toString(), "-o", unfinished.toString()));
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (p.waitFor() != 0) {
        throw new IllegalStateException(
            "the kernels do not compile for the host: " + Arrays.asList(command) + "\n" + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Files.move(unfinished, library, StandardCopyOption.REPLACE_EXISTING);
  }
}
