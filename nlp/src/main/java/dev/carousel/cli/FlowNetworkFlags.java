package dev.carousel.cli;

import dev.carousel.inspect.FlowNetwork;
import dev.carousel.inspect.FlowSettings;
import dev.carousel.rnn.Cell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flags of {@code gradients}: which untrained networks to compare. */
final class FlowNetworkFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "NAMES",
      converter = CellConverter.class,
      description = {
        "rnn, rnn-relu, gru, gru-reset-before, lstm, with commas between",
        "(default: rnn,rnn-relu,gru,lstm)."
      })
  private List<Cell> cells = List.of(Cell.RNN_TANH, Cell.RNN_RELU, Cell.GRU, Cell.LSTM);

  @Option(
      names = "--forget-bias",
      split = ",",
      paramLabel = "X",
      description = "What an LSTM's forget gates start with, one row each (default: 0,1,3,5).")
  private List<Double> forgetBiases = List.of(0.0, 1.0, 3.0, 5.0);

  @Option(
      names = "--radius",
      split = ",",
      paramLabel = "X",
      description = {
        "Spectral radius of the recurrent matrices of rnn and rnn-relu, which start as multiples of",
        "orthogonal ones, one row each (default: 1,2)."
      })
  private List<Double> radii = List.of(1.0, 2.0);

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Steps to follow the gradient back (default: ${DEFAULT-VALUE}).")
  private int length = 100;

  @Option(names = "--hidden", paramLabel = "N", description = "Units (default: ${DEFAULT-VALUE}).")
  private int hidden = 64;

  @Option(names = "--layers", paramLabel = "N", description = "Layers (default: ${DEFAULT-VALUE}).")
  private int layers = 1;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Norm at which one step of descent is clipped (default: ${DEFAULT-VALUE}).")
  private double clip = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of weights and noise (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /**
   * How gradients are followed.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  FlowSettings settings() {
    if (length < 1) {
      throw new IllegalArgumentException("--length must be at least 1, not " + length);
    }
    return new FlowSettings(length + 1, hidden, layers, clip, seed);
  }

  /**
   * The networks, in the order of the flags.
   *
   * @throws IllegalArgumentException if a flag is given that none of the cells has, or a value is
   *     out of its range
   */
  List<FlowNetwork> networks() {
    if (!cells.contains(Cell.LSTM)) {
      GivenFlags.refuse(spec, "belongs to lstm, which --cells leaves out", "--forget-bias");
    }
    if (!cells.contains(Cell.RNN_TANH) && !cells.contains(Cell.RNN_RELU)) {
      GivenFlags.refuse(spec, "belongs to rnn and rnn-relu, which --cells leaves out", "--radius");
    }
    List<FlowNetwork> networks = new ArrayList<>();
    for (Cell cell : cells) {
      switch (cell) {
        case LSTM -> forgetBiases.forEach(b -> networks.add(new FlowNetwork(cell, b, 1)));
        case RNN_TANH, RNN_RELU -> radii.forEach(r -> networks.add(new FlowNetwork(cell, 0, r)));
        case GRU, GRU_RESET_BEFORE -> networks.add(new FlowNetwork(cell, 0, 1));
      }
    }
    return networks;
  }
}
