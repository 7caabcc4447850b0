package dev.carousel.bench.row;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one timed call of a row does. */
public enum Task {
  /** One step of one sequence, the state carried from call to call. */
  STEP,
  /** Whole sequences of equal length, from a zero state. */
  INFER,
  /** Whole sequences of 5 to T steps, in no order. */
  RAGGED,
  /** One sequence in chunks of {@value Row#CHUNK} steps, the state carried from chunk to chunk. */
  LONG,
  /** From the start of the process to the first output of an {@link #INFER} call. */
  COLD,
  /** Forward, backward, the gradients of the input and of all weights. */
  TRAIN,
  /**
   * A whole training step of a language model: embedding, recurrence, {@value Model#WORDS}-way
   * softmax at each step, loss, clipping, Adam.
   */
  PTB,
  /** The same of a classifier: mean over time, {@value Model#LABELS}-way softmax. */
  CLASSIFIER,
  /** The same of a tagger: {@value Model#TAGS}-way softmax at each step. */
  TAGGER,
  /** Sentences of T tokens translated, always by the likeliest token; see {@link Decoding}. */
  GREEDY,
  /** The same with a beam of {@value Decoding#BEAM}. */
  BEAM;

  /** The word in a row's name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Task::word).toList();
  }

  /** Whether gradients are computed. */
  public boolean trains() {
    return this == TRAIN || wholeModel();
  }

  /** Whether there is an embedding, a softmax and an optimizer around the recurrence. */
  public boolean wholeModel() {
    return this == PTB || this == CLASSIFIER || this == TAGGER;
  }

  /** Whether sentences are read and others written, token by token. */
  public boolean decodes() {
    return this == GREEDY || this == BEAM;
  }

  /** Whether the state of one call is where the next one starts. */
  public boolean carriesState() {
    return this == STEP || this == LONG;
  }
}
