package dev.carousel.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.data.SourceFile;
import dev.carousel.model.OnlineLearner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpdateTest {
  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();
  private static final List<Integer> OLD = IntStream.range(100, 107).boxed().toList();

  @Test
  void everyCorrectionOccursOnceAnEpochAndOlderExamplesFillTheirShare() {
    Rehearsal<Integer> rehearsal = new Rehearsal<>(TEN, OLD, 0.5, 8, 3);
    List<List<Integer>> batches = rehearsal.epoch(0);
    assertThat(batches).hasSize(3);
    assertThat(batches).allSatisfy(b -> assertThat(b).filteredOn(OLD::contains).hasSize(4));
    assertThat(batches.stream().flatMap(List::stream).filter(TEN::contains))
        .containsExactlyInAnyOrderElementsOf(TEN);
    // twelve replays of seven examples, in turn: each once or twice
    List<Integer> replays = batches.stream().flatMap(List::stream).filter(OLD::contains).toList();
    assertThat(replays).hasSize(12).containsAll(OLD);
    assertThat(OLD).allMatch(x -> Collections.frequency(replays, x) <= 2);
    assertThat(rehearsal.epoch(0)).isEqualTo(batches).isNotEqualTo(rehearsal.epoch(1));
  }

  @Test
  void withoutAShareThereAreCorrectionsAlone() {
    assertThat(new Rehearsal<>(TEN, List.of(), 0, 4, 1).epoch(0))
        .hasSize(3)
        .allSatisfy(batch -> assertThat(TEN).containsAll(batch));
    assertThatThrownBy(() -> new Rehearsal<>(TEN, List.of(), 0.5, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to replay");
    assertThatThrownBy(() -> new Rehearsal<>(List.of(), OLD, 0.5, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no corrections");
  }

  /** A model is the number of examples that it was shown. */
  private static final class Counter implements OnlineLearner<Integer, Integer> {
    private final List<Integer> seen = new ArrayList<>();

    @Override
    public double learn(List<Integer> examples) {
      seen.addAll(examples);
      return 0;
    }

    @Override
    public void check(List<Integer> examples) {}

    @Override
    public long unknownTokens(List<Integer> examples) {
      return 2;
    }

    @Override
    public void source(List<SourceFile> files) {}

    @Override
    public Integer snapshot() {
      return seen.size();
    }

    @Override
    public void close() {}
  }

  /** Shown 20 examples, the model has lost 0.2 on the guard and won 0.2 on the corrections. */
  private static UpdateFigures figures(double tolerance) {
    Guard<Integer> guard = new Guard<>(OLD, tolerance);
    Rehearsal<Integer> rehearsal = new Rehearsal<>(TEN, List.of(), 0, 5, 1);
    return new Update<>(
            new Counter(),
            rehearsal,
            2,
            guard,
            (model, examples) -> examples.equals(OLD) ? 0.75 - model / 80.0 : 0.5 + model / 80.0)
        .run(0)
        .figures();
  }

  @Test
  void anUpdateIsKeptAsLongAsTheScoreFallsByNoMoreThanTolerated() {
    UpdateFigures kept = figures(0.25);
    assertThat(kept).isEqualTo(new UpdateFigures(0.5, 0.75, 0.75, 0.5, 0.25, 2, 4));
    assertThat(kept.kept()).isTrue();
    assertThat(kept.fields()).containsEntry("guardAfter", 0.5).containsEntry("kept", true);
    UpdateFigures refused = figures(0.249);
    assertThat(refused.kept()).isFalse();
    assertThat(refused.summary()).contains("guard 0.7500 -> 0.5000");
  }

  @Test
  void withoutAGuardNothingIsRefusedAndThatIsSaid() {
    UpdateFigures unguarded = new UpdateFigures(1, 0, Double.NaN, Double.NaN, 0, 0, 1);
    assertThat(unguarded.kept()).isTrue();
    assertThat(unguarded.summary()).contains("unguarded");
    assertThat(unguarded.fields()).doesNotContainKey("guardBefore");
  }
}
