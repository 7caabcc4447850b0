package dev.carousel.cli;

import dev.carousel.nn.CellVariant;
import dev.carousel.nn.CellWiring;
import dev.carousel.rnn.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags: what recurrent cells do beside the plain ones. */
final class CellFlags {
  private static final List<String> NAMES =
      List.of(
          "--recurrent-dropout",
          "--candidate-dropout",
          "--zoneout",
          "--cell-zoneout",
          "--layer-norm",
          "--peephole");

  @Option(
      names = "--recurrent-dropout",
      paramLabel = "P",
      description = {
        "Hide units of the state from the recurrent weights, the same ones at every step (Gal",
        "2016) (default: ${DEFAULT-VALUE}). This flag and the next five take the cells off the",
        "fused kernels: they run step by step, several times slower."
      })
  private double recurrentDropout;

  @Option(
      names = "--candidate-dropout",
      paramLabel = "P",
      description = {
        "Drop units of what a cell would remember, drawn at each step (Semeniuta 2016); lstm and",
        "gru (default: ${DEFAULT-VALUE})."
      })
  private double candidateDropout;

  @Option(
      names = "--zoneout",
      paramLabel = "P",
      description = {
        "Probability with which a unit of the state stays as it was (Krueger 2017)",
        "(default: ${DEFAULT-VALUE})."
      })
  private double zoneout;

  @Option(
      names = "--cell-zoneout",
      paramLabel = "P",
      description = "The same of an lstm's cell state (default: that of --zoneout).")
  private @Nullable Double cellZoneout;

  @Option(
      names = "--layer-norm",
      description = "Normalise what the gates sum up (Ba 2016); lstm and gru.")
  private boolean layerNorm;

  @Option(
      names = "--peephole",
      description = "Let the gates see the cell state (Gers 2002); lstm only.")
  private boolean peephole;

  /** Refuses flags that contradict the cells of a trained model. */
  static void requireSame(PretrainedFlags pretrained, CellVariant asked, CellVariant theirs) {
    NAMES.forEach(flag -> pretrained.requireSame(flag, asked, theirs));
  }

  /** The variant of {@code cell}; the cell itself may still refuse it. */
  CellVariant variant(Cell cell) {
    if (layerNorm && peephole) {
      throw new IllegalArgumentException(
          "--layer-norm and --peephole are two wirings of a cell: give one of them");
    }
    double ofCell = cell.hasCellState() ? zoneout : 0;
    CellWiring wiring =
        layerNorm ? CellWiring.LAYER_NORM : peephole ? CellWiring.PEEPHOLE : CellWiring.PLAIN;
    return CellVariant.of(wiring)
        .withDropout(recurrentDropout, candidateDropout)
        .withZoneout(zoneout, cellZoneout == null ? ofCell : cellZoneout);
  }
}
