package dev.carousel.cli;

import dev.carousel.lm.FineTuning;
import dev.carousel.lm.FineTuning.Unfreezing;
import dev.carousel.lm.Pretrained;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags: a language model to begin with, and how its layers learn. */
final class PretrainedFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = {
        "Begin with the weights and the vocabulary of a language model that 'carousel train lm'",
        "saved; tokenizer and shapes are then its own."
      })
  private @Nullable Path from;

  @Option(
      names = "--unfreeze",
      paramLabel = "HOW",
      description = {
        "With --from: all layers learn from the beginning, gradual (the output first, one layer",
        "more each epoch), or none but the output (default: gradual to classify, all for lm)."
      })
  private @Nullable Unfreezing unfreezing;

  @Option(
      names = "--rate-decay",
      paramLabel = "X",
      description = {
        "With --from: each layer learns X times slower than the one above it; 1 for all alike",
        "(default: 2.6)."
      })
  private @Nullable Double rateDecay;

  private @Nullable Pretrained model;

  /**
   * The language model; null if there is none to begin with.
   *
   * @throws dev.carousel.store.StoreException if the folder holds none
   * @throws IllegalArgumentException if a flag is given that only makes sense with one
   */
  @Nullable Pretrained model() {
    if (from == null) {
      if (unfreezing != null || rateDecay != null) {
        throw new IllegalArgumentException(
            (unfreezing != null ? "--unfreeze" : "--rate-decay")
                + " is about the layers of a trained model: give one with --from");
      }
      return null;
    }
    if (model == null) {
      model = Pretrained.read(from);
    }
    return model;
  }

  /**
   * How its layers learn.
   *
   * @throws IllegalArgumentException if rates are given for layers that do not learn
   */
  FineTuning tuning(Unfreezing otherwise) {
    if (unfreezing == Unfreezing.NONE && rateDecay != null) {
      throw new IllegalArgumentException(
          "--rate-decay is about the layers below the output, which --unfreeze none leaves as they"
              + " are");
    }
    return new FineTuning(
        unfreezing == null ? otherwise : unfreezing,
        rateDecay == null ? FineTuning.GRADUAL.rateDecay() : rateDecay);
  }

  /**
   * Refuses a flag that was given with another value than the model's.
   *
   * @param flag its name
   * @param asked what it says
   * @param theirs what the model has
   */
  void requireSame(String flag, Object asked, Object theirs) {
    if (given(flag) && !asked.equals(theirs)) {
      throw new IllegalArgumentException(
          "%s is %s, but the language model in %s has %s: leave it out to take the model's"
              .formatted(flag, asked, from, theirs));
    }
  }

  /** Refuses flags about what the model brings along. */
  void requireAbsent(String... flags) {
    for (String flag : flags) {
      if (given(flag)) {
        throw new IllegalArgumentException(
            flag + " is decided by the language model in " + from + ": leave it out");
      }
    }
  }

  private boolean given(String flag) {
    return spec.commandLine().getParseResult().hasMatchedOption(flag);
  }
}
