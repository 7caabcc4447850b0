package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  /*
   * Made with safetensors 0.8.0 and numpy 2.4.6:
   *
   *   import base64, numpy as np, safetensors.numpy as s
   *   t = {'b': np.array([1, -2, 3], dtype=np.int32),
   *        'a.weight': np.array([[1.5, -0.0], [np.inf, 3.25]], dtype=np.float32),
   *        'n': np.array([2**40], dtype=np.int64), 'd': np.array([0.1], dtype=np.float64),
   *        'empty': np.zeros((0, 3), dtype=np.float32),
   *        'scalar': np.array(7.0, dtype=np.float32),
   *        'größe': np.array([-1.0], dtype=np.float32)}
   *   print(base64.b64encode(s.save(t, metadata={'format': 'x'})).decode())
   */
  private static final byte[] REFERENCE =
      Base64.getDecoder()
          .decode(
              "uAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJ4In0sIm4iOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6"
                  + "WzFdLCJkYXRhX29mZnNldHMiOlswLDhdfSwiZCI6eyJkdHlwZSI6IkY2NCIsInNoYXBlIjpbMV0sImRhdGFf"
                  + "b2Zmc2V0cyI6WzgsMTZdfSwiYS53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsMl0sImRhdGFf"
                  + "b2Zmc2V0cyI6WzE2LDMyXX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDNdLCJkYXRhX29m"
                  + "ZnNldHMiOlszMiwzMl19LCJncsO2w59lIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsxXSwiZGF0YV9vZmZz"
                  + "ZXRzIjpbMzIsMzZdfSwic2NhbGFyIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMi"
                  + "OlszNiw0MF19LCJiIjp7ImR0eXBlIjoiSTMyIiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNDAsNTJd"
                  + "fX0gIAAAAAAAAQAAmpmZmZmZuT8AAMA/AAAAgAAAgH8AAFBAAACAvwAA4EABAAAA/v///wMAAAA=");

  /*
   * As above: {'h': np.array([1.0, 65504, -0.0, 2**-24, np.inf, 2**-14, 1/3], dtype=np.float16),
   *            'u': np.array([1, 2], dtype=np.uint8)}
   */
  private static final byte[] HALF =
      Base64.getDecoder()
          .decode(
              "cAAAAAAAAAB7ImgiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzddLCJkYXRhX29mZnNldHMiOlswLDE0XX0sInUi"
                  + "OnsiZHR5cGUiOiJVOCIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzE0LDE2XX19ICAgADz/ewCAAQAA"
                  + "fAAEVTUBAg==");

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.safetensors");
  }

  @Test
  void writesTheSameBytesAsTheReferenceImplementation() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafeTensorsWriter()
        .put("scalar", FloatBuffer.wrap(new float[] {7f}))
        .put("b", IntBuffer.wrap(new int[] {1, -2, 3}), 3)
        .put("a.weight", floats(1.5f, -0f, Float.POSITIVE_INFINITY, 3.25f), 2, 2)
        .put("d", DoubleBuffer.wrap(new double[] {0.1}), 1)
        .put("empty", floats(), 0, 3)
        .put("größe", floats(-1f), 1)
        .put("n", LongBuffer.wrap(new long[] {1L << 40}), 1)
        .metadata("format", "x")
        .writeTo(out);
    assertThat(out.toByteArray()).isEqualTo(REFERENCE);
  }

  @Test
  void readsAFileOfTheReferenceImplementation() throws IOException {
    Files.write(file, REFERENCE);
    try (SafeTensors read = SafeTensors.open(file)) {
      assertThat(read.metadata()).isEqualTo(Map.of("format", "x"));
      assertThat(read.tensors().keySet())
          .containsExactly("n", "d", "a.weight", "empty", "größe", "scalar", "b");
      assertThat(read.longs("n")).containsExactly(1L << 40);
      assertThat(read.doubles("d")).containsExactly(0.1);
      assertThat(read.floats("a.weight"))
          .containsExactly(1.5f, -0f, Float.POSITIVE_INFINITY, 3.25f);
      assertThat(read.floats("empty")).isEmpty();
      assertThat(read.floats("scalar")).containsExactly(7f);
      assertThat(read.ints("b")).containsExactly(1, -2, 3);
      assertThat(read.shaped("empty", 0, 3).shape()).isEqualTo(List.of(0L, 3L));
      assertThat(read.tensor("scalar").shape()).isEmpty();
    }
  }

  @Test
  void widensHalfPrecisionExactly() throws IOException {
    Files.write(file, HALF);
    try (SafeTensors read = SafeTensors.open(file)) {
      assertThat(read.floats("h"))
          .containsExactly(
              1f, 65504f, -0f, 0x1p-24f, Float.POSITIVE_INFINITY, 0x1p-14f, 0x1.554p-2f);
      assertThat(read.tensor("u").type()).isEqualTo(ElementType.U8);
      refuses(() -> read.floats("u"), "tensor 'u' has dtype U8, expected F32, F16 or BF16");
    }
    assertThat(HalfPrecision.fromF16((short) 0xfe00)).isNaN();
    assertThat(HalfPrecision.fromBf16((short) 0xc049)).isEqualTo(-3.140625f);
  }

  @Test
  void roundTripsTensorsLargerThanOneChunkThroughSlices() {
    float[] flat = new float[200_001];
    Random random = new Random(7);
    for (int i = 0; i < flat.length; i++) {
      flat[i] = random.nextFloat() - 0.5f;
    }
    new SafeTensorsWriter()
        .put("head", FloatBuffer.wrap(flat, 0, 70_001), 70_001)
        .put("tail", FloatBuffer.wrap(flat, 70_001, 130_000), 1300, 100)
        .writeTo(file);
    float[] back = new float[flat.length];
    try (SafeTensors read = SafeTensors.open(file)) {
      read.read("head", 0, FloatBuffer.wrap(back, 0, 70_001));
      read.read("tail", 0, FloatBuffer.wrap(back, 70_001, 60_000));
      read.read("tail", 60_000, FloatBuffer.wrap(back, 130_001, 70_000));
      refuses(
          () -> read.read("tail", 129_999, FloatBuffer.allocate(2)),
          "tensor 'tail' has 130000 elements; 2 from element 129999 on were asked for");
    }
    assertThat(back).isEqualTo(flat);
  }

  @Test
  void namesBothShapesWhenATensorHasAnother() {
    new SafeTensorsWriter().put("w", floats(1, 2), 2, 1).writeTo(file);
    try (SafeTensors read = SafeTensors.open(file)) {
      refuses(() -> read.shaped("w", 1, 2), "tensor 'w' has shape [2, 1], expected [1, 2]");
      refuses(() -> read.floats("v"), "has no tensor 'v'");
      refuses(() -> read.ints("w"), "tensor 'w' has dtype F32, expected I32");
    }
  }

  @Test
  void theWriterRefusesWhatCannotBeRead() {
    SafeTensorsWriter writer = new SafeTensorsWriter().put("w", floats(1, 2), 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("w", floats(1), 1))
        .withMessage("tensor 'w' was given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("v", floats(1), 2))
        .withMessage("tensor 'v' has shape [2] but 1 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.put("v", floats(1), -1, -1))
        .withMessage("tensor 'v' has shape [-1, -1] but 1 values");
    assertThatIllegalArgumentException().isThrownBy(() -> writer.put("__metadata__", floats(1), 1));
  }

  private static FloatBuffer floats(float... values) {
    return FloatBuffer.wrap(values);
  }

  private static void refuses(Runnable action, String problem) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(action::run)
        .withMessageContaining(problem);
  }
}
