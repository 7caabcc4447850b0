package dev.carousel.cuda;

import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A staircase: each step is one thing a GPU backend needs, and the first that is missing is the
 * answer, with what the steps before it found. Used once.
 */
final class CudaProbe {
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "windows-x86_64");
  private static final CudaVersion NEEDED = new CudaVersion(13, 0);

  private final CudaHost host;
  private final List<String> found = new ArrayList<>();

  CudaProbe(CudaHost host) {
    this.host = host;
  }

  Availability answer() {
    Optional<Unavailable> missing =
        Stream.<Supplier<Optional<Unavailable>>>of(
                this::javaCpp,
                this::platform,
                this::bindings,
                this::driver,
                this::runtime,
                this::driverVersion,
                this::devices,
                this::cublas,
                this::cudnn,
                this::kernels)
            .map(Supplier::get)
            .flatMap(Optional::stream)
            .findFirst();
    return missing.isPresent() ? missing.get() : new Available(String.join(", ", found));
  }

  private Optional<Unavailable> javaCpp() {
    return step(
        done(host::platform),
        "JavaCPP could not be loaded",
        "Put org.bytedeco:javacpp on the class path");
  }

  private Optional<Unavailable> platform() {
    return step(
        () -> PLATFORMS.contains(found("platform ", host.platform())),
        "CUDA's bindings exist for " + String.join(", ", PLATFORMS) + " only",
        "Use a machine of one of these kinds with an NVIDIA GPU");
  }

  private Optional<Unavailable> bindings() {
    return step(
        host::hasBindings,
        "the class path has no native CUDA bindings for this platform",
        "Put org.bytedeco:javacpp and org.bytedeco:cuda with the platform's classifier on it");
  }

  private Optional<Unavailable> driver() {
    return step(
        done(host::loadDriver),
        "the library of the NVIDIA driver could not be loaded",
        "Install the NVIDIA driver 580 or newer (CUDA " + NEEDED + ")");
  }

  private Optional<Unavailable> runtime() {
    return step(
        done(host::loadRuntime),
        "the CUDA runtime " + NEEDED.major() + " could not be loaded" + searched(),
        "Install the CUDA toolkit " + NEEDED + " or newer, or name its folder in LD_LIBRARY_PATH");
  }

  private Optional<Unavailable> driverVersion() {
    return step(
        () -> {
          found("CUDA runtime ", host.runtimeVersion());
          return !found("driver for CUDA ", host.driverVersion()).isBefore(NEEDED);
        },
        "the NVIDIA driver is too old: CUDA " + NEEDED + " is needed",
        "Install the NVIDIA driver 580 or newer");
  }

  private Optional<Unavailable> devices() {
    return step(
        () -> {
          List<String> devices = host.devices();
          devices.forEach(d -> found("", d));
          return !devices.isEmpty();
        },
        "the driver reports no GPU that can be used",
        "Check with nvidia-smi that a GPU is present and visible (CUDA_VISIBLE_DEVICES)");
  }

  private Optional<Unavailable> cublas() {
    return step(
        done(() -> found("cuBLAS ", host.loadCublas())),
        "cuBLAS " + NEEDED.major() + " could not be loaded" + searched(),
        "Install cuBLAS with the CUDA toolkit " + NEEDED + " or newer");
  }

  private Optional<Unavailable> cudnn() {
    return step(
        done(() -> found("cuDNN ", host.loadCudnn())),
        "cuDNN 9 could not be loaded" + searched(),
        "Install cuDNN 9 for CUDA 13 with all its parts (ops, cnn, adv, graph), or name its folder"
            + " in LD_LIBRARY_PATH");
  }

  private Optional<Unavailable> kernels() {
    return step(
        host::hasKernels,
        "the class path has no compiled kernels of Carousel's own",
        "Use a carousel-cuda jar as it was published, or run build-kernels.sh before building it");
  }

  /** Empty where the step holds; a failure to link or to call is the reason's cause. */
  private Optional<Unavailable> step(Supplier<Boolean> holds, String reason, String remedy) {
    @Nullable Throwable cause = null;
    try {
      if (holds.get()) {
        return Optional.empty();
      }
    } catch (LinkageError | RuntimeException e) {
      cause = e;
    }
    String because = cause == null ? "" : ": " + cause;
    return Optional.of(new Unavailable(reason + foundSoFar() + because + ".", remedy + ".", cause));
  }

  private static Supplier<Boolean> done(Runnable load) {
    return () -> {
      load.run();
      return true;
    };
  }

  private <T> T found(String what, T value) {
    found.add(what + value);
    return value;
  }

  private String foundSoFar() {
    return found.isEmpty() ? "" : " (found " + String.join(", ", found) + ")";
  }

  private String searched() {
    return "; searched " + host.searched();
  }
}
