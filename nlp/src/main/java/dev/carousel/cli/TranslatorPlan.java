package dev.carousel.cli;

import dev.carousel.rnn.Precision;
import dev.carousel.translate.TranslationOptions;
import java.io.IOException;
import picocli.CommandLine.Mixin;

/** Flags of {@code train translate}: pairs of texts, and how a translator learns from them. */
final class TranslatorPlan implements TrainingPlan {
  @Mixin private PairFlags pairs;
  @Mixin private TranslatorFlags flags;
  @Mixin private DecodingFlags decoding;

  @Override
  public long seed() {
    return flags.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    pairs.check();
    flags.settings(precision);
    options();
  }

  private TranslationOptions options() {
    return TranslationOptions.DEFAULT.withBeam(decoding.settings(1));
  }

  @Override
  public TranslatorTraining training(long seed, Precision precision, Console console)
      throws IOException {
    return new TranslatorTraining(
        pairs.read(console), flags.settings(precision).withSeed(seed), options());
  }
}
