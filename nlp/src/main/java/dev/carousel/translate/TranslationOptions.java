package dev.carousel.translate;

import dev.carousel.decode.AttentionMaps;
import dev.carousel.decode.BeamSettings;

/**
 * How a translator writes.
 *
 * @param beam the search
 * @param maps whether translations come with what they looked at
 * @param unknown what becomes of tokens that the model cannot name
 * @param noRepeat no stretch of so many tokens is written twice; 0 for no such rule
 */
public record TranslationOptions(
    BeamSettings beam, AttentionMaps maps, UnknownTokens unknown, int noRepeat) {
  /** What is written for a token that is not in the vocabulary. */
  public enum UnknownTokens {
    /** {@code <unk>}. */
    SHOWN,
    /** The piece of the source that it looked at most (Luong et al. 2015). */
    REPLACED,
    /** Never written: the model has to find other words. */
    FORBIDDEN
  }

  /** A beam of 5, no maps, unknown tokens shown. */
  public static final TranslationOptions DEFAULT =
      new TranslationOptions(BeamSettings.beam(5), AttentionMaps.DROPPED, UnknownTokens.SHOWN, 0);

  /** The likeliest token, always. */
  public static final TranslationOptions GREEDY = DEFAULT.withBeam(BeamSettings.GREEDY);

  /** The same with this search. */
  public TranslationOptions withBeam(BeamSettings other) {
    return new TranslationOptions(other, maps, unknown, noRepeat);
  }

  /** The same with or without maps. */
  public TranslationOptions withMaps(AttentionMaps other) {
    return new TranslationOptions(beam, other, unknown, noRepeat);
  }

  /** The same, treating unknown tokens like this. */
  public TranslationOptions withUnknown(UnknownTokens other) {
    return new TranslationOptions(beam, maps, other, noRepeat);
  }

  /** The same, never writing a stretch of so many tokens twice. */
  public TranslationOptions withNoRepeat(int tokens) {
    return new TranslationOptions(beam, maps, unknown, tokens);
  }

  AttentionMaps needed() {
    return unknown == UnknownTokens.REPLACED ? AttentionMaps.KEPT : maps;
  }
}
