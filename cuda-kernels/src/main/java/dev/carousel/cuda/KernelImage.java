package dev.carousel.cuda;

import dev.carousel.spi.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Our compiled kernels: machine code for compute capabilities 8.x, 9.x and 10.x and portable code
 * for newer ones, made by {@code build-kernels.sh}. Older devices compile the sources themselves.
 */
final class KernelImage {
  /** The oldest device that the compiled code runs on. */
  private static final int OLDEST = 8;

  private static final String FOLDER = "kernels/";

  /** Headers in the order in which they need each other. */
  private static final List<String> HEADERS =
      List.of(
          "common.cuh",
          "attention.cuh",
          "element.cuh",
          "softmax.cuh",
          "sigmoid.cuh",
          "philox.cuh",
          "crf.cuh");

  /** The sources, one operation a file. */
  private static final List<String> SOURCES =
      List.of(
          "activation.cu",
          "adam.cu",
          "additive_attention.cu",
          "arithmetic.cu",
          "attention.cu",
          "cast.cu",
          "columns.cu",
          "crf_loss.cu",
          "dropout.cu",
          "fill.cu",
          "focal_loss.cu",
          "gather.cu",
          "global_norm.cu",
          "layer_norm.cu",
          "pooling.cu",
          "probabilities.cu",
          "regression_loss.cu",
          "scatter_add.cu",
          "segments.cu",
          "sequences.cu",
          "sgd.cu",
          "sigmoid_loss.cu",
          "softmax_loss.cu",
          "sum.cu",
          "viterbi.cu");

  private KernelImage() {}

  /** Whether the compiled kernels are on the class path. */
  static boolean exists() {
    return KernelImage.class.getResource(FOLDER + "kernels.fatbin") != null;
  }

  /** The kernels for a device: the compiled ones, or the sources compiled now. */
  static byte[] forDevice(DeviceFacts facts) {
    return facts.major() >= OLDEST
        ? read("kernels.fatbin")
        : RuntimeCompiler.compile(source(), facts);
  }

  /** All sources as one text without includes. */
  static String source() {
    StringBuilder text = new StringBuilder();
    for (List<String> files : List.of(HEADERS, SOURCES)) {
      for (String file : files) {
        String content = new String(read(file), StandardCharsets.UTF_8);
        text.append(content.replaceAll("(?m)^#(include|pragma) .*$", "")).append('\n');
      }
    }
    return text.toString();
  }

  private static byte[] read(String file) {
    try (InputStream in = KernelImage.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new BackendException("the class path has no " + FOLDER + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new BackendException("cannot read " + FOLDER + file, e);
    }
  }
}
