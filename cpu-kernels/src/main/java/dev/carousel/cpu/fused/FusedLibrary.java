package dev.carousel.cpu.fused;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The shared library of the kernels, loaded at most once; a failure is a value with its reason. */
final class FusedLibrary {
  private static final String RESOURCE = "linux-x86_64/libcarousel.so";

  /** To find a name that no other process has just taken. */
  private static final int ATTEMPTS = 100;

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
    Path file = newFile();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        library.transferTo(out);
      }
      System.load(file.toAbsolutePath().toString());
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * An empty file that only this user can write. It is new or an error, so its name need not be a
   * secret, and Java's temporary files take a twentieth of a second to choose one.
   */
  private static Path newFile() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    FileAttribute<?> ours =
        PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    for (int i = 0; ; i++) {
      try {
        return Files.createFile(folder.resolve("carousel" + System.nanoTime() + ".so"), ours);
      } catch (FileAlreadyExistsException e) {
        if (i == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
