package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** oneDNN's shared library, loaded at most once; a failure is a value with its cause. */
final class OneDnnLibrary {
  private OneDnnLibrary() {}

  /** How loading went; the failure is null if it went well. */
  private record Outcome(@Nullable Throwable failure) {}

  /** Loads on first use, since the holder class is initialised then. */
  private static final class Holder {
    private static final Outcome OUTCOME = load();

    private static Outcome load() {
      try {
        Loader.load(dnnl.class);
        return new Outcome(null);
      } catch (LinkageError | RuntimeException e) {
        return new Outcome(e);
      }
    }
  }

  /** Why it could not be loaded, or null if it is there. */
  static @Nullable Throwable failure() {
    return Holder.OUTCOME.failure();
  }

  /**
   * Loads it if it is not yet loaded.
   *
   * @throws BackendException if it could not be loaded
   */
  static void require() {
    Throwable failure = failure();
    if (failure != null) {
      throw new BackendException("oneDNN could not be loaded", failure);
    }
  }

  /** For example {@code oneDNN 3.11.0}. */
  static String version() {
    dnnl_version_t v = dnnl.dnnl_version();
    return "oneDNN " + v.major() + "." + v.minor() + "." + v.patch();
  }
}
