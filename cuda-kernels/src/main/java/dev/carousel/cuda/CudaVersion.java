package dev.carousel.cuda;

/** A version of the driver, the runtime or a library. */
record CudaVersion(int major, int minor) {
  /** From the driver's and the runtime's encoding, 1000 · major + 10 · minor. */
  static CudaVersion ofRuntime(int encoded) {
    return new CudaVersion(encoded / 1000, encoded % 1000 / 10);
  }

  /** From cuDNN's encoding since version 9, 10000 · major + 100 · minor + patch. */
  static CudaVersion ofCudnn(long encoded) {
    return new CudaVersion((int) (encoded / 10_000), (int) (encoded % 10_000 / 100));
  }

  boolean isBefore(CudaVersion other) {
    return major < other.major || (major == other.major && minor < other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
