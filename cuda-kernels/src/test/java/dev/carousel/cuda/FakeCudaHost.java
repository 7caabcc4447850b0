package dev.carousel.cuda;

import java.util.ArrayList;
import java.util.List;

/** A machine on which everything is in place, but for one step that fails. */
final class FakeCudaHost implements CudaHost {
  final List<String> asked = new ArrayList<>();
  String platform = "linux-x86_64";
  boolean bindings = true;
  boolean kernels = true;
  CudaVersion driver = new CudaVersion(13, 0);
  List<String> devices = List.of("NVIDIA Fake (compute capability 9.0)");
  private final String failing;
  private final Throwable failure;

  /** A machine without any failure. */
  FakeCudaHost() {
    this("nothing", new LinkageError("never thrown"));
  }

  /** A machine on which asking {@code failing} throws {@code failure}. */
  FakeCudaHost(String failing, Throwable failure) {
    this.failing = failing;
    this.failure = failure;
  }

  private <T> T answer(String step, T value) {
    asked.add(step);
    if (step.equals(failing)) {
      if (failure instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) failure;
    }
    return value;
  }

  @Override
  public String platform() {
    return answer("platform", platform);
  }

  @Override
  public boolean hasBindings() {
    return answer("bindings", bindings);
  }

  @Override
  public void loadDriver() {
    answer("driver", true);
  }

  @Override
  public void loadRuntime() {
    answer("runtime", true);
  }

  @Override
  public CudaVersion driverVersion() {
    return answer("driverVersion", driver);
  }

  @Override
  public CudaVersion runtimeVersion() {
    return answer("runtimeVersion", new CudaVersion(13, 1));
  }

  @Override
  public List<String> devices() {
    return answer("devices", devices);
  }

  @Override
  public CudaVersion loadCublas() {
    return answer("cublas", new CudaVersion(13, 2));
  }

  @Override
  public CudaVersion loadCudnn() {
    return answer("cudnn", new CudaVersion(9, 19));
  }

  @Override
  public boolean hasKernels() {
    return answer("kernels", kernels);
  }

  @Override
  public String searched() {
    return "LD_LIBRARY_PATH=/fake/lib";
  }
}
