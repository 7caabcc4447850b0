package dev.carousel.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatePngTest {
  @TempDir private Path folder;

  @Test
  void sharesGoFromWhiteToDarkAndSignedNumbersFromRedToBlue() throws IOException {
    Path file = folder.resolve("shares.png");
    float[][] values = {{0, 1}, {0.5f, 1}};
    assertThat(
            GatePng.write(file, List.of("a", "b"), List.of("0", "1"), values, GatePng.Scale.SHARES))
        .isEmpty();
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(count(image, new Color(8, 48, 107))).isEqualTo(2 * 18 * 17);
    assertThat(count(image, new Color(132, 152, 181))).isEqualTo(18 * 17);

    GateMap signed =
        new GateMap(List.of("a"), List.of("0", "1"), new float[][] {{-2, 1}}, GatePng.Scale.SIGNED);
    assertThat(signed.colour(-2)).isEqualTo(new Color(153, 0, 13));
    assertThat(signed.colour(0)).isEqualTo(Color.WHITE);
    assertThat(signed.colour(1)).isEqualTo(new Color(132, 152, 181));
  }

  @Test
  void tenThousandTokensAreCutAndThatIsSaid() throws IOException {
    Path file = folder.resolve("many.png");
    List<String> tokens = Collections.nCopies(10_000, "word");
    List<String> units = Collections.nCopies(600, "0");
    float[][] values = new float[10_000][600];
    assertThat(GatePng.write(file, tokens, units, values, GatePng.Scale.SHARES))
        .containsExactly(file + " shows the first 400 of 10000 tokens and 512 of 600 units.");
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getHeight()).isBetween(400 * 18, 400 * 18 + 100);
    assertThat(image.getWidth()).isBetween(512 * 6, 512 * 6 + 200);
  }

  private static long count(BufferedImage image, Color colour) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
      }
    }
    return count;
  }
}
