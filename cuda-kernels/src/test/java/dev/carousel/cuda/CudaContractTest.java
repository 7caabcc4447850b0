package dev.carousel.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.kit.ContractSuite;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every rule, on a real GPU as users open it; skipped with the reason where there is none. */
class CudaContractTest extends ContractSuite {
  @Override
  protected Backend open() {
    String answer = new CudaProvider().probe().toString();
    boolean found = new CudaProvider().probe() instanceof Available;
    assumeTrue(found || Boolean.getBoolean("carousel.requireGpu"), answer);
    return Backends.named("cuda");
  }

  private Support support() {
    return ((CudaBackend) backend()).support();
  }

  @Override
  public List<Precision> precisions() {
    return support().precisions();
  }

  @Override
  public Optional<String> refusal(RnnSpec spec) {
    return support().refusal(spec);
  }

  @Override
  public double carryError(RnnSpec spec) {
    return stateError(spec);
  }

  @Override
  public Stream<RnnCase> rnnCases() {
    return super.rnnCases().filter(CudaContractTest::isSmooth);
  }

  @Override
  public Stream<RnnCase> manyRnnCases() {
    return super.manyRnnCases().filter(CudaContractTest::isSmooth);
  }

  /** cuDNN takes and gives c in the type that it computes with. */
  static double stateError(RnnSpec spec) {
    return spec.precision() == Precision.F32 ? 1e-6 : 0x1p-8;
  }

  /** Where few bits put a rectifier on the other side of 0, its gradient is another. */
  static boolean isSmooth(RnnCase c) {
    return c.spec().cell() != Cell.RNN_RELU || c.spec().precision() == Precision.F32;
  }
}
