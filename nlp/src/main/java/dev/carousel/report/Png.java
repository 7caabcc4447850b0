package dev.carousel.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** The PNG encoding of pictures. */
final class Png {

  private Png() {}

  static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("there is no PNG encoder");
    }
    return png.toByteArray();
  }
}
