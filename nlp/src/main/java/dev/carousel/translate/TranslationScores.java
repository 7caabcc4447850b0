package dev.carousel.translate;

import dev.carousel.eval.Bleu;
import dev.carousel.eval.ChrF;
import dev.carousel.eval.Measurement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well translations agree with their references.
 *
 * @param bleu of the corpus
 * @param chrf of the corpus
 * @param perplexity of a target token and of the ends, natural, without label smoothing
 * @param sentences how many
 * @param tokens read and written in the references
 * @param seconds for all of it
 */
public record TranslationScores(
    Bleu bleu, ChrF chrf, double perplexity, int sentences, long tokens, double seconds)
    implements Measurement {
  /** The name of BLEU among the figures. */
  public static final String BLEU = "bleu";

  /**
   * The name of chrF, which selects the best epoch: it is close to BLEU, and tells texts apart that
   * are too short for BLEU to be anything but 0.
   */
  public static final String CHRF = "chrf";

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put(BLEU, bleu.score());
    figures.put(CHRF, chrf.score());
    figures.put("perplexity", perplexity);
    figures.put("sentences", sentences);
    return figures;
  }

  @Override
  public Map<String, String> notes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("bleuSignature", bleu.signature());
    notes.put("chrfSignature", chrf.signature());
    return notes;
  }

  @Override
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s  %s  perplexity %.3f  (%d sentences, %.1f a second)",
        bleu,
        chrf,
        perplexity,
        sentences,
        seconds > 0 ? sentences / seconds : 0);
  }
}
