package dev.carousel.cuda;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.UnsupportedSpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a device and its libraries can do; everything else is refused when it is planned (rule R9).
 *
 * @param facts of the device
 * @param cudnn version of cuDNN
 */
record Support(DeviceFacts facts, CudaVersion cudnn) {
  /** The first cuDNN whose recurrent networks take bfloat16. */
  private static final CudaVersion BFLOAT16 = new CudaVersion(9, 13);

  /** Why an arithmetic is not offered; empty if it is. */
  Optional<String> refusal(Precision precision) {
    return switch (precision) {
      case F32, F16 -> Optional.empty();
      case F64 ->
          Optional.of("the cuda backend does not compute in F64; the reference backend does");
      case INT8 ->
          Optional.of("the cuda backend does not compute in INT8; F16 or BF16 are its quick ones");
      case TF32 -> since8("TF32");
      case BF16 ->
          since8("BF16")
              .or(
                  () ->
                      cudnn.isBefore(BFLOAT16)
                          ? Optional.of(
                              "BF16 needs cuDNN " + BFLOAT16 + " or newer, and this is " + cudnn)
                          : Optional.empty());
    };
  }

  private Optional<String> since8(String precision) {
    return facts.major() >= 8
        ? Optional.empty()
        : Optional.of(
            "%s needs a GPU of compute capability 8.0 or newer, and this is %s"
                .formatted(precision, facts));
  }

  /** Why a network cannot run; empty if it can. */
  Optional<String> refusal(RnnSpec spec) {
    return spec.cell() == Cell.GRU_RESET_BEFORE
        ? Optional.of(
            "cuDNN has no GRU_RESET_BEFORE, whose reset comes before the product; use GRU, or the"
                + " reference or cpu backend")
        : refusal(spec.precision());
  }

  /** The arithmetics that are offered. */
  List<Precision> precisions() {
    List<Precision> offered = new ArrayList<>();
    for (Precision p : Precision.values()) {
      if (refusal(p).isEmpty()) {
        offered.add(p);
      }
    }
    return offered;
  }

  /**
   * Requires an arithmetic.
   *
   * @throws UnsupportedSpecException with the reason
   */
  void require(Precision precision) {
    refusal(precision)
        .ifPresent(
            why -> {
              throw new UnsupportedSpecException(precision + ": " + why);
            });
  }

  /**
   * Requires a network.
   *
   * @throws UnsupportedSpecException with the reason
   */
  void require(RnnSpec spec) {
    refusal(spec)
        .ifPresent(
            why -> {
              throw new UnsupportedSpecException(why);
            });
  }
}
