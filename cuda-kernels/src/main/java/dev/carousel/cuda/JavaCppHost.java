package dev.carousel.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.MAJOR_VERSION;
import static org.bytedeco.cuda.global.cudart.MINOR_VERSION;

import dev.carousel.spi.BackendException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.javacpp.Loader;

/**
 * This machine, through JavaCPP. The bindings are made for CUDA 13.1 and bind each symbol when it
 * is first called; a symbol that the installed version lacks ends the process. So only functions
 * that exist since CUDA 10 and cuDNN 7 are called here.
 */
final class JavaCppHost implements CudaHost {
  /** What cuDNN's bindings need, in the order in which the parts need each other. */
  private static final List<String> CUDNN =
      List.of(
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn.so.9");

  private final LibraryFolders folders = new LibraryFolders(System.getenv(), Path.of("/"));

  /**
   * Loads libraries from the folders that the linker does not know, so that the bindings find them
   * in the process. One that is nowhere is left to the bindings, whose message names it.
   */
  private void preload(List<String> files) {
    if (isWindows()) {
      return; // its installers put folders on the PATH
    }
    for (String file : files) {
      try {
        Loader.loadGlobal(file);
      } catch (UnsatisfiedLinkError e) {
        folders.find(file).ifPresent(path -> Loader.loadGlobal(path.toString()));
      }
    }
  }

  @Override
  public String platform() {
    return Loader.getPlatform();
  }

  @Override
  public boolean hasBindings() {
    return has(Loader.class, "javacpp", "jnijavacpp") && has(cudart.class, "cuda", "jnicudart");
  }

  private boolean has(Class<?> neighbour, String folder, String library) {
    String file = isWindows() ? library + ".dll" : "lib" + library + ".so";
    return neighbour.getResource("/org/bytedeco/%s/%s/%s".formatted(folder, platform(), file))
        != null;
  }

  /** By its name alone: the driver's installer puts it where the system's linker looks. */
  @Override
  public void loadDriver() {
    Loader.loadGlobal(isWindows() ? "nvcuda.dll" : "libcuda.so.1");
  }

  @Override
  public void loadRuntime() {
    preload(List.of("libcudart.so.13"));
    Loader.load(cudart.class);
  }

  @Override
  public CudaVersion driverVersion() {
    int[] version = new int[1];
    check("cuDriverGetVersion", cudart.cuDriverGetVersion(version));
    return CudaVersion.ofRuntime(version[0]);
  }

  @Override
  public CudaVersion runtimeVersion() {
    int[] version = new int[1];
    check("cudaRuntimeGetVersion", cudart.cudaRuntimeGetVersion(version));
    return CudaVersion.ofRuntime(version[0]);
  }

  /** Through the driver, which needs no context for it, so nothing is allocated on a GPU. */
  @Override
  public List<String> devices() {
    check("cuInit", cudart.cuInit(0));
    int[] count = new int[1];
    check("cuDeviceGetCount", cudart.cuDeviceGetCount(count));
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      devices.add(describe(i));
    }
    return devices;
  }

  private static String describe(int ordinal) {
    int[] device = new int[1];
    check("cuDeviceGet", cudart.cuDeviceGet(device, ordinal));
    byte[] name = new byte[256];
    check("cuDeviceGetName", cudart.cuDeviceGetName(name, name.length, device[0]));
    return "%s (compute capability %d.%d)"
        .formatted(
            new String(name, StandardCharsets.UTF_8).trim(),
            attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device[0]),
            attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device[0]));
  }

  private static int attribute(int attribute, int device) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", cudart.cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  @Override
  public CudaVersion loadCublas() {
    preload(List.of("libcublasLt.so.13", "libcublas.so.13"));
    Loader.load(cublas.class);
    return new CudaVersion(cublasProperty(MAJOR_VERSION), cublasProperty(MINOR_VERSION));
  }

  private static int cublasProperty(int property) {
    int[] value = new int[1];
    check("cublasGetProperty", cublas.cublasGetProperty(property, value));
    return value[0];
  }

  @Override
  public CudaVersion loadCudnn() {
    preload(CUDNN);
    Loader.load(cudnn.class);
    return CudaVersion.ofCudnn(cudnn.cudnnGetVersion());
  }

  @Override
  public boolean hasKernels() {
    return KernelImage.exists();
  }

  @Override
  public String searched() {
    String variable = isWindows() ? "PATH" : "LD_LIBRARY_PATH";
    return variable
        + "="
        + System.getenv().getOrDefault(variable, "")
        + ", java.library.path="
        + System.getProperty("java.library.path", "")
        + ", "
        + folders;
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }

  private static void check(String call, int status) {
    if (status != CUDA_SUCCESS) {
      throw new BackendException(call + " failed with status " + status);
    }
  }
}
