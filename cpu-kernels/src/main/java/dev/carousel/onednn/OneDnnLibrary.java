package dev.carousel.onednn;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** oneDNN's shared library, loaded at most once; a failure is a value with its cause. */
final class OneDnnLibrary {
  private OneDnnLibrary() {}

  /** Loads on first use, since the holder class is initialised then. */
  private static final class Holder {
    private static final @Nullable Throwable FAILURE = load();

    private static @Nullable Throwable load() {
      try {
        Loader.load(dnnl.class);
        return null;
      } catch (LinkageError | RuntimeException e) {
        return e;
      }
    }
  }

  /** Why it could not be loaded, or null if it is there. */
  static @Nullable Throwable failure() {
    return Holder.FAILURE;
  }

  /** For example {@code oneDNN 3.11.0}. */
  static String version() {
    dnnl_version_t v = dnnl.dnnl_version();
    return "oneDNN " + v.major() + "." + v.minor() + "." + v.patch();
  }
}
