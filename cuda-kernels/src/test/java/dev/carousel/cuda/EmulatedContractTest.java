package dev.carousel.cuda;

import dev.carousel.kit.ContractSuite;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import java.util.List;
import java.util.Optional;

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
}
