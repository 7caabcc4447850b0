package dev.carousel.bench.run;

import dev.carousel.bench.peer.PeerSpec;
import dev.carousel.bench.row.Row;
import dev.carousel.rnn.Precision;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param rows in this order
 * @param peers which libraries
 * @param precisions in which arithmetics, as far as a peer has them
 * @param threads with how many, one race each
 * @param pace how long
 */
public record Request(
    List<Row> rows,
    List<PeerSpec> peers,
    List<Precision> precisions,
    List<Integer> threads,
    Pace pace) {
  /** Everyone who takes part: each peer in each arithmetic that it has and that is asked for. */
  public List<Contestant> contestants() {
    return peers.stream()
        .flatMap(
            peer ->
                precisions.stream()
                    .filter(peer.precisions()::contains)
                    .map(precision -> new Contestant(peer, precision)))
        .toList();
  }
}
