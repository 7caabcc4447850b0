package dev.carousel.cpu.onednn;

import dev.carousel.spi.BackendException;
import org.bytedeco.dnnl.global.dnnl;

/** Turns oneDNN's status codes into exceptions (rule R8). */
final class DnnlStatus {
  private DnnlStatus() {}

  /**
   * Passes when the status is success.
   *
   * @param call the function that returned it, for the message
   * @throws BackendException naming the call and its status otherwise
   */
  static void check(int status, String call) {
    if (status != dnnl.dnnl_success) {
      throw new BackendException(
          "oneDNN's " + call + " failed with status " + status + " (" + name(status) + ")");
    }
  }

  /** Whether the status says that oneDNN has no kernel for what was asked. */
  static boolean unimplemented(int status) {
    return status == dnnl.dnnl_unimplemented;
  }

  private static String name(int status) {
    return switch (status) {
      case dnnl.dnnl_out_of_memory -> "out of memory";
      case dnnl.dnnl_invalid_arguments -> "invalid arguments";
      case dnnl.dnnl_unimplemented -> "unimplemented";
      case dnnl.dnnl_last_impl_reached -> "last implementation reached";
      case dnnl.dnnl_runtime_error -> "runtime error";
      case dnnl.dnnl_not_required -> "not required";
      default -> "unknown";
    };
  }
}
