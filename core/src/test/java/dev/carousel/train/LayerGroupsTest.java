package dev.carousel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.SgdUpdate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four parameters of one value, against the formulas in double. */
class LayerGroupsTest {
  private static final double RATE = 0.1;
  private static final float[] START = {1, -2, 3, -4};

  private Backend backend;
  private ParameterSet parameters;

  @BeforeEach
  void build() {
    backend = Backends.named("reference", 1);
    ParameterSet.Builder set = ParameterSet.builder();
    for (String name : List.of("low.a", "low.b", "high.a", "high.b")) {
      set.declare(name, Init.constant(0), 1);
    }
    parameters = set.build(backend, 1);
    parameters.upload(START);
  }

  @AfterEach
  void close() {
    parameters.close();
    backend.close();
  }

  private float[] step(Optimizer optimizer, float... gradient) {
    backend.memory().upload(gradient, 0, parameters.gradients());
    optimizer.step(RATE);
    return parameters.download();
  }

  private Optimizer optimizer(UpdateRule rule, Clipping clipping, LayerGroup... groups) {
    return new Optimizer(parameters, rule, clipping, LayerGroups.of(groups));
  }

  @Test
  void aGroupsFactorMultipliesItsRate() {
    try (Optimizer o =
        optimizer(
            Sgd.PLAIN,
            Clipping.NONE,
            LayerGroup.of("low").withRateFactor(0.5),
            LayerGroup.of(""),
            LayerGroup.of("high.b").withRateFactor(3))) {
      assertThat(step(o, 1, 2, 4, -8))
          .containsExactly(new float[] {1 - 0.05f, -2 - 0.1f, 3 - 0.4f, -4 + 2.4f}, within(1e-6f));
    }
  }

  @Test
  void theNormIsCommonToAllGroups() {
    try (Optimizer o =
        optimizer(
            Sgd.PLAIN,
            Clipping.norm(1),
            LayerGroup.of("low"),
            LayerGroup.of("high").withRateFactor(2))) {
      // norm 5
      assertThat(step(o, 3, 0, 0, 4))
          .containsExactly(new float[] {1 - 0.06f, -2, 3, -4 - 0.16f}, within(1e-6f));
      assertThat(o.read().norm()).isEqualTo(5);
    }
  }

  @Test
  void whatIsFrozenIsInNoNormAndNeitherUpdatedNorDecayed() {
    parameters.freeze(p -> p.name().equals("low.b") || p.name().equals("high.b"));
    for (UpdateRule rule :
        List.of(
            AdamW.DEFAULT,
            new Adam(0.9, 0.999, 1e-8, 0.1),
            new Sgd(0.9, SgdUpdate.Momentum.NESTEROV, 0.1))) {
      parameters.upload(START);
      try (Optimizer o = optimizer(rule, Clipping.norm(0.5), LayerGroup.of(""))) {
        for (int i = 0; i < 3; i++) {
          float[] now = step(o, 3, 0, 4, 0);
          assertThat(o.read().norm()).isEqualTo(5);
          assertThat(now[1]).isEqualTo(-2);
          assertThat(now[3]).isEqualTo(-4);
        }
        assertThat(parameters.download()[0]).isNotEqualTo(1);
        assertThat(parameters.download()[2]).isNotEqualTo(3);
        o.state().buffers().forEach(b -> assertThat(new float[] {b[1], b[3]}).containsOnly(0));
      }
    }
  }

  @Test
  void aGroupThatThawsLateHasTheBiasCorrectionOfABeginner() {
    LayerGroup[] groups = {LayerGroup.of("high"), LayerGroup.of("low")};
    float[] late;
    try (Optimizer o = optimizer(Adam.DEFAULT, Clipping.NONE, groups)) {
      parameters.freeze(p -> p.name().startsWith("low"));
      step(o, 0, 0, 1, -1);
      step(o, 0, 0, 2, 1);
      parameters.unfreeze(p -> true);
      late = step(o, 0.5f, 0.25f, 1, 1);
    }
    // the first step of Adam is the rate in the direction of the gradient
    assertThat(late[0]).isCloseTo((float) (1 - RATE), within(1e-6f));
    assertThat(late[1]).isCloseTo((float) (-2 - RATE), within(1e-6f));
  }

  @Test
  void valuesAreCutOffBeforeTheNormIsTaken() {
    try (Optimizer o = optimizer(Sgd.PLAIN, new Clipping(2, 1), LayerGroup.of(""))) {
      // (1, 2, −2, 0) has norm 3
      assertThat(step(o, 1, 200, -3, 0))
          .containsExactly(
              new float[] {1 - 0.1f / 3, -2 - 0.2f / 3, 3 + 0.2f / 3, -4}, within(1e-6f));
      assertThat(o.read().norm()).isCloseTo(3, within(1e-6));
    }
  }

  @Test
  void groupsThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer(Sgd.PLAIN, Clipping.NONE, LayerGroup.of("low")))
        .withMessageContaining("high.a is in no layer group");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                optimizer(
                    Sgd.PLAIN, Clipping.NONE, LayerGroup.of("l"), LayerGroup.of("low", "high")))
        .withMessageContaining("no parameter begins with [l]")
        .withMessageContaining("high.b");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerGroups.of(LayerGroup.of("low", "x"), LayerGroup.of("x")))
        .withMessageContaining("'x'");
    assertThatIllegalArgumentException().isThrownBy(LayerGroup::of);
    assertThatIllegalArgumentException().isThrownBy(() -> LayerGroup.of("x").withRateFactor(0));
    assertThatIllegalArgumentException().isThrownBy(() -> LayerGroup.of("x").from(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Clipping(0, 1));
    try (Optimizer o = optimizer(Sgd.PLAIN, Clipping.NONE, LayerGroup.of(""))) {
      parameters.freeze(p -> true);
      assertThatIllegalStateException()
          .isThrownBy(() -> o.step(1))
          .withMessageContaining("every parameter is frozen");
    }
  }

  @Test
  void gradualUnfreezingStartsAtTheTopAndRatesFallDownwards() {
    LayerGroups both =
        LayerGroups.of(LayerGroup.of("head"), LayerGroup.of("upper"), LayerGroup.of("lower"))
            .gradual()
            .discriminative(2.6);
    assertThat(both.groups().stream().map(LayerGroup::fromEpoch)).containsExactly(0, 1, 2);
    double[] rates = both.groups().stream().mapToDouble(LayerGroup::rateFactor).toArray();
    assertThat(rates).containsExactly(new double[] {1, 1 / 2.6, 1 / 2.6 / 2.6}, within(1e-12));
  }
}
