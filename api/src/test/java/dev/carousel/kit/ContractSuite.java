package dev.carousel.kit;

import dev.carousel.spi.Backend;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * All rules at once. A backend's test class extends this, says how the backend is opened, and
 * overrides what it does not offer:
 *
 * <pre>{@code
 * final class AcmeContractTest extends ContractSuite {
 *   @Override
 *   protected Backend open() {
 *     return Backends.named("acme");
 *   }
 *
 *   @Override
 *   public Optional<String> refusal(RnnSpec spec) {
 *     return spec.projectionSize() > 0 ? Optional.of("Acme has no projection") : Optional.empty();
 *   }
 * }
 * }</pre>
 *
 * <p>The tests tagged {@code full} draw hundreds of cases more. On a machine without a build the
 * suite runs with JUnit's console launcher: {@code java -jar junit-platform-console-standalone.jar
 * execute --class-path … --select-class …AcmeContractTest --exclude-tag full}.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ContractSuite
    implements R01TimeMajorContract,
        R02GatesContract,
        R03FlatWeightsContract,
        R04GradientsContract,
        R05LengthsContract,
        R06NoAllocationContract,
        R07OverlapContract,
        R08ShapesContract,
        R09RefusalContract,
        R10ReproducibilityContract,
        EveryKernelContract,
        LinearContract,
        ElementwiseContract,
        EmbeddingContract,
        PoolingContract,
        AttentionContract,
        AdditiveAttentionContract,
        NormalizationContract,
        SoftmaxContract,
        SigmoidContract,
        FocalContract,
        RegressionContract,
        CrfContract,
        NoiseContract,
        OptimizerContract,
        MemoryContract,
        RegistryContract,
        TrainingContract {
  private Backend backend;

  /** Opens the backend; the suite closes it. */
  protected abstract Backend open();

  @BeforeAll
  final void openBackend() {
    backend = open();
  }

  @AfterAll
  final void closeBackend() {
    if (backend != null) {
      backend.close();
    }
  }

  @Override
  public final Backend backend() {
    return backend;
  }
}
