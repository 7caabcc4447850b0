package dev.carousel.model;

import dev.carousel.inspect.Recorder.Traces;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A look inside a model while it reads one text.
 *
 * @param answer what the model says of the text, for people
 * @param readings what its recurrent networks read and did, in the order in which they ran
 * @param attention what its attention layers looked at; empty where it has none
 * @param explanation how much each token mattered; null if nobody asked
 * @param recomputed how exact the gates are
 * @param notes what the reader should know, say that the text was cut
 */
public record Inspection(
    String answer,
    List<TokenTrace> readings,
    List<AttentionView> attention,
    @Nullable Explanation explanation,
    Recomputed recomputed,
    List<String> notes) {
  /** Copies the lists. */
  public Inspection {
    readings = List.copyOf(readings);
    attention = List.copyOf(attention);
    notes = List.copyOf(notes);
  }

  /** What the one network of a model did that has one. */
  public static List<TokenTrace> reading(String network, List<String> tokens, Traces traces) {
    return List.of(new TokenTrace(network, tokens, tokens.isEmpty() ? List.of() : traces.layers()));
  }

  /** That a model reads no more of a text; empty if it read all. */
  public static List<String> cut(int read, int all) {
    return read == all
        ? List.of()
        : List.of("the model reads %d of the text's %d tokens".formatted(read, all));
  }

  /** How much each token mattered, if somebody asked. */
  public Optional<Explanation> explained() {
    return Optional.ofNullable(explanation);
  }
}
