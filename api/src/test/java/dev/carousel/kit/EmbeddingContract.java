package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static dev.carousel.kit.BackendContract.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.HeapStorage;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookup tables. A negative id stands for no row. */
public interface EmbeddingContract extends BackendContract {
  /** A row twice, no row twice, the first and the last row. */
  private static int[] ids() {
    return new int[] {4, -1, 0, 4, 2, -7};
  }

  /** Rows in the order of the ids. */
  @ParameterizedTest
  @MethodSource("types")
  default void embedding_gatherReadsTheRowOfEachIdAndZerosForNone(DType type) {
    double[] table = new RandomValues(1).awayFromZero(5 * 3, 0.1, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor out = call.written("out", 2, 3, 3);
      Tensor rows = call.in("table", table, 5, 3);
      backend().embedding().gather(call.in("ids", ids(), 2, 3), rows, out);
      double[] want = new double[18];
      Arrays.setAll(want, i -> ids()[i / 3] < 0 ? 0 : table[ids()[i / 3] * 3 + i % 3]);
      assertThat(call.outcome().get("out")).containsExactly(want);
    }
  }

  /** Added to the table, row 4 twice, nothing for no row. */
  @ParameterizedTest
  @MethodSource("types")
  default void r04_embeddingAddsTheGradientOfEveryOccurrenceToItsRow(DType type) {
    double[] dOut = new RandomValues(2).uniform(6 * 3, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor dTable = call.added("dTable", 5, 3);
      Tensor gradient = call.in("dOut", dOut, 2, 3, 3);
      backend().embedding().scatterAdd(call.in("ids", ids(), 2, 3), gradient, dTable);
      Outcome want = new Outcome();
      want.put("dTable", new double[15]);
      for (int i = 0; i < dOut.length; i++) {
        if (ids()[i / 3] >= 0) {
          want.get("dTable")[ids()[i / 3] * 3 + i % 3] += dOut[i];
        }
      }
      assertClose("scatterAdd", call.outcome(), want, tolerance(type));
    }
  }

  /** Thousands of additions to few rows: their order shows in the last bits. */
  @ParameterizedTest
  @MethodSource("types")
  default void r10_embeddingAddsInAFixedOrder(DType type) {
    int many = 4001;
    int[] ids = new RandomValues(3).integers(many, -1, 2);
    double[] dOut = new RandomValues(4).uniform(many * 5, 100);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor dTable = call.added("dTable", 3, 5);
      Tensor gradient = call.in("dOut", dOut, many, 5);
      Tensor rows = call.in("ids", ids, many);
      backend().embedding().scatterAdd(rows, gradient, dTable);
      Outcome first = call.outcome();
      for (int i = 0; i < 5; i++) {
        call.reset();
        backend().embedding().scatterAdd(rows, gradient, dTable);
        assertSameBits("scatterAdd", call.outcome(), first);
      }
    }
  }

  /** On the host; a device does not read ids back to check them. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_embeddingNamesAnIdThatIsNotInTheTable(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor table = call.in("table", new double[15], 5, 3);
      assumeTrue(table.storage() instanceof HeapStorage, "ids are not checked on a device");
      Tensor out = call.written("out", 2, 3);
      Tensor ids = call.in("ids", new int[] {1, 5}, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().embedding().gather(ids, table, out))
          .withMessageContaining("5");
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_embeddingNamesAWrongShape(DType type) {
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor table = call.in("table", new double[15], 5, 3);
      Tensor out = call.written("out", 2, 4);
      Tensor ids = call.in("ids", new int[] {1, 2}, 2);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().embedding().gather(ids, table, out))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("[2, 4]");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().embedding().scatterAdd(ids, out, table))
          .withMessageContaining("[2, 3]")
          .withMessageContaining("[2, 4]");
    }
  }
}
