package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.ContractSuite;
import dev.carousel.kit.run.KernelCatalog.Entry;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule, on the whole backend but for NVIDIA's own code: our kernels run on the host from the
 * sources that the GPU gets, cuDNN and cuBLASLt are emulated. Nothing here says how fast or whether
 * a GPU runs it; everything here says that what we ask of one adds up to the contract.
 */
class EmulatedContractTest extends ContractSuite {
  private Emulation emulation;

  @Override
  protected Backend open() {
    emulation = Emulation.open(Chunks.LIMIT);
    return emulation.backend;
  }

  @Override
  public List<Precision> precisions() {
    return new Support(emulation.driver.facts(), emulation.dnn.version()).precisions();
  }

  @Override
  public Optional<String> refusal(RnnSpec spec) {
    return new Support(emulation.driver.facts(), emulation.dnn.version()).refusal(spec);
  }

  @Override
  public double carryError(RnnSpec spec) {
    return CudaContractTest.stateError(spec);
  }

  @Override
  public Stream<RnnCase> rnnCases() {
    return super.rnnCases().filter(CudaContractTest::isSmooth);
  }

  /** The emulation computes with objects, so the host's part is measured without it. */
  @Override
  @ParameterizedTest
  @MethodSource("wideSpecs")
  public void r06_aCallAllocatesNothingThatGrowsWithItsShape(RnnSpec spec) {
    whileIdle(() -> super.r06_aCallAllocatesNothingThatGrowsWithItsShape(spec));
  }

  @Override
  @ParameterizedTest
  @MethodSource("kernelsOfTwoSizes")
  public void r06_aKernelAllocatesNothingThatGrowsWithItsOperands(
      DType type, Entry few, Entry much) {
    whileIdle(() -> super.r06_aKernelAllocatesNothingThatGrowsWithItsOperands(type, few, much));
  }

  private void whileIdle(Runnable test) {
    emulation.driver.idle(true);
    try {
      test.run();
    } finally {
      emulation.driver.idle(false);
    }
  }

  /** The registry has the real device only; {@link CudaProviderTest} asks it. */
  @Override
  @Test
  public void r09_theReportListsTheBackendAndItsDevice() {
    assertThat(emulation.backend.describe().get("device")).contains("Emulated GPU");
  }

  @Override
  @Test
  public void r09_theBackendIsOpenedByItsName() {
    assertThat(emulation.backend.name()).isEqualTo(new CudaProvider().name());
  }

  /** After all that, everything on the device was given back. */
  @AfterAll
  void nothingIsLeftOnTheDevice() {
    if (emulation == null) {
      return; // nothing was opened
    }
    backend().close();
    assertThat(emulation.driver.outstanding()).as("blocks and graphs").isZero();
    assertThat(emulation.dnn.outstanding()).as("descriptions").isZero();
  }
}
