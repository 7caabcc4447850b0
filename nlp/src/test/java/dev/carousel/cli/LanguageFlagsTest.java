package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.data.Corpus;
import dev.carousel.lm.LanguageSettings;
import dev.carousel.rnn.Precision;
import dev.carousel.train.ProgressBar.Display;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageFlagsTest {
  @TempDir private Path folder;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(folder.resolve("text.txt"), "ten chars\n".repeat(10));
  }

  private LanguageTraining training(String... flags) throws IOException {
    LanguagePlan plan = new LanguagePlan();
    String[] all = new String[flags.length + 1];
    all[0] = "--train=" + text;
    System.arraycopy(flags, 0, all, 1, flags.length);
    Main.parser(plan).parseArgs(all);
    plan.check(Precision.F32);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console =
        new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, Display.PLAIN);
    return plan.training(9, Precision.F32, console);
  }

  @Test
  void withoutFlagsTheDefaultsAreTheLibrarysButForACosine() throws IOException {
    for (Map.Entry<String, LanguageSettings> level :
        Map.of(
                "word", LanguageSettings.WORDS,
                "char", LanguageSettings.CHARACTERS,
                "bpe", LanguageSettings.SUBWORDS)
            .entrySet()) {
      Map<String, String> expected = level.getValue().withSeed(9).describe();
      Map<String, String> found = training("--level=" + level.getKey()).settings().describe();
      assertThat(found.remove("schedule")).contains("CosineDecay[base=0.002");
      expected.remove("schedule");
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void everyFlagReachesItsSetting() throws IOException {
    Map<String, String> s =
        training(
                ("--level=word --tokenizer=word --normalize=lower-case --min-count=2"
                        + " --max-vocabulary=50 --cell=gru --layers=3 --hidden=7 --embedding=9"
                        + " --no-tied --dropout=0.1 --dropout-kind=unit --input-dropout=0.2"
                        + " --layer-dropout=0.25 --output-dropout=0.35 --embedding-dropout=0.05"
                        + " --weight-drop=0.4 --ar=2 --tar=1 --batch=5 --steps=6"
                        + " --unrolling=drawn --loss-mean=row --init-range=0.15 --epochs=3"
                        + " --clip=0.25 --optimizer=asgd --lr=30 --schedule=hold:2,0.5")
                    .split(" ", -1))
            .settings()
            .describe();
    assertThat(s)
        .containsEntry("level", "WORD")
        .containsEntry("tokenizer", "word")
        .containsEntry("normalize", "lower-case")
        .containsEntry("min-count", "2")
        .containsEntry("max-vocabulary", "50")
        .containsEntry("cell", "GRU")
        .containsEntry("layers", "3")
        .containsEntry("hidden", "7")
        .containsEntry("embedding", "9")
        .containsEntry("tied", "false")
        .containsEntry("dropout-kind", "UNIT")
        .containsEntry("input-dropout", "0.2")
        .containsEntry("layer-dropout", "0.25")
        .containsEntry("output-dropout", "0.35")
        .containsEntry("embedding-dropout", "0.05")
        .containsEntry("weight-drop", "0.4")
        .containsEntry("ar", "2.0")
        .containsEntry("tar", "1.0")
        .containsEntry("batch", "5")
        .containsEntry("steps", "6")
        .containsEntry("unrolling", "DRAWN")
        .containsEntry("loss-mean", "ROW")
        .containsEntry("init-range", "0.15")
        .containsEntry("epochs", "3")
        .containsEntry("clip", "0.25")
        .containsEntry("seed", "9")
        .containsEntry("optimizer", "AveragedSgd[interval=5, decay=0.0]")
        .containsEntry("schedule", "DelayedDecay[base=30.0, factor=0.5, hold=2]");
  }

  @Test
  void partsAreCutOffTheEndTheTestFirst() throws IOException {
    LanguageTraining cut = training("--level=char", "--test-part=0.1", "--dev-part=0.5");
    Corpus test = cut.test();
    assertThat(test).isNotNull();
    assertThat(test.text()).hasSize(10);
    assertThat(cut.dev().text()).hasSize(45);
    assertThat(cut.train().text()).hasSize(45);
  }

  @Test
  void wordsAreCutBetweenLines() throws IOException {
    LanguageTraining cut = training("--level=word", "--test-part=0.15");
    Corpus test = cut.test();
    assertThat(test).isNotNull();
    assertThat(test.text()).isEqualTo("ten chars\n".repeat(2));
    assertThat(cut.dev().text()).isEqualTo("ten chars\n");
    assertThat(cut.train().text()).hasSize(70);
  }
}
