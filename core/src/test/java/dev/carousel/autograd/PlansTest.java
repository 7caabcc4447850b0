package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnKernels;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlansTest {
  private static final RnnSpec SPEC = RnnSpec.of(Cell.GRU, 2, 3);

  /** Plans that only remember whether they were closed. */
  private static final class Kernels implements RnnKernels {
    private final List<Plan> made = new ArrayList<>();

    @Override
    public RnnWeights pack(RnnSpec spec, Tensor weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RnnPlan plan(RnnSpec spec, int steps, int batch, Pass pass) {
      Plan p = new Plan(spec, steps, batch, pass);
      made.add(p);
      return p;
    }

    List<Integer> open() {
      return made.stream().filter(p -> p.closings == 0).map(RnnPlan::steps).toList();
    }
  }

  private static final class Plan implements RnnPlan {
    private final RnnSpec spec;
    private final int steps;
    private final int batch;
    private final Pass pass;
    private int closings;

    Plan(RnnSpec spec, int steps, int batch, Pass pass) {
      this.spec = spec;
      this.steps = steps;
      this.batch = batch;
      this.pass = pass;
    }

    @Override
    public RnnSpec spec() {
      return spec;
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public Pass pass() {
      return pass;
    }

    @Override
    public long reserveBytes() {
      return 0;
    }

    @Override
    public long workBytes() {
      return 0;
    }

    @Override
    public String describe() {
      return "counting";
    }

    @Override
    public void forward(RnnForward io) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void backward(RnnBackward io) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      closings++;
    }
  }

  private final Kernels kernels = new Kernels();
  private final Plans plans = new Plans(kernels, 2);

  private RnnPlan take(int steps) {
    return plans.take(SPEC, steps, 1, Pass.TRAINING);
  }

  private void use(int steps) {
    plans.giveBack(take(steps));
  }

  @Test
  void oneShapeHasOnePlan() {
    use(1);
    use(1);
    RnnPlan first = take(1);
    assertThat(take(1)).isSameAs(first);
    assertThat(kernels.made).hasSize(1);
    assertThat(plans.take(SPEC, 1, 1, Pass.INFERENCE)).isNotSameAs(first);
  }

  @Test
  void theLeastRecentlyUsedPlanIsClosed() {
    use(1);
    use(2);
    use(1);
    use(3);
    assertThat(kernels.open()).containsExactly(1, 3);
  }

  @Test
  void aPlanInUseIsNotClosedHoweverOld() {
    RnnPlan first = take(1);
    use(2);
    use(3);
    use(4);
    assertThat(kernels.open()).containsExactly(1, 4);
    plans.giveBack(first);
    use(5);
    assertThat(kernels.open()).containsExactly(1, 5);
  }

  @Test
  void allPlansInUseMayBeMoreThanTheCapacity() {
    List<RnnPlan> taken = List.of(take(1), take(2), take(3), take(4));
    assertThat(kernels.open()).containsExactly(1, 2, 3, 4);
    taken.forEach(plans::giveBack);
    use(5);
    assertThat(kernels.open()).hasSize(2).contains(5);
  }

  @Test
  void closingClosesEveryPlanOnce() {
    use(1);
    use(2);
    use(3);
    plans.close();
    assertThat(kernels.made).allSatisfy(p -> assertThat(p.closings).isEqualTo(1));
  }

  @Test
  void aPlanThatWasNotTakenCannotBeGivenBack() {
    RnnPlan p = take(1);
    plans.giveBack(p);
    assertThatIllegalStateException().isThrownBy(() -> plans.giveBack(p));
  }
}
