package dev.carousel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged files are read or refused with the one documented exception, never anything else. */
class MutatedFilesTest {
  private static final int MUTATIONS = 1_500;
  private static final byte[] NASTY =
      "\"\\\t\n\r,:{}[]0\0_ \u00C3\uFEFF".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tsv            | pos~some text;neg~more 文本 é;
          tsv:text,label,header | text~label;some text~pos;
          csv            | text,label;"a, ""b"" 文",x;c,y;
          fasttext       | __label__a __label__b text;__label__c more;
          jsonl          | {"text":"a \\u00e9 文","label":["x",1.5e3]};{"text":"b","label":true};
          trec           | NUM:dist How far ?;ENTY:cremat What films ?;
          sst2           | 0 bad;1 good é;
          sentiment-json | [{"text":"a","class":1},{"text":"","class":null}];
          """)
  @Timeout(60)
  void seed20261_aMutatedFileIsReadOrRefused(String format, String rows) throws IOException {
    byte[] original = rows.replace(';', '\n').replace('~', '\t').getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20261);
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] mutated = mutate(original, random);
      refused += isRead(format, mutated) ? 0 : 1;
    }
    // A fuzzer that never breaks anything, or always, tests nothing.
    assertThat(refused).isBetween(10, MUTATIONS - 10);
  }

  private boolean isRead(String format, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("mutated"), bytes);
    ReadOptions small = new ReadOptions(BadRows.SKIP_AND_REPORT, 3, 200);
    try {
      FormatDetection.of(file);
    } catch (DataException expected) {
      assertThat(expected).hasMessageStartingWith(file + ":");
    } catch (RuntimeException other) {
      fail("detection of " + Arrays.toString(bytes), other);
    }
    try {
      return DataSet.read(file, DataFormat.named(format), small).report().skipped() == 0;
    } catch (DataException expected) {
      assertThat(expected).hasMessageStartingWith(file + ":");
      return false;
    } catch (RuntimeException other) {
      return fail(format + " " + Arrays.toString(bytes), other);
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = NASTY[random.nextInt(NASTY.length)];
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> bytes = concat(bytes, bytes, at);
        default -> bytes = concat(bytes, new byte[] {NASTY[random.nextInt(NASTY.length)]}, at);
      }
    }
    return bytes;
  }

  /** Puts one array into another. */
  private static byte[] concat(byte[] outer, byte[] inner, int at) {
    byte[] all = new byte[outer.length + inner.length];
    System.arraycopy(outer, 0, all, 0, at);
    System.arraycopy(inner, 0, all, at, inner.length);
    System.arraycopy(outer, at, all, at + inner.length, outer.length - at);
    return all;
  }
}
