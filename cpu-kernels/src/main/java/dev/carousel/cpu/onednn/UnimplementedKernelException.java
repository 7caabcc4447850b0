package dev.carousel.cpu.onednn;

/** oneDNN has no kernel for what was asked; the caller says it in terms of the network. */
final class UnimplementedKernelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnimplementedKernelException(String what) {
    super("oneDNN has no " + what);
  }
}
