package dev.carousel.cpu.fused;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shared library of the kernels, loaded at most once; a failure is a value with its reason. */
final class FusedLibrary {
  private static final String RESOURCE = "linux-x86_64/libcarousel.so";

  private FusedLibrary() {}

  /**
   * How loading went.
   *
   * @param refusal why there are no kernels here; null if there are
   */
  record Outcome(@Nullable String refusal, @Nullable Throwable cause) {}

  private static final class Holder {
    private static final Outcome OUTCOME = load();
  }

  static Outcome outcome() {
    return Holder.OUTCOME;
  }

  private static Outcome load() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    if (!os.equals("linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
      return new Outcome("they are built for Linux on x86-64, not for " + os + " on " + arch, null);
    }
    try (InputStream library = FusedLibrary.class.getResourceAsStream(RESOURCE)) {
      if (library == null) {
        return new Outcome("the jar holds no " + RESOURCE, null);
      }
      loadFrom(library);
    } catch (IOException | LinkageError e) {
      return new Outcome(e.getMessage(), e);
    }
    return Native.instructionSet() == 0
        ? new Outcome("the processor has neither AVX-512 nor AVX2 with FMA", null)
        : new Outcome(null, null);
  }

  /** The system loads libraries from files only; the file is not needed once that is done. */
  private static void loadFrom(InputStream library) throws IOException {
    Path file = Files.createTempFile("carousel", ".so");
    try {
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      System.load(file.toAbsolutePath().toString());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
