package dev.carousel.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.store.StoreException;
import dev.carousel.train.Goal;
import dev.carousel.tune.Strategy.RandomSearch;
import dev.carousel.tune.Strategy.SuccessiveHalving;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final SortedMap<String, String> IDENTITY = new TreeMap<>(Map.of("a", "1"));
  private static final SearchSpace SPACE =
      SearchSpace.parse(List.of(new DimensionText("here", "x=1..100")));

  @TempDir private Path folder;
  private final List<String> calls = new ArrayList<>();

  private Journal journal() {
    return Journal.begin(folder.resolve("journal.json"), IDENTITY);
  }

  /** A trial's score is its x, which grows a little with epochs; below 10 it fails. */
  private Optional<TrialResult> train(Trial trial, int epochs, int rung) {
    calls.add(trial.number() + "@" + epochs);
    int x = x(trial);
    String failure = x < 10 ? "too small" : "";
    return Optional.of(
        new TrialResult(trial.number(), rung, epochs, x < 10 ? 0 : x + rung, failure));
  }

  private static int x(Trial trial) {
    return Integer.parseInt(trial.values().get("x"));
  }

  @Test
  void halvingHasTheRungsOfThePublishedTable() {
    // Li et al. 2018 (Hyperband), table 1, bracket s = 4: R = 81, eta = 3.
    assertThat(new SuccessiveHalving(3, 1, 81).rungs(81))
        .containsExactly(
            new Rung(1, 81), new Rung(3, 27), new Rung(9, 9), new Rung(27, 3), new Rung(81, 1));
    assertThat(new SuccessiveHalving(3, 2, 10).rungs(7))
        .containsExactly(new Rung(3, 7), new Rung(10, 2));
    assertThatThrownBy(() -> new SuccessiveHalving(3, 4, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--max-epochs");
  }

  @Test
  void randomSearchTrainsEachToItsEndAndTakesTheBest() throws IOException {
    List<Trial> trials = SPACE.draw(12, 1);
    Trial best =
        new Search(trials, new RandomSearch(), Goal.MAXIMIZE).run(this::train, journal()).get();
    assertThat(x(best)).isEqualTo(trials.stream().mapToInt(SearchTest::x).max().getAsInt());
    assertThat(calls).hasSize(12).contains("1@" + Integer.MAX_VALUE);
  }

  @Test
  void halvingLetsTheBestGoOnAndNeverOneThatFailed() throws IOException {
    List<Trial> trials = SPACE.draw(9, 1);
    Search search = new Search(trials, new SuccessiveHalving(3, 1, 9), Goal.MINIMIZE);
    Trial best = search.run(this::train, journal()).get();
    int smallest = trials.stream().mapToInt(SearchTest::x).filter(x -> x >= 10).min().getAsInt();
    assertThat(x(best)).isEqualTo(smallest);
    assertThat(calls.stream().filter(call -> call.endsWith("@1"))).hasSize(9);
    assertThat(calls.stream().filter(call -> call.endsWith("@3"))).hasSize(3);
    assertThat(calls.stream().filter(call -> call.endsWith("@9")))
        .containsExactly(best.number() + "@9");
  }

  @Test
  void aSearchThatWasKilledGoesOnWithWhatWasLeftAndEndsAlike() throws IOException {
    Search search = new Search(SPACE.draw(9, 3), new SuccessiveHalving(3, 1, 9), Goal.MAXIMIZE);
    Trial whole = search.run(this::train, Journal.begin(folder.resolve("w.json"), IDENTITY)).get();
    List<String> all = List.copyOf(calls);
    calls.clear();
    journal();
    for (int step = 0; step < all.size(); step++) {
      int stop = calls.size() + 1;
      Journal again = Journal.resume(folder.resolve("journal.json"), IDENTITY);
      Optional<Trial> none =
          search.run(
              (trial, epochs, rung) ->
                  calls.size() == stop ? Optional.empty() : train(trial, epochs, rung),
              again);
      assertThat(none.isPresent()).isEqualTo(step == all.size() - 1);
      none.ifPresent(winner -> assertThat(winner).isEqualTo(whole));
    }
    assertThat(calls).isEqualTo(all);
  }

  @Test
  void aSearchOfWhichEveryTrialFailsSaysWhy() {
    List<Trial> trials = SPACE.draw(50, 1).stream().filter(trial -> x(trial) < 10).toList();
    assertThat(trials).isNotEmpty();
    Search search = new Search(trials, new RandomSearch(), Goal.MAXIMIZE);
    assertThatThrownBy(() -> search.run(this::train, journal()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("too small");
  }

  @Test
  void aJournalIsNeitherOverwrittenNorTakenForAnotherSearch() {
    journal();
    assertThatThrownBy(this::journal)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("--resume");
    SortedMap<String, String> other = new TreeMap<>(Map.of("a", "2"));
    assertThatThrownBy(() -> Journal.resume(folder.resolve("journal.json"), other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("begun with a 1, now it is 2");
    assertThatThrownBy(() -> Journal.resume(folder.resolve("none.json"), IDENTITY))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no search to resume");
  }

  @Test
  void theTableHasTheBestFirstAndWhatFailedLast() throws IOException {
    Search search = new Search(SPACE.draw(20, 1), new RandomSearch(), Goal.MAXIMIZE);
    Journal journal = journal();
    Trial best = search.run(this::train, journal).get();
    TrialTable table = TrialTable.of(search, SPACE, journal, "dev.f1");
    assertThat(table.header()).containsExactly("trial", "epochs", "dev.f1", "state", "x");
    assertThat(table.rows().get(0))
        .startsWith(Integer.toString(best.number()))
        .contains("finished");
    assertThat(table.rows().get(19)).contains("failed: too small");
    assertThat(table.csv().lines().toList()).hasSize(21).startsWith("trial,epochs,dev.f1,state,x");
    assertThat(new TrialChart(search, SPACE, journal, "f1").write(folder.resolve("t.png")))
        .isEmpty();
  }
}
