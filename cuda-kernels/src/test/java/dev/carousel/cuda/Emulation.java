package dev.carousel.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** A {@link CudaBackend} on an emulated GPU. */
final class Emulation implements AutoCloseable {
  final EmulatedDriver driver = new EmulatedDriver();
  final EmulatedDnn dnn = new EmulatedDnn(driver);
  final Gpu gpu = new Gpu(driver, dnn, new EmulatedBlas(driver), new byte[0]);
  final CudaBackend backend;

  /**
   * Opens it; skips the test, visibly, where kernels cannot be compiled for the host.
   *
   * @param most steps that cuDNN is given at once
   */
  static Emulation open(int most) {
    assumeTrue(HostKernels.reason().isEmpty(), HostKernels::reason);
    return new Emulation(most);
  }

  private Emulation(int most) {
    ChoiceCache choices = new ChoiceCache(Path.of("target", "emulated-choices.tsv"));
    backend =
        new CudaBackend(
            gpu,
            new CudaBackend.Settings(0, choices, most),
            (shape, choice) -> {
              dnn.destroyNetwork(dnn.createNetwork(new DnnNetwork(shape.spec(), choice)));
              return choice.equals(Choice.STANDARD) ? 1 : 2;
            });
  }

  @Override
  public void close() {
    backend.close();
  }
}
