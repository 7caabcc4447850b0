package dev.carousel.cli;

import dev.carousel.data.Columns;
import dev.carousel.data.DataException;
import dev.carousel.data.PairColumns;
import dev.carousel.decode.BeamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags of {@code eval}: what to measure on. Each task says which of them it heeds. */
final class EvalFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "What to measure on: a file as the model was trained on.")
  private Path data = Path.of("");

  @Option(
      names = "--references",
      paramLabel = "FILE",
      description = {
        "Translators: the right translations, where --data has the sources alone; chatbots: the",
        "answers, where it has what is said."
      })
  private @Nullable Path references;

  @Option(
      names = "--pair-columns",
      paramLabel = "S,T",
      description = "Translators: the columns of source and target in --data (default: 1,2).")
  private String pairColumns = "1,2";

  @Mixin private ColumnsFlag columns;
  @Mixin private DecodingFlags decoding;
  @Mixin private DataFlags format;

  Path data() {
    return data;
  }

  /**
   * Requires the data before a model is read for it.
   *
   * @throws DataException if there is none
   */
  void requireData() {
    if (!Files.exists(data)) {
      throw DataException.in(data.toString(), "there is no such file");
    }
  }

  /**
   * The columns of a CoNLL file.
   *
   * @param features the model's further columns, for the default
   * @throws IllegalArgumentException if the flag is not understood
   */
  Columns columns(List<String> features) {
    return columns.columns(features);
  }

  /** Checks the flags for a model of this kind. */
  EvalFlags checked(ModelKind kind) {
    kind.checkFormat(format);
    if (references != null) {
      GivenFlags.refuse(
          spec, "is about --data with both sides, not with --references", "--pair-columns");
    }
    columns(List.of());
    columns.check(data);
    pairs();
    beam();
    return this;
  }

  /** The right translations; null if they are in the data. */
  @Nullable Path references() {
    return references;
  }

  /**
   * What reads pairs of texts.
   *
   * @throws IllegalArgumentException if the columns are not understood
   */
  PairFiles pairs() {
    return new PairFiles(PairColumns.parse(pairColumns), format.options());
  }

  /** What reads dialogues. */
  DialogueFiles dialogues() {
    return format.dialogues();
  }

  /** How a translator searches. */
  BeamSettings beam() {
    return decoding.settings(1);
  }

  /**
   * What reads labelled texts.
   *
   * @throws IllegalArgumentException if there is no such format
   */
  DataFiles files() {
    return format.files();
  }
}
