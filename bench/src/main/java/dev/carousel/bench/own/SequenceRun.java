package dev.carousel.bench.own;

import dev.carousel.bench.worker.InferenceRun;
import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;
import java.util.Map;

/**
 * Sequences without gradients. Where the state is carried, two states take turns: the last of one
 * call is the initial of the next.
 */
final class SequenceRun extends InferenceRun {
  private final Network network;
  private final RnnForward[] turns;
  private int turn;

  SequenceRun(Network network) {
    super(network.row);
    this.network = network;
    int steps = network.plan.steps();
    int batch = network.plan.batch();
    Tensor in = network.tensor(x, network.spec.inputShape(steps, batch).dims());
    Tensor out = network.take(network.spec.outputShape(steps, batch));
    Tensor work = network.work();
    Sequences sequences = new Sequences(in, network.lengths());
    if (row.task().carriesState()) {
      RnnState a = network.state();
      RnnState b = network.state();
      turns =
          new RnnForward[] {
            new RnnForward(sequences, a, network.weights, out, b, null, work),
            new RnnForward(sequences, b, network.weights, out, a, null, work)
          };
    } else {
      turns =
          new RnnForward[] {
            new RnnForward(sequences, null, network.weights, out, null, null, work)
          };
    }
  }

  @Override
  protected void piece() {
    RnnForward call = turns[turn];
    turn = (turn + 1) % turns.length;
    network.upload(x, call.x().values());
    network.plan.forward(call);
    network.download(call.y(), y);
  }

  private void copies() {
    for (int i = pieces(); i > 0; i--) {
      network.upload(x, turns[0].x().values());
      network.download(turns[0].y(), y);
    }
  }

  @Override
  public Map<String, Action> parts() {
    Map<String, Action> parts = network.parts(Map.of("copies", this::copies));
    Action gates = parts.get("gates");
    if (gates != null && pieces() > 1) {
      parts.put("gates", () -> inPieces(gates));
    }
    return parts;
  }

  private void inPieces(Action part) throws Exception {
    for (int i = pieces(); i > 0; i--) {
      part.run();
    }
  }

  @Override
  public String implementation() {
    return network.plan.describe();
  }

  @Override
  public void close() {
    network.close();
  }
}
