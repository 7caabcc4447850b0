package dev.carousel.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.row.RowNames;
import dev.carousel.bench.run.Breakdown;
import dev.carousel.bench.run.Contestant;
import dev.carousel.bench.run.Footprint;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Outcome.NotMeasured;
import dev.carousel.bench.run.Results;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Machine MACHINE = new Machine(Map.of("processor", "an abacus"));

  private static Contestant who(String peer) {
    return new Contestant(PeerSpec.named(peer).get(0), Precision.F32);
  }

  private static Measured measured(String row, String peer, double micros) {
    return new Measured(
        RowNames.parse(row), 1, who(peer), micros, micros * 0.9, 0.04, 80, 0.5, 1e-7, "");
  }

  private static Results results() {
    Results r = Results.empty();
    r.outcomes().add(measured("lstm-step-n1-t1-h128", "carousel", 10));
    r.outcomes().add(measured("lstm-step-n1-t1-h128", "onednn", 5));
    r.outcomes().add(measured("lstm-step-n1-t1-h128", "onnxruntime", 40));
    r.outcomes().add(measured("lstm-step-n1-t1-h128", "dl4j", 400));
    r.outcomes().add(measured("gru-step-n1-t1-h128", "carousel", 20));
    r.outcomes().add(measured("gru-step-n1-t1-h128", "onnxruntime", 10));
    r.outcomes()
        .add(
            new NotMeasured(
                RowNames.parse("gru-step-n1-t1-h128"), 1, who("dl4j"), "it has no GRU"));
    return r;
  }

  @Test
  void a_csv_has_one_line_for_each_peer_on_each_row() {
    assertThat(CsvReport.lines(results()))
        .hasSize(8)
        .startsWith(
            "row,threads,peer,precision,median_us,p10_us,tokens_per_s,gflops,fraction_of_ceiling,max_error",
            "lstm-step-n1-t1-h128,1,carousel,f32,10.000,9.000,100000,80.00,0.5000,1.000e-07")
        .endsWith("gru-step-n1-t1-h128,1,dl4j,f32,,,,,,")
        .allSatisfy(line -> assertThat(line.chars().filter(c -> c == ',')).hasSize(9));
  }

  @Test
  void carousel_is_compared_with_the_fastest_rival_and_not_with_what_stands_beside() {
    Ratios ratios = new Ratios(results());

    assertThat(ratios.own(1, Precision.F32)).containsExactly(4.0, 0.5);
    assertThat(ratios.mean(1, Precision.F32)).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(ratios.own(2, Precision.F32)).isEmpty();
  }

  @Test
  void the_report_names_machine_figures_reasons_and_parts() {
    Results r = results();
    r.libraries().put("dl4j", "Deeplearning4j on an abacus");
    r.breakdowns()
        .add(
            new Breakdown(
                RowNames.parse("lstm-step-n1-t1-h128"),
                1,
                Precision.F32,
                10,
                4,
                Map.of("copies", 1.0, "gates", 2.0),
                1.5));
    r.footprints().add(new Footprint(who("carousel"), 1, 3 << 20, 5 << 20, 7e5, 9 << 20));

    assertThat(MarkdownReport.of(r, MACHINE))
        .contains("`an abacus`")
        .contains("Deeplearning4j on an abacus")
        .contains("| 1 | f32 | 2 | 1.41 | 0.50 | 1 |")
        .contains("it has no GRU")
        .contains("| 10.0 µs | 4.00 µs | 2.00 µs | 1.00 µs | – | – | 1.50 µs | 1.50 µs |")
        .contains("| carousel | f32 | 1 | 3 | 5 | 700 ms | 9 |");
  }

  @Test
  void the_screen_says_why_something_is_missing() {
    Results r = results();

    assertThat(TextTable.line(r.outcomes().get(6), r)).endsWith("not measured: it has no GRU");
    assertThat(TextTable.line(r.outcomes().get(0), r)).contains("10.0 µs").endsWith("4.00×");
  }

  @Test
  void a_folder_has_all_files(@TempDir Path folder) throws IOException {
    ReportFolder report = new ReportFolder(folder.resolve("new"), MACHINE);
    report.write(results());

    assertThat(report.draw(results())).isEmpty();
    assertThat(folder.resolve("new")).isDirectoryContaining("glob:**chart.png");
    assertThat(Files.readAllBytes(folder.resolve("new/chart.png")))
        .startsWith(0x89, 'P', 'N', 'G')
        .hasSizeGreaterThan(5000);
    assertThat(Files.readAllLines(folder.resolve("new/results.csv"))).hasSize(8);
    assertThat(report.draw(Results.empty())).isPresent();
  }

  @Test
  void a_machine_says_what_it_is() {
    assertThat(Machine.here("abc", "carousel bench rnn").facts())
        .containsEntry("commit", "abc")
        .containsKeys("processor", "cores", "memory", "JVM", "environment");
  }
}
