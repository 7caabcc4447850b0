package dev.carousel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.report.Curves.Curve;
import dev.carousel.report.Curves.Panel;
import dev.carousel.train.CsvLog;
import dev.carousel.train.TrainingEvent.EpochEnded;
import dev.carousel.train.TrainingEvent.Evaluated;
import dev.carousel.train.TrainingEvent.Position;
import dev.carousel.train.TrainingEvent.Started;
import dev.carousel.train.TrainingEvent.Stepped;
import dev.carousel.train.TrainingEvent.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesPngTest {
  @TempDir Path directory;
  private final List<String> notices = new ArrayList<>();
  private Path log;
  private Path png;

  @BeforeEach
  void writeLog() {
    log = directory.resolve("log.csv");
    png = directory.resolve("curves.png");
    CsvLog csv = new CsvLog(log, InstantSource.fixed(Instant.EPOCH));
    csv.onStart(new Started(at(0)));
    for (int step = 1; step <= 1000; step++) {
      double loss = 3 * Math.exp(-step / 300.0) + 0.3 * Math.sin(step);
      csv.onStep(new Stepped(at(step), 100, loss, 1e-3 * (1 - step / 1000.0), 1));
      if (step % 100 == 0) {
        double f1 = 1 - Math.exp(-step / 300.0);
        Map<String, Double> metrics =
            Map.of("loss", 4 * Math.exp(-step / 300.0), "f1", f1, "perplexity", 50 / f1);
        csv.onEvaluation(new Evaluated(at(step), "dev", metrics, Verdict.BEST));
      }
    }
  }

  private static Position at(int step) {
    return new Position(0, 1, step, 1000, step);
  }

  @Test
  void drawsOnePanelBelowTheOther() throws IOException {
    CurvesPng listener = new CurvesPng(log, png, notices::add);
    listener.onEpochEnd(new EpochEnded(at(1000), 1, 1));
    assertThat(notices).isEmpty();
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    assertThat(image.getHeight()).isEqualTo(4 * 320);
    for (int panel = 0; panel < 4; panel++) {
      assertThat(colours(image.getSubimage(0, panel * 320, 900, 320))).isGreaterThan(20);
    }
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void sortsTheNumbersIntoPanels() {
    Curves curves = new Curves();
    CsvLog.read(log, curves::add);
    assertThat(curves.panels())
        .extracting(Panel::title)
        .containsExactly("loss", "metrics", "perplexity", "learning rate");
    assertThat(curves.panels().get(0).curves())
        .extracting(Curve::set)
        .containsExactly("dev", "train");
    assertThat(curves.panels().get(1).curves()).extracting(Curve::name).containsExactly("f1");
  }

  @Test
  void thinsACurveToMeansOfNeighbours() {
    List<Double> numbers = IntStream.range(0, 10).mapToObj(i -> (double) i).toList();
    Curve thin = new Curve("train", "loss", numbers, numbers).thinned(4);
    assertThat(thin.steps()).containsExactly(1.0, 4.0, 7.0, 9.0);
    assertThat(thin.values()).containsExactly(1.0, 4.0, 7.0, 9.0);
  }

  @Test
  void leavesOutNumbersThatAreNotFinite() {
    Curves curves = new Curves();
    curves.add(new CsvLog.Row(1, 0, "dev", "loss", Double.NaN));
    curves.add(new CsvLog.Row(1, 0, "dev", "perplexity", Double.POSITIVE_INFINITY));
    curves.add(new CsvLog.Row(1, 0, "train", "gradient_norm", 1));
    assertThat(curves.panels()).isEmpty();
  }

  @Test
  void drawsACurveOfOnePoint() throws IOException {
    Files.writeString(
        log, "step,epoch,time,set,name,value\r\n1,0,1970-01-01T00:00:00Z,train,loss,0.5\r\n");
    assertThat(CurvesPng.write(log, png)).isEmpty();
    assertThat(ImageIO.read(png.toFile()).getHeight()).isEqualTo(320);
  }

  @Test
  void aFailureIsToldOnceAndTheRunGoesOn() throws IOException {
    Files.createDirectory(png);
    CurvesPng listener = new CurvesPng(log, png, notices::add);
    listener.onEpochEnd(new EpochEnded(at(1000), 1, 1));
    listener.onEpochEnd(new EpochEnded(at(1000), 1, 1));
    assertThat(notices).singleElement().asString().contains("No chart was drawn: " + png);
  }

  @Test
  void aRuntimeThatCannotDrawIsToldInOneSentence() {
    assertThat(
            ChartFile.write(
                png,
                () -> {
                  throw new NoClassDefFoundError("java/awt/Graphics");
                }))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .contains("this Java runtime cannot draw")
                    .contains("java/awt/Graphics")
                    .endsWith("headless=true, can."));
    assertThat(png).doesNotExist();
  }

  private static long colours(BufferedImage image) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .distinct()
        .count();
  }
}
