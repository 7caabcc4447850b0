package dev.carousel.cpu.onednn;

import dev.carousel.cpu.fused.FusedKernels;
import dev.carousel.cpu.fused.FusedKernels.InstructionSet;
import dev.carousel.kit.ContractSuite;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every rule, on this backend as users open it. */
class CpuContractTest extends ContractSuite {
  @Override
  protected Backend open() {
    return Backends.named("cpu", 1); // quicker on small shapes; SharingTest has more threads
  }

  @Override
  public List<Precision> precisions() {
    List<Precision> precisions = new ArrayList<>(List.of(Precision.F32));
    if (CpuFeatures.detect().hasBfloat16()) {
      precisions.add(Precision.BF16);
    }
    return precisions;
  }

  @Override
  public List<Precision> untrained() {
    InstructionSet widest = CpuFeatures.detect().instructions();
    boolean own =
        FusedKernels.refusal() == null
            && widest != null
            && widest.compareTo(InstructionSet.AVX512_VNNI) >= 0;
    return own ? List.of(Precision.INT8) : List.of();
  }

  @Override
  public Optional<String> refusal(RnnSpec spec) {
    return spec.precision() == Precision.BF16 && spec.projectionSize() > 0
        ? Optional.of("oneDNN has no projection in BF16")
        : Optional.empty();
  }

  @Override
  public Stream<RnnCase> rnnCases() {
    return super.rnnCases().filter(CpuContractTest::isSmooth);
  }

  @Override
  public Stream<RnnCase> manyRnnCases() {
    return super.manyRnnCases().filter(CpuContractTest::isSmooth);
  }

  /** Where seven bits put a rectifier on the other side of 0, its gradient is another. */
  private static boolean isSmooth(RnnCase c) {
    return c.spec().cell() != Cell.RNN_RELU || c.spec().precision() != Precision.BF16;
  }
}
