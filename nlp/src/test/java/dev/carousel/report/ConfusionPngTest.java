package dev.carousel.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.eval.ConfusionMatrix;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionPngTest {
  @TempDir Path directory;

  @Test
  void coloursEachCellByItsShareOfTheRow() throws IOException {
    int[] gold = {0, 0, 0, 0, 1, 1};
    int[] predicted = {0, 0, 0, 0, 0, 1};
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "b"), gold, predicted);
    BufferedImage image = draw("two classes", matrix);
    assertThat(contains(image, HeatMap.colour(1))).isTrue();
    assertThat(contains(image, HeatMap.colour(0.5))).isTrue();
    assertThat(contains(image, HeatMap.colour(0.25))).isFalse();
  }

  @Test
  void fortyFiveClassesFitAndMoreAreSummedUp() throws IOException {
    ConfusionMatrix fortyFive = random(45, 5);
    BufferedImage image = draw("forty-five classes", fortyFive);
    BufferedImage more = draw("sixty classes", random(60, 5));
    assertThat(image.getWidth()).isBetween(45 * 26, 2000);
    assertThat(more.getWidth() - image.getWidth()).as("one more column").isLessThan(90);
    assertThat(random(60, 5).largest(45).labels()).hasSize(46).endsWith("(other)");
  }

  @Test
  void longNamesAreCutAndAnEmptyMatrixIsDrawn() throws IOException {
    String name = "l".repeat(300);
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of(name, ""), new int[0], new int[0]);
    assertThat(draw("no examples", matrix).getHeight()).isLessThan(600);
  }

  @Test
  void namesThatNoFontCanDrawAreNumberedAndToldInText() {
    // a private-use character, which no font of a JDK or of a system has
    String strange = "\uDBFF\uDFFD";
    ConfusionMatrix matrix =
        ConfusionMatrix.of(List.of("plain", strange), new int[] {0, 1}, new int[] {1, 1});
    Path file = directory.resolve("strange.png");
    assertThat(ConfusionPng.write(file, "strange", matrix).orElseThrow())
        .startsWith(file + " shows numbers for classes")
        .endsWith(": #2 " + strange + ".");
    assertThat(file).exists();
  }

  @Test
  void onlyWhatCannotBeDrawnIsNumberedByItsPlace() {
    List<String> names = List.of("体育", "news", "财经", "more");
    DrawnNames drawn = DrawnNames.of(names, name -> name.chars().allMatch(c -> c < 128));
    assertThat(drawn.shown()).containsExactly("#1", "news", "#3", "more");
    assertThat(drawn.legend()).hasValue("#1 体育, #3 财经");
    assertThat(DrawnNames.of(names, name -> true))
        .isEqualTo(new DrawnNames(names, java.util.Optional.empty()));
  }

  @Test
  void sumsKeepEveryExample() {
    ConfusionMatrix all = random(12, 9);
    ConfusionMatrix few = all.largest(3);
    assertThat(total(few)).isEqualTo(total(all)).isEqualTo(3000);
    assertThat(few.labels()).hasSize(4);
  }

  private BufferedImage draw(String title, ConfusionMatrix matrix) throws IOException {
    Path file = directory.resolve(title + ".png");
    assertThat(ConfusionPng.write(file, title, matrix)).isEmpty();
    return ImageIO.read(file.toFile());
  }

  private static ConfusionMatrix random(int classes, long seed) {
    Random random = new Random(seed);
    int[] gold = random.ints(3000, 0, classes).toArray();
    int[] predicted =
        IntStream.of(gold).map(g -> random.nextInt(4) > 0 ? g : random.nextInt(classes)).toArray();
    List<String> labels = IntStream.range(0, classes).mapToObj(c -> "noun.class" + c).toList();
    return ConfusionMatrix.of(labels, gold, predicted);
  }

  private static long total(ConfusionMatrix matrix) {
    int classes = matrix.labels().size();
    return IntStream.range(0, classes * classes)
        .mapToLong(i -> matrix.count(i / classes, i % classes))
        .sum();
  }

  private static boolean contains(BufferedImage image, Color colour) {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .anyMatch(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == colour.getRGB());
  }
}
