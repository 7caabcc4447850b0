package dev.carousel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path directory;

  record State(long step, int epoch, double best, String phase) {}

  private static Checkpoint sample(long step) {
    float[] weights = {step, Float.NaN, -0f, Float.MIN_VALUE};
    return new Checkpoint(
        Map.of("values", weights, "adam.m", new float[0]),
        Map.of("order", new int[] {2, 0, 1}),
        Map.of("random", new long[] {Long.MIN_VALUE, step}),
        StrictJson.write(new State(step, 3, Double.NEGATIVE_INFINITY, "größe\n\"x\"")));
  }

  @Test
  void givesBackEveryBit() {
    Path file = directory.resolve("last.safetensors");
    sample(7).save(file);
    Checkpoint back = Checkpoint.load(file);
    assertThat(back.floats().keySet()).containsExactlyInAnyOrder("values", "adam.m");
    assertThat(back.floats().get("values")).containsExactly(7, Float.NaN, -0f, Float.MIN_VALUE);
    assertThat(back.floats().get("adam.m")).isEmpty();
    assertThat(back.ints().get("order")).containsExactly(2, 0, 1);
    assertThat(back.longs().get("random")).containsExactly(Long.MIN_VALUE, 7);
    assertThat(back.state(file, State.class))
        .isEqualTo(new State(7, 3, Double.NEGATIVE_INFINITY, "größe\n\"x\""));
  }

  /*
   * The reference implementation (safetensors 0.8.0 for Python) reads these bytes as
   * {'rng': [-1, 5], 'm': [], 'values': [1, 2, 3], 'order': [3, 1], 'sha256': [75, 33, ...]}.
   */
  @Test
  void aFileOfVersion1StaysReadableAndIsWrittenAlike() throws IOException {
    byte[] version1 =
        Base64.getDecoder()
            .decode(
                "iAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJjYXJvdXNlbC1jaGVja3BvaW50Iiwic3Rh"
                    + "dGUiOiJ7XG4gIFwic3RlcFwiIDogN1xufVxuIiwidmVyc2lvbiI6IjEifSwicm5nIjp7ImR0eXBlIjoi"
                    + "STY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMCwxNl19LCJtIjp7ImR0eXBlIjoiRjMyIiwi"
                    + "c2hhcGUiOlswXSwiZGF0YV9vZmZzZXRzIjpbMTYsMTZdfSwidmFsdWVzIjp7ImR0eXBlIjoiRjMyIiwi"
                    + "c2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbMTYsMjhdfSwib3JkZXIiOnsiZHR5cGUiOiJJMzIiLCJz"
                    + "aGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOlsyOCwzNl19LCJzaGEyNTYiOnsiZHR5cGUiOiJVOCIsInNo"
                    + "YXBlIjpbMzJdLCJkYXRhX29mZnNldHMiOlszNiw2OF19fSAgICAgIP//////////BQAAAAAAAAAAAIA/"
                    + "AAAAQAAAQEADAAAAAQAAAEshUV1M/MdpNeIyBliPqS5ddG/B/pMRfuZowRKnQRBj");
    Path file = Files.write(directory.resolve("v1.safetensors"), version1);
    Checkpoint back = Checkpoint.load(file);
    assertThat(back.floats().get("values")).containsExactly(1, 2, 3);
    assertThat(back.floats().get("m")).isEmpty();
    assertThat(back.ints().get("order")).containsExactly(3, 1);
    assertThat(back.longs().get("rng")).containsExactly(-1, 5);
    assertThat(back.state()).isEqualTo("{\n  \"step\" : 7\n}\n");
    back.save(file);
    assertThat(file).hasBinaryContent(version1);
  }

  @Test
  void everyBitIsGuarded() throws IOException {
    Path file = directory.resolve("last.safetensors");
    sample(7).save(file);
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 << (i % 8));
      refuses(bad, "");
    }
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path file = directory.resolve("last.safetensors");
    sample(7).save(file);
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      refuses(Arrays.copyOf(good, length), "");
    }
    refuses(Arrays.copyOf(good, good.length + 1), "(cut off, or bytes were added)");
  }

  @Test
  void refusesAnotherFormatAndAnotherVersion() {
    Path file = directory.resolve("foreign.safetensors");
    new SafeTensorsWriter().put("w", FloatBuffer.allocate(1), 1).writeTo(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessageContaining("is not a checkpoint");
    new SafeTensorsWriter()
        .metadata("format", "carousel-checkpoint")
        .metadata("version", "2")
        .writeTo(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessageContaining("has checkpoint version 2, this program reads 1");
  }

  @Test
  void refusesACheckpointWithoutChecksum() {
    Path file = directory.resolve("unsealed.safetensors");
    new SafeTensorsWriter()
        .metadata("format", "carousel-checkpoint")
        .metadata("version", "1")
        .put("w", FloatBuffer.allocate(1), 1)
        .writeTo(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessageContaining("does not end with the checksum 'sha256'");
  }

  @Test
  void refusesAStateThatDoesNotFitTheRecord() {
    Path file = directory.resolve("a");
    record Other(long step) {}
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> sample(7).state(file, Other.class))
        .withMessageContaining("field 'epoch': unknown field; known are [step]");
  }

  @Test
  void refusesTwoArraysOfOneName() {
    Checkpoint twice =
        new Checkpoint(Map.of("a", new float[1]), Map.of("a", new int[1]), Map.of(), "{}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> twice.save(directory.resolve("x")))
        .withMessage("tensor 'a' was given twice");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void sealsDataLargerThanOneChunk() throws IOException {
    float[] big = new float[300_000];
    Random random = new Random(3);
    for (int i = 0; i < big.length; i++) {
      big[i] = random.nextFloat();
    }
    Path file = directory.resolve("big");
    Checkpoint.of(Map.of("big", big), new State(1, 1, 1, "")).save(file);
    assertThat(Checkpoint.load(file).floats().get("big")).isEqualTo(big);
  }

  private void refuses(byte[] content, String problem) throws IOException {
    Path file = Files.write(directory.resolve("damaged.safetensors"), content);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessageContaining(problem);
  }
}
