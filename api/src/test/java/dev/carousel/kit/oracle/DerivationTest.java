package dev.carousel.kit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DerivationTest {
  private interface Formula {
    Real of(Derivation d, Real a, Real b);
  }

  private static Arguments formula(String name, Formula f) {
    return Arguments.of(name, f);
  }

  static Stream<Arguments> formulas() {
    return Stream.of(
        formula("plus", (d, a, b) -> a.plus(b)),
        formula("minus", (d, a, b) -> a.minus(b)),
        formula("times", (d, a, b) -> a.times(b)),
        formula("times itself", (d, a, b) -> a.times(a)),
        formula("scaled", (d, a, b) -> a.times(3)),
        formula("inverse", (d, a, b) -> a.inverse()),
        formula("sigmoid", (d, a, b) -> a.sigmoid()),
        formula("tanh", (d, a, b) -> a.tanh()),
        formula("relu", (d, a, b) -> a.relu().plus(b.relu())),
        formula("exp", (d, a, b) -> a.exp()),
        formula("log", (d, a, b) -> a.log()),
        formula("dot", (d, a, b) -> d.dot(new Real[] {a, b, b}, new Real[] {b, a, b})),
        formula("logSumExp", (d, a, b) -> d.logSumExp(List.of(a, b, a.times(2)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formulas")
  void theDerivativeOfEveryOperationIsItsDifferenceQuotient(String name, Formula f) {
    double a = 0.7;
    double b = -1.3;
    double step = 1e-6;
    Derivation d = new Derivation();
    Real x = d.given(a);
    Real y = d.given(b);
    f.of(d, x, y).receive(1);
    d.backward();
    double dx = (value(f, a + step, b) - value(f, a - step, b)) / (2 * step);
    double dy = (value(f, a, b + step) - value(f, a, b - step)) / (2 * step);
    assertThat(x.gradient()).isCloseTo(dx, within(1e-8));
    assertThat(y.gradient()).isCloseTo(dy, within(1e-8));
  }

  private static double value(Formula f, double a, double b) {
    Derivation d = new Derivation();
    return f.of(d, d.given(a), d.given(b)).value();
  }
}
