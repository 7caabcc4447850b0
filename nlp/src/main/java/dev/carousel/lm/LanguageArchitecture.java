package dev.carousel.lm;

import dev.carousel.nn.CellVariant;
import dev.carousel.rnn.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The network of a language model.
 *
 * @param cell the recurrence
 * @param embedding E, features of a token; 0 for one-hot input, V features of which one is 1
 * @param hidden H, units of a layer
 * @param layers at least 1
 * @param output whether the output layer has a matrix of its own
 * @param cells what the recurrence does beside the plain cells
 */
public record LanguageArchitecture(
    Cell cell, int embedding, int hidden, int layers, Output output, CellVariant cells) {
  /** Two LSTM layers of 512 units that share the output's matrix with the embedding. */
  public static final LanguageArchitecture DEFAULT =
      new LanguageArchitecture(Cell.LSTM, 512, 512, 2, Output.TIED);

  /** Where the output layer's matrix [V, …] comes from. */
  public enum Output {
    /** It is a parameter of its own. */
    SEPARATE,
    /**
     * It is the embedding (Press and Wolf 2017; Inan et al. 2017); the last layer then has E units.
     */
    TIED
  }

  /** Checks the ranges. */
  public LanguageArchitecture {
    if (embedding < 0 || hidden < 1 || layers < 1) {
      throw new IllegalArgumentException(
          "embedding must be 0 (one-hot) or more, hidden and layers at least 1, not %d, %d, %d"
              .formatted(embedding, hidden, layers));
    }
    if (embedding == 0 && output == Output.TIED) {
      throw new IllegalArgumentException(
          "one-hot input has no embedding that the output could share: use a separate output");
    }
    cells.requireFits(cell);
  }

  /** Of plain cells. */
  public LanguageArchitecture(Cell cell, int embedding, int hidden, int layers, Output output) {
    this(cell, embedding, hidden, layers, output, CellVariant.PLAIN);
  }

  /** The same of such cells. */
  public LanguageArchitecture withCells(CellVariant other) {
    return new LanguageArchitecture(cell, embedding, hidden, layers, output, other);
  }

  /** Units of each layer. */
  List<Integer> widths() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(layers, hidden));
    if (output == Output.TIED) {
      widths.set(layers - 1, embedding);
    }
    return widths;
  }
}
