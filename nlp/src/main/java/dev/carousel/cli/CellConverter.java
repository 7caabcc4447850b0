package dev.carousel.cli;

import dev.carousel.rnn.Cell;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of cells on the command line. */
final class CellConverter implements ITypeConverter<Cell> {
  @Override
  public Cell convert(String value) {
    return switch (value) {
      case "lstm" -> Cell.LSTM;
      case "gru" -> Cell.GRU;
      case "gru-reset-before" -> Cell.GRU_RESET_BEFORE;
      case "rnn" -> Cell.RNN_TANH;
      case "rnn-relu" -> Cell.RNN_RELU;
      default ->
          throw new TypeConversionException(
              "expected lstm, gru, gru-reset-before, rnn or rnn-relu, not '" + value + "'");
    };
  }
}
