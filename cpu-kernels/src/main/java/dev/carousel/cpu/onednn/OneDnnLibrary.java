package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** oneDNN's shared library, loaded at most once; a failure is a value with its cause. */
final class OneDnnLibrary {
  /** Maven's, of JavaCPP's bindings; their version is oneDNN's and JavaCPP's. */
  private static final String DESCRIPTION = "/META-INF/maven/org.bytedeco/dnnl/pom.properties";

  /** Of the platform that our own kernels are built for. */
  private static final String BINDINGS = "/org/bytedeco/dnnl/linux-x86_64/libjnidnnl.so";

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
   * Whether the class path has it for Linux on x86-64, which can be told without loading it, as a
   * failure cannot.
   */
  static boolean isOnClassPath() {
    return OneDnnLibrary.class.getResource(BINDINGS) != null;
  }

  /**
   * Loads it if it is not yet loaded.
   *
   * @throws BackendException if it could not be loaded, with the remedy
   */
  static void require() {
    Throwable failure = failure();
    if (failure != null) {
      throw new BackendException(reason(failure) + ". " + remedy(), failure);
    }
  }

  /** What failed, for a message. */
  static String reason(Throwable failure) {
    return "oneDNN could not be loaded on " + Loader.getPlatform() + ": " + failure.getMessage();
  }

  /** What to do about it. */
  static String remedy() {
    return "Put org.bytedeco:dnnl, opencl and javacpp with classifier "
        + Loader.getPlatform()
        + " on the class path.";
  }

  /** For example {@code oneDNN 3.11}; read from its jar, so that it need not be loaded. */
  static String version() {
    return "oneDNN " + Version.OF_JAR;
  }

  private static final class Version {
    private static final String OF_JAR = read();

    /** Without its jar's own description, as in a jar of jars, the library itself knows. */
    private static String read() {
      try (InputStream in = OneDnnLibrary.class.getResourceAsStream(DESCRIPTION)) {
        if (in != null) {
          Properties jar = new Properties();
          jar.load(in);
          String version = jar.getProperty("version", "");
          if (version.indexOf('-') > 0) {
            return version.substring(0, version.indexOf('-'));
          }
        }
      } catch (IOException e) {
        // it is asked below
      }
      require();
      dnnl_version_t v = dnnl.dnnl_version();
      return v.major() + "." + v.minor();
    }
  }
}
