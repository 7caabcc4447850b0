package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A flag that would say nothing beside the others is a failure of usage, before any data is read.
 */
class IgnoredFlagsTest {
  private static final String TAG = "train tag --train none.conll --out none ";
  private static final String TRANSLATE = "train translate --train none.tsv --out none ";
  private static final String LM = "train lm --train none.txt --level word --out none ";

  private static void refused(String line, String reason) {
    Run run = Run.of(line.strip().split(" +", -1));
    assertThat(run.err()).contains(reason);
    assertThat(run.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--characters none --character-size 9, --character-size is about characters",
    "--characters none --character-embedding 9, --character-embedding is about characters",
    "--characters none --character-window 3, --character-window is about characters",
    "--characters lstm --character-window 3, --character-window belongs to --characters cnn",
    "--contextual-cache 10, give them with --contextual",
    "--no-shapes --feature-embedding 9, --feature-embedding is for shapes and further columns",
    "'--schedule epochs:0=0.1 --lr 0.2', --lr is what --schedule epochs",
  })
  void taggers(String flags, String reason) {
    refused(TAG + flags, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "--sampling-epochs 3, --sampling-epochs needs --scheduled-sampling",
    "--dev none.tsv --split-seed 3, --split-seed draws what --dev gives",
    "--source-tokenizer word --target-tokenizer word --tokenizer word, --tokenizer is of neither",
    "--source-normalize nfkc --target-normalize nfkc --normalize none, --normalize is of neither",
    "--share-vocabulary --source-tokenizer word --tokenizer word, --tokenizer is of neither",
  })
  void translators(String flags, String reason) {
    refused(TRANSLATE + flags, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'train translate --source s --target t --out none --pair-columns 2,1', is about files with tabs",
    "train chat --train none.tsv --out none --sampling-epochs 3, needs --scheduled-sampling",
    "generate none --repetition-window 9, needs --block-ngrams or --repetition-penalty",
    "gradients --cells gru --radius 1, --radius belongs to rnn and rnn-relu",
    "gradients --cells rnn --forget-bias 1, --forget-bias belongs to lstm",
    "recipe list --seed 2, --seed is for a recipe",
  })
  void others(String line, String reason) {
    refused(line, reason);
  }

  @Test
  void aGpuTakesNoThreads() {
    Run run = Run.of("gradients", "--backend", "cuda", "--threads", "2");
    assertThat(run.err()).contains("--threads is for CPU backends, not for cuda");
    assertThat(run.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "--dropout 0 --dropout-kind unit, --dropout-kind is about values that are dropped",
    "--rate-decay 2, give one with --from",
  })
  void languageModels(String flags, String reason) {
    refused(LM + flags, reason);
  }

  @ParameterizedTest
  @CsvSource({
    "--characters lstm --character-size 9",
    "--characters cnn --character-window 3",
    "'--no-shapes --columns token,pos,tag --feature-embedding 9'",
    "--schedule epochs:0=0.1",
  })
  void whatSaysSomethingIsTaken(String flags) {
    Run run = Run.of((TAG + flags).split(" +", -1));
    assertThat(run.err()).contains("none.conll: there is no such file");
    assertThat(run.code()).isEqualTo(1);
  }
}
