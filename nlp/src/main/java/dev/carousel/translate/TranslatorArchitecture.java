package dev.carousel.translate;

import dev.carousel.nn.AttentionScore;
import dev.carousel.nn.CellVariant;
import dev.carousel.nn.DecoderSettings.InputFeeding;
import dev.carousel.nn.EncoderDecoderSettings;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Sizes;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;

/**
 * The shape of a translator's network.
 *
 * @param size how large
 * @param cell of encoder and decoder
 * @param direction of the encoder
 * @param score of the attention
 * @param feeding whether the decoder feeds back what it made
 * @param tying which matrices are one; ALL needs a shared vocabulary
 * @param cells what both recurrences do beside the plain cell
 */
public record TranslatorArchitecture(
    Size size,
    Cell cell,
    Direction direction,
    AttentionScore score,
    InputFeeding feeding,
    Tying tying,
    CellVariant cells) {
  /**
   * How large a network is, each at least 1.
   *
   * @param embedding features of a token
   * @param hidden units of a layer and direction
   * @param layers of encoder and decoder
   */
  public record Size(int embedding, int hidden, int layers) {
    /** Checks the ranges. */
    public Size {
      if (embedding < 1 || hidden < 1 || layers < 1) {
        throw new IllegalArgumentException(
            "embedding, hidden and layers must be at least 1, not %d, %d, %d"
                .formatted(embedding, hidden, layers));
      }
    }
  }

  /** A bidirectional LSTM of 256 units each way, general attention, the output layer tied. */
  public static final TranslatorArchitecture DEFAULT =
      new TranslatorArchitecture(
          new Size(256, 256, 1),
          Cell.LSTM,
          Direction.BIDIRECTIONAL,
          AttentionScore.GENERAL,
          InputFeeding.OFF,
          Tying.OUTPUT,
          CellVariant.PLAIN);

  /** Checks that the parts go together. */
  public TranslatorArchitecture {
    cells.requireFits(cell);
    if (feeding == InputFeeding.ON) {
      EncoderDecoderSettings.requireStepwise(cells, "input feeding");
    }
  }

  /** The same of this size. */
  public TranslatorArchitecture withSize(Size other) {
    return new TranslatorArchitecture(other, cell, direction, score, feeding, tying, cells);
  }

  /** The same, attending like this. */
  public TranslatorArchitecture withAttention(AttentionScore s, InputFeeding f) {
    return new TranslatorArchitecture(size, cell, direction, s, f, tying, cells);
  }

  /** The same, tied like this. */
  public TranslatorArchitecture withTying(Tying other) {
    return new TranslatorArchitecture(size, cell, direction, score, feeding, other, cells);
  }

  /** The same of such cells. */
  public TranslatorArchitecture withCells(CellVariant other) {
    return new TranslatorArchitecture(size, cell, direction, score, feeding, tying, other);
  }

  EncoderDecoderSettings network(int sourceWords, int targetWords, Dropouts dropout) {
    return new EncoderDecoderSettings(
        new Sizes(sourceWords, targetWords, size.embedding(), size.hidden(), size.layers()),
        cell,
        direction,
        score,
        feeding,
        tying,
        dropout,
        cells);
  }
}
