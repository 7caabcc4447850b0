package dev.carousel.cuda;

import java.util.List;

/**
 * What {@link CudaProbe} asks of a machine, in the order in which it asks. Each method throws a
 * {@link LinkageError} where a library or class is missing and a {@link
 * dev.carousel.spi.BackendException} where a call fails.
 */
interface CudaHost {
  /** JavaCPP's name of the platform, such as {@code linux-x86_64}. */
  String platform();

  /** Whether the class path brings the native side of the bindings for this platform. */
  boolean hasBindings();

  /** Loads the driver's own library and nothing else. */
  void loadDriver();

  /** Loads the bindings of driver and runtime, and with them the CUDA runtime. */
  void loadRuntime();

  /** The newest CUDA version that the driver supports. Needs {@link #loadRuntime}. */
  CudaVersion driverVersion();

  /** The version of the CUDA runtime. Needs {@link #loadRuntime}. */
  CudaVersion runtimeVersion();

  /** One line a GPU: its name and compute capability. Needs {@link #loadRuntime}. */
  List<String> devices();

  /** Loads cuBLAS and asks its version. */
  CudaVersion loadCublas();

  /** Loads cuDNN and asks its version. */
  CudaVersion loadCudnn();

  /** Whether the class path brings our own kernels. */
  boolean hasKernels();

  /** The search paths for libraries, as a user can set them. */
  String searched();
}
