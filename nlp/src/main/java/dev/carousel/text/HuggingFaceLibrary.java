package dev.carousel.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hugging Face's tokenizers library, by the native methods that DJL's artifact binds.
 *
 * <p>The artifact is an optional dependency, and only its binding class and the libraries in its
 * jar are used: DJL's own loader would ask a GPU's driver which build to fetch from the network,
 * and its tokenizer class reports its use. Here a library comes out of the jar or not at all.
 */
final class HuggingFaceLibrary {
  private static final String ARTIFACT = "ai.djl.huggingface:tokenizers";
  private static final String BINDING = "ai.djl.huggingface.tokenizers.jni.TokenizersLibrary";
  private static boolean loaded;

  private HuggingFaceLibrary() {}

  /** The folder in the jar, and its files in the order in which they are loaded. */
  private record Natives(String folder, List<String> files) {
    static Natives ofThisMachine() {
      String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
      String machine = System.getProperty("os.arch", "");
      boolean arm = machine.equals("aarch64");
      boolean intel = machine.equals("amd64") || machine.equals("x86_64");
      if (os.startsWith("linux") && (arm || intel)) {
        return new Natives(arm ? "linux-aarch64" : "linux-x86_64", List.of("libtokenizers.so"));
      }
      if (os.startsWith("mac") && arm) {
        return new Natives("osx-aarch64", List.of("libtokenizers.dylib"));
      }
      if (os.startsWith("windows") && intel) {
        return new Natives(
            "win-x86_64",
            List.of(
                "libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", "tokenizers.dll"));
      }
      throw new IllegalArgumentException(
          "Hugging Face's tokenizers have no native library for %s on %s; use bpe:N, or a machine"
                  .formatted(os, machine)
              + " with Linux, macOS on ARM or Windows on x86-64");
    }
  }

  /**
   * Requires that the library can be used.
   *
   * @throws IllegalArgumentException saying what to add, if it is not on the class path or has no
   *     build for this machine
   */
  static synchronized void require() {
    if (loaded) {
      return;
    }
    try {
      Class.forName(BINDING, false, HuggingFaceLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "a tokenizer.json is read by Hugging Face's library, which is not on the class path; add"
              + " the artifact "
              + ARTIFACT
              + ", in the version that carousel-nlp's POM names (of what it depends on, nothing is"
              + " needed)",
          e);
    }
    load(Natives.ofThisMachine());
    loaded = true;
  }

  private static void load(Natives natives) {
    List<Path> files = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("carousel-tokenizers");
      folder.toFile().deleteOnExit();
      for (String name : natives.files()) {
        Path file = copy("/native/lib/" + natives.folder() + "/cpu/" + name, folder.resolve(name));
        file.toFile().deleteOnExit(); // not now: Windows keeps what is loaded
        files.add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot unpack Hugging Face's library; is there room in "
              + System.getProperty("java.io.tmpdir")
              + "?",
          e);
    }
    try {
      files.forEach(file -> System.load(file.toAbsolutePath().toString()));
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalArgumentException(
          "Hugging Face's library cannot be loaded on this machine (%s); use bpe:N, or a newer system"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Path copy(String resource, Path file) throws IOException {
    try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "the jar of " + ARTIFACT + " has no " + resource + "; take another version");
      }
      Files.copy(in, file);
    }
    return file;
  }
}
